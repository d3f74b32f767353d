"""Hold a receipt against the corpus as it is now: do the words it cited still stand there?

A span is `same` when its words stand in its document, at their place or moved by an edit
elsewhere in it; `changed` when they do not, or the document is gone; `superseded` when the document
names a later one. Words are compared by digest, for a receipt has none.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from gateway.receipts import digest_of
from gateway.store import Receipt
from guidebook.corpus import Corpus
from guidebook.records import Document

Finding = Literal["same", "changed", "superseded"]
WORST_FIRST: tuple[Finding, ...] = ("superseded", "changed", "same")


@dataclass(frozen=True)
class CheckedSpan:
    """One span of the receipt and what became of it. `later` is the superseding document."""

    document_id: str
    start: int
    end: int
    part: str
    finding: Finding
    later: str | None = None


def check(receipt: Receipt, corpus: Corpus) -> list[CheckedSpan]:
    """Each span of the receipt."""
    return [_checked(span, corpus) for span in receipt.spans]


def overall(spans: list[CheckedSpan]) -> Finding:
    """The worst of the findings; a receipt without spans is the same."""
    found = {span.finding for span in spans}
    return next((finding for finding in WORST_FIRST if finding in found), "same")


def _checked(span: Mapping[str, Any], corpus: Corpus) -> CheckedSpan:
    document = corpus.document(span["document_id"])
    finding: Finding = "changed"
    if document is not None and document.superseded_by is not None:
        finding = "superseded"
    elif document is not None and _stands(span, document):
        finding = "same"
    return CheckedSpan(
        document_id=span["document_id"],
        start=span["start"],
        end=span["end"],
        part=span["part"],
        finding=finding,
        later=document.superseded_by if document else None,
    )


def _stands(span: Mapping[str, Any], document: Document) -> bool:
    """True when the words are there; the whole file was compared where the span has no digest."""
    wanted = span.get("sha256")
    if wanted is None:
        return bool(span["digest"] == document.digest)
    length = span["end"] - span["start"]
    last = len(document.text) - length
    if not 0 < length <= len(document.text):
        return False
    at_home = [span["start"]] if span["start"] <= last else []
    return any(
        digest_of(document.text[start : start + length]) == wanted
        for start in (*at_home, *range(last + 1))
    )
