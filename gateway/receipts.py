"""A receipt for each reply that took a position: which spans it rested on, nothing typed.

With a receipt a reply can be judged (feedback) and checked again later against the corpus. It
holds digests of the cited words, not the words, and does not point to a session, so it cannot lead
back to an officer. A reply for a writer who is hurt or in distress leaves none. Checking is
receipt_check.py's.
"""

import hashlib
import secrets
from collections.abc import Iterable, Mapping

from gateway.store import Receipt
from guidebook.reply import Citation, Reply
from guidebook.vocabulary import family, quotes

FAMILIES = frozenset({"answered", "clarify", "unanswerable", "refused", "emergency"})


def issue(
    replies: Iterable[Reply], now: float, versions: Mapping[str, str] | None = None
) -> tuple[list[Reply], list[Receipt]]:
    """The replies with receipt ids put in, and the receipts to keep."""
    marked: list[Reply] = []
    receipts: list[Receipt] = []
    for reply in replies:
        if family(reply.status) not in FAMILIES and not quotes(reply.status):
            marked.append(reply.model_copy(update={"probability": None}))
            continue
        receipt = Receipt(
            id=secrets.token_urlsafe(12),
            at=now,
            status=reply.status,
            spans=_spans(reply),
            versions=dict(versions or {}),
            scores=_scores(reply),
        )
        receipts.append(receipt)
        marked.append(reply.model_copy(update={"receipt": receipt.id, "probability": None}))
    return marked, receipts


def digest_of(words: str) -> str:
    """The digest by which cited words are recognised again."""
    return hashlib.sha256(words.encode("utf-8")).hexdigest()


def _scores(reply: Reply) -> dict[str, float | str]:
    found = {"strength": reply.strength, "probability": reply.probability}
    return {name: value for name, value in found.items() if value is not None}


def _spans(reply: Reply) -> list[dict[str, str | int]]:
    parts = (("citation", reply.citations), ("nearest", reply.nearest))
    return [_span(part, citation) for part, citations in parts for citation in citations]


def _span(part: str, citation: Citation) -> dict[str, str | int]:
    return {
        "part": part,
        "document_id": citation.document_id,
        "digest": citation.digest,
        "start": citation.start,
        "end": citation.end,
        "sha256": digest_of(citation.quote),
    }
