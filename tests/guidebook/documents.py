"""One small document, whole and valid until a test breaks it."""

from pathlib import Path
from typing import Any, Protocol

FRONT: dict[str, Any] = {
    "id": "first-report",
    "title": "Recording the first report",
    "kind": "guidance",
    "authority": "statute",
    "jurisdiction": "pakistan",
    "lang": "en",
    "topics": ["fir"],
    "in_force_from": None,
    "checked_on": "2026-11-22",
    "review_by": None,
    "superseded_by": None,
    "review_status": "draft",
    "reviewed_by": None,
    "sources": [],
}
BODY = """
## Can I refuse an FIR?
<!--
id: refuse-fir
facts: [F-FIR-04]
asked_as:
- can a clerk refuse a report
-->
No. You must register it.

1. Write it down.
2. Read it back.

Law: CrPC s.154.
"""


class WriteDocument(Protocol):
    """Write a document and return its path; a front matter field given as ... is left out."""

    def __call__(self, name: str = ..., body: str = ..., **front: Any) -> Path: ...
