"""GET /api/documents/{id}: an approved document, passage by passage, exactly as it stands on disk.

Each block's text is file[start:end] in code points, so the page highlights by offsets. Front
matter, comments and text outside every passage are never sent. `changed` warns that a citation
was made from another state of the document.
"""

from pathlib import Path
from typing import Annotated, Any

from fastapi import APIRouter, Query
from starlette.concurrency import run_in_threadpool

from gateway import event_log
from gateway.errors import NO_CORPUS, NO_DOCUMENT, ProblemError
from gateway.limits import Limits
from guidebook.corpus import Corpus, load_corpus
from guidebook.errors import GuidebookError
from guidebook.records import Document

Json = dict[str, Any]


class Library:
    """The corpus, loaded once at the start; `fault` says why there is none."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.corpus: Corpus | None = None
        self.fault: str | None = "The documents are still loading."

    async def load(self) -> None:
        """Load the corpus. A broken one leaves the gateway up and /readyz saying so."""
        try:
            self.corpus = await run_in_threadpool(load_corpus, self._folder)
        except (GuidebookError, OSError) as error:
            event_log.record_defect("corpus_not_loaded", error)
            self.fault = "The documents do not load; run `guidebook corpus check`."
            return
        self.fault = None
        event_log.record("corpus_loaded", documents=len(self.corpus.documents))


def routes(library: Library, limits: Limits) -> APIRouter:
    """The one route."""
    router = APIRouter(tags=["documents"])

    @router.get("/api/documents/{document_id}")
    async def read_document(
        document_id: str, digest: Annotated[str | None, Query(max_length=200)] = None
    ) -> Json:
        """One document in blocks; `changed` when `digest` is no longer its digest."""
        if refusal := limits.admit():
            raise ProblemError(refusal)
        if library.corpus is None:
            raise ProblemError(NO_CORPUS)
        document = library.corpus.document(document_id)
        if document is None:
            raise ProblemError(NO_DOCUMENT)
        return as_json(document, digest)

    return router


def as_json(document: Document, cited_digest: str | None) -> Json:
    """What the page needs to show a document, its authority and its age."""
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
