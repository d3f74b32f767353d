"""Quote a passage with everything a reader needs to judge it: source, authority, place, age.

It needs documents alone, so that whoever shows a passage without having searched for it may use
it too: the gateway in a workshop, a printed handout.
"""

from guidebook.composition import Composed
from guidebook.records import Document, Passage
from guidebook.reply import Citation, SourceLink


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
