"""The last look at a reply's evidence: every span is sliced again before it leaves.

A citation holds when its document is known, its digest is the current one, its range lies in the
passage it names, and the words there are its quote. An answer holds when all its citations do,
no superseded document is among them, and each of its lines stands inside a quote; a card is held
to the same, each step in the citation it names. A reply that does not hold is replaced by a
sentence, and the log gets counts and ids.
"""

from collections.abc import Container, Iterable, Iterator, Sequence

from gateway import event_log
from gateway.library import Library
from gateway.replies import failed
from guidebook import messages
from guidebook.corpus import Corpus
from guidebook.errors import SpanError
from guidebook.records import Document, Span
from guidebook.reply import Card, Citation, Reply
from guidebook.vocabulary import quotes as quotes_only

REPLACEMENT = "failed_malformed"


class SpanCheck:
    """Checks replies against the library, which may have to catch up with the files first."""

    def __init__(self, library: Library) -> None:
        self._library = library

    @property
    def corpus(self) -> Corpus | None:
        """The corpus the last check was made against."""
        return self._library.corpus

    async def check(self, replies: Sequence[Reply]) -> tuple[Reply, ...]:
        """The replies, each one that does not hold replaced."""
        if not any(_takes_a_position(reply) for reply in replies):
            return tuple(replies)
        corpus = await self._library.current()
        if any(cited_anew(reply, corpus) for reply in replies):
            corpus = await self._library.latest()
        return tuple(_checked(reply, corpus) for reply in replies)


def cited_anew(reply: Reply, corpus: Corpus | None) -> bool:
    """True when the reply cites a document or a digest that this corpus does not have."""
    return any(_document(citation, corpus) is None for citation in _citations(reply))


def faults(reply: Reply, corpus: Corpus | None) -> list[str]:
    """Why the reply does not hold, one word a fault; empty when it holds."""
    if not _takes_a_position(reply):
        return []
    found = [fault for c in _citations(reply) if (fault := _citation_fault(c, corpus))]
    if not quotes_only(reply.status) and reply.card is None:
        return found
    if not reply.citations:
        found.append("no_citation")
    found += ["superseded" for c in reply.citations if _is_superseded(c, corpus)]
    quotes = [citation.quote for citation in reply.citations]
    parts = [part for part in (reply.lead, *reply.steps, *reply.more) if part is not None]
    found += ["uncited_line" for part in parts if not _is_quoted(part, quotes)]
    said = messages.catalogue(reply.lang).values()
    lines = (line for line in reply.text.split("\n") if line.strip())
    found += ["uncited_text" for line in lines if not _is_quoted(line, quotes) and line not in said]
    if reply.beside is not None:
        cited = _at(reply.citations, reply.beside.citation)
        found += ["uncited_beside" for line in reply.beside.lines if not _is_quoted(line, cited)]
    if reply.card is not None:
        found += _card_faults(reply.card, reply.citations, said)
    return found


def _checked(reply: Reply, corpus: Corpus | None) -> Reply:
    found = faults(reply, corpus)
    if not found:
        return reply
    first = next(_citations(reply), None)
    event_log.record(
        "span_check_failed",
        status=reply.status,
        faults=len(found),
        first=found[0],
        citations=len(reply.citations),
        nearest=len(reply.nearest),
        document=first.document_id if first else None,
        digest=first.digest[:12] if first else None,
    )
    return failed(REPLACEMENT, reply.lang).model_copy(update={"masked": reply.masked})


def _card_faults(card: Card, citations: Sequence[Citation], said: Container[str]) -> Iterator[str]:
    """Each step stands in the citation it names; all else on the card is a message."""
    for step in card.steps:
        if not _is_quoted(step.text, _at(citations, step.citation)):
            yield "uncited_step"
    words = [card.title, *(word for fact in card.facts for word in (fact.label, fact.value))]
    words += [step.note for step in card.steps if step.note is not None]
    for word in words:
        if word not in said:
            yield "unknown_words"


def _at(citations: Sequence[Citation], place: int) -> list[str]:
    """The quote of the citation at `place`, counted from 0; none where there is no such one."""
    return [citation.quote for citation in citations[place : place + 1]] if place >= 0 else []


def _takes_a_position(reply: Reply) -> bool:
    position = quotes_only(reply.status) or reply.card is not None
    return position or any(_citations(reply))


def _citations(reply: Reply) -> Iterator[Citation]:
    yield from reply.citations
    yield from reply.nearest


def _document(citation: Citation, corpus: Corpus | None) -> Document | None:
    document = corpus.document(citation.document_id) if corpus else None
    return document if document and document.digest == citation.digest else None


def _citation_fault(citation: Citation, corpus: Corpus | None) -> str | None:
    document = _document(citation, corpus)
    if document is None:
        return "other_digest" if corpus and corpus.document(citation.document_id) else "unknown"
    passage = next((p for p in document.passages if p.id == citation.passage_id), None)
    if passage is None or citation.start < passage.start or citation.end > passage.end:
        return "outside_passage"
    try:
        words = Span(document.id, document.digest, citation.start, citation.end).cut(document)
    except SpanError:
        return "outside_document"
    return None if words == citation.quote else "other_words"


def _is_superseded(citation: Citation, corpus: Corpus | None) -> bool:
    document = _document(citation, corpus)
    return document is not None and document.superseded_by is not None


def _is_quoted(words: str, quotes: Iterable[str]) -> bool:
    return bool(words.strip()) and any(words in quote for quote in quotes)
