"""GET /api/documents/{id}: an approved document, passage by passage, exactly as it stands on disk.

Each block's text is file[start:end] in code points, so the page highlights by offsets. Front
matter, comments and text outside every passage are never sent. `changed` warns that a citation
was made from another state of the document.
"""

from typing import Annotated, Any

from fastapi import APIRouter, Query

from gateway.errors import NO_CORPUS, NO_DOCUMENT, ErrorBody, ProblemError
from gateway.library import Library
from gateway.limits import Limits
from guidebook import messages
from guidebook.corpus import Corpus
from guidebook.records import Document

Json = dict[str, Any]


def routes(library: Library, limits: Limits) -> APIRouter:
    """The one route."""
    router = APIRouter(tags=["documents"])

    @router.get("/api/documents/{document_id}", responses={404: {"model": ErrorBody}})
    async def read_document(
        document_id: str, digest: Annotated[str | None, Query(max_length=200)] = None
    ) -> Json:
        """One document in blocks; `changed` when `digest` is no longer its digest."""
        if refusal := limits.admit():
            raise ProblemError(refusal)
        corpus = await library.current()
        if corpus is None:
            raise ProblemError(NO_CORPUS)
        document = corpus.document(document_id)
        if document is None:
            raise ProblemError(NO_DOCUMENT)
        return as_json(document, digest, corpus)

    return router


def as_json(document: Document, cited_digest: str | None, corpus: Corpus) -> Json:
    """What the page needs to show a document, its authority and its age. `also_in` names the same
    document in other languages."""
    return {
        "id": document.id,
        "title": document.title,
        "kind": document.kind,
        "authority": document.authority,
        "jurisdiction": document.jurisdiction,
        "lang": document.lang,
        "publisher": document.publisher,
        "published_on": _date(document.published_on),
        "in_force_from": _date(document.in_force_from),
        "checked_on": _date(document.checked_on),
        "review_status": document.review_status,
        "superseded_by": document.superseded_by,
        "sources": [{"title": source.title, "url": source.url} for source in document.sources],
        "digest": document.digest,
        "also_in": [
            {
                "name": messages.text(f"language_{one.lang}", one.lang),
                "document_id": one.id,
                "digest": one.digest,
                "title": one.title,
            }
            for one in corpus.versions(document)
            if one.id != document.id
        ],
        "changed": cited_digest is not None and cited_digest != document.digest,
        "blocks": [
            {
                "passage_id": passage.id,
                "heading": passage.heading,
                "text": document.text[passage.start : passage.end],
                "start": passage.start,
                "end": passage.end,
            }
            for passage in document.passages
        ],
    }


def _date(value: object | None) -> str | None:
    return None if value is None else str(value)
