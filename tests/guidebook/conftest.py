"""Small documents written for one test, whole and valid until a test breaks them."""

from pathlib import Path
from typing import Any, Protocol

import pytest
import yaml

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


@pytest.fixture
def write_document(tmp_path: Path) -> WriteDocument:
    """Documents under `tmp_path / "corpus"`."""

    def write(name: str = "first-report.md", body: str = BODY, **front: Any) -> Path:
        path = tmp_path / "corpus" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        fields = {key: value for key, value in (FRONT | front).items() if value is not ...}
        block = "".join(f"{key}: {_inline(value)}\n" for key, value in fields.items())
        path.write_text(f"---\n{block}---\n{body}", encoding="utf-8")
        return path

    return write


def _inline(value: Any) -> str:
    if isinstance(value, str):
        return value
    dumped: str = yaml.safe_dump(value, default_flow_style=True, allow_unicode=True, width=1000)
    return dumped.removesuffix("...\n").strip()
