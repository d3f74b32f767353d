"""Set two sources that differ side by side, and say which of them governs.

A passage names in `differs_from` the passages of other sources that differ from it on the very same
matter; the link holds both ways. Both texts are spans, each under its authority and its date;
governing.py says which is to be followed. Whether two texts differ is for whoever writes the link;
that one of them governs is proven by the corpus check.
"""

from collections.abc import Sequence

from guidebook import facets, messages
from guidebook.composition import compose
from guidebook.corpus import Corpus
from guidebook.governing import governs
from guidebook.priors import EVERYWHERE
from guidebook.query import Understood
from guidebook.quoting import cite
from guidebook.records import Document, Passage
from guidebook.reply import Beside, Reply
from guidebook.retriever import SearchResult
from guidebook.vocabulary import AUTHORITY_ORDER, Lang

MATCHES_TOO = (
    0.5  # in deviations of the fused score: so near behind, the other text answers as well
)
SPOKEN_OF = 5  # results: where the other source is not among so many, the question is not of it
REMARKS = ("conference", "message", "press")  # asked for by name: what was said comes first


def in_order(
    results: Sequence[SearchResult], understood: Understood, corpus: Corpus
) -> tuple[Passage, Passage | None]:
    """The passage that answers, and the one to stand beside it. What answers best comes first,
    but one that governs goes before it where both match. Two sources differ on one matter of many
    that each speaks of: only a question that meets both is of it."""
    first = results[0]
    other = counterpart(first.passage, understood, corpus)
    if all(result.passage != other for result in results[:SPOKEN_OF]):
        other = None
    near = (r.passage for r in results if first.score - r.score <= MATCHES_TOO)
    if (
        other is not None
        and first.passage.authority not in REMARKS
        and other in near
        and governs(other, first.passage, corpus)
    ):
        return other, first.passage
    return first.passage, other


def counterpart(passage: Passage, understood: Understood, corpus: Corpus) -> Passage | None:
    """The strongest passage linked to `passage` that holds in this case; never a superseded one."""
    linked = [
        other
        for other in corpus.passages
        if other.id in passage.differs_from or passage.id in other.differs_from
    ]
    fitting = [
        other
        for other in linked
        if not facets.contradicts(understood.facets, other.applies_to)
        and other.jurisdiction in (understood.jurisdiction, *EVERYWHERE)
    ]
    return min(fitting, key=lambda other: AUTHORITY_ORDER.index(other.authority), default=None)


def set_beside(reply: Reply, first: Passage, other: Passage, corpus: Corpus) -> Reply:
    """`reply`, which says `first`, with the words of `other` beside it."""
    lang = reply.lang
    other, document = corpus.said_in(other, lang)
    ours = "weaker" if governs(other, first, corpus) else "governs"
    theirs = "governs" if ours == "weaker" else "weaker"
    composed = compose(other, document)
    lines = tuple(span.cut(document) for span in composed.spans)
    said = messages.text(f"differ_second_{theirs}", lang)
    caution = reply.caution
    if caution is None and not {first.authority, other.authority} & set(REMARKS):
        caution = messages.text("caution_sources_differ", lang)
    notice = f"{messages.text(f'differ_first_{ours}', lang)} {_standing(first, corpus, lang)}"
    return reply.model_copy(
        update={
            "status": "answered_caution" if caution else reply.status,
            "text": "\n".join([reply.text, said, *lines]),
            "notice": "\n".join(filter(None, (reply.notice, notice))),
            "caution": caution,
            "citations": (*reply.citations, cite(document, other, composed)),
            "beside": Beside(
                label=f"{said} {_standing(other, corpus, lang)}",
                lines=lines,
                citation=len(reply.citations),
            ),
        }
    )


def _standing(passage: Passage, corpus: Corpus, lang: Lang) -> str:
    """What the passage is and from when: "Law · in force since 2021-02-01"."""
    document = _document(passage, corpus)
    if document.in_force_from is not None:
        dated = messages.text("dated_in_force", lang, day=document.in_force_from)
    elif document.published_on is not None:
        dated = messages.text("dated_published", lang, day=document.published_on)
    else:
        dated = messages.text("dated_checked", lang, day=document.checked_on)
    return f"{messages.text(f'authority_{passage.authority}', lang)} \u00b7 {dated}"


def _document(passage: Passage, corpus: Corpus) -> Document:
    document = corpus.document(passage.document_id)
    if document is None:
        raise AssertionError(f"passage {passage.id} has no document")
    return document
