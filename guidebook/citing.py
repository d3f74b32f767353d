"""Build the parts of a reply that point at documents: citations, assumptions, follow-ups."""

from collections.abc import Iterable

from guidebook import messages
from guidebook.composition import Composed
from guidebook.query import Understood
from guidebook.records import Document, Passage
from guidebook.reply import Assumed, Citation, SourceLink, Suggestion
from guidebook.retriever import SearchResult
from guidebook.vocabulary import Lang

MAX_SUGGESTIONS = 3


def cite(document: Document, passage: Passage, composed: Composed | None) -> Citation:
    """The citation of `passage`. Its quote runs from the first cited word to the last."""
    start, end = passage.start, passage.end
    if composed is not None:
        start = min(span.start for span in composed.spans)
        end = max(span.end for span in composed.spans)
    facts = set(passage.facts)
    sources = [s for s in document.sources if not s.facts or facts & set(s.facts)]
    return Citation(
        passage_id=passage.id,
        document_id=document.id,
        digest=document.digest,
        title=document.title,
        heading=passage.heading,
        quote=document.text[start:end],
        start=start,
        end=end,
        kind=document.kind,
        authority=passage.authority,
        jurisdiction=passage.jurisdiction,
        in_force_from=None if document.in_force_from is None else str(document.in_force_from),
        checked_on=str(document.checked_on),
        review_status=document.review_status,
        sources=tuple(SourceLink(title=s.title, url=s.url) for s in sources),
    )


def assumed_province(understood: Understood, passage: Passage, lang: Lang) -> tuple[Assumed, ...]:
    """The province chip, when the answer holds in one province that the officer did not name."""
    everywhere = passage.jurisdiction in ("pakistan", "international")
    reports = passage.authority in ("conference", "message", "press")  # hold nowhere in particular
    if understood.jurisdiction_named or everywhere or reports:
        return ()
    label = messages.text("assumed_province", lang, province=passage.jurisdiction)
    return (Assumed(facet="province", value=passage.jurisdiction, label=label),)


def suggestions(
    results: Iterable[SearchResult], near: Passage | None = None
) -> tuple[Suggestion, ...]:
    """Follow-ups: the headings of the next results, which the corpus can answer by construction."""
    found = []
    for result in results:
        heading = result.passage.heading
        if near is not None and heading == near.heading:
            continue
        found.append(Suggestion(title=heading, payload=heading))
        if len(found) == MAX_SUGGESTIONS:
            break
    return tuple(found)
