"""GET /api/contents: every topic with its documents and the questions they answer.

For the contents list in the page. Left out is what must not be offered: superseded documents, and
known gaps, which hold no answers. A document stands under each of its topics.
"""

import json
from typing import Any, get_args

from fastapi import APIRouter, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from gateway.conditional import etag_of, respond
from gateway.errors import NO_CORPUS, ProblemError
from gateway.library import Library
from gateway.limits import Limits
from guidebook.corpus import Corpus
from guidebook.records import Document
from guidebook.vocabulary import Lang, Topic

Json = dict[str, Any]


class Contents:
    """The list as bytes, made once a state of the corpus."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._made: dict[Lang, tuple[str, bytes, str]] = {}

    async def current(self, lang: Lang) -> tuple[bytes, str] | None:
        """The list and its ETag; None while there is no corpus."""
        corpus = await self._library.current()
        if corpus is None:
            return None
        made = self._made.get(lang)
        if made is None or made[0] != corpus.digest:
            content = await run_in_threadpool(_as_bytes, corpus, lang)
            made = self._made[lang] = (corpus.digest, content, etag_of(content))
        return made[1], made[2]


def routes(library: Library, limits: Limits) -> APIRouter:
    """The one route."""
    router = APIRouter(tags=["documents"])
    contents = Contents(library)

    @router.get("/api/contents", response_model=Json)
    async def read_contents(request: Request, lang: Lang = "en") -> Response:
        """Topics, their documents, and the heading of each passage; in `lang` where translated."""
        if refusal := limits.admit():
            raise ProblemError(refusal)
        made = await contents.current(lang)
        if made is None:
            raise ProblemError(NO_CORPUS)
        content, etag = made
        return respond(request, content, "application/json", etag)

    return router


def as_json(corpus: Corpus, lang: Lang) -> Json:
    """The list: topics in the vocabulary's order, documents in the corpus's."""
    shown = [document for document in corpus.documents if _is_shown(document)]
    by_topic = {topic: [d for d in shown if topic in d.topics] for topic in get_args(Topic)}
    return {
        "topics": [
            {
                "topic": topic,
                "documents": [_document(document, corpus, lang) for document in documents],
            }
            for topic, documents in by_topic.items()
            if documents
        ]
    }


def _as_bytes(corpus: Corpus, lang: Lang) -> bytes:
    return json.dumps(as_json(corpus, lang), ensure_ascii=False, separators=(",", ":")).encode()


def _is_shown(document: Document) -> bool:
    return document.superseded_by is None and document.kind != "known-gap"


def _document(original: Document, corpus: Corpus, lang: Lang) -> Json:
    whole = len(original.passages)  # a translation with passages left out would hide them
    versions = [one for one in corpus.versions(original) if len(one.passages) == whole]
    document = next((one for one in versions if one.lang == lang), original)
    return {
        "id": document.id,
        "title": document.title,
        "authority": document.authority,
        "jurisdiction": document.jurisdiction,
        "review_status": document.review_status,
        "passages": [
            {"passage_id": passage.id, "heading": passage.heading} for passage in document.passages
        ],
    }
