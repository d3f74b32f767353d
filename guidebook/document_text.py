"""Read one file of the corpus: its text, and the YAML block it opens with.

Text is UTF-8 without a byte order mark, LF line ends, Unicode form NFC: so an offset means the same
everywhere. What the block may say is document_schema's question.
"""

import unicodedata
from dataclasses import dataclass
from pathlib import Path

from guidebook.faults import Fault


@dataclass(frozen=True)
class Opened:
    """A file's whole text, its front matter, and where its body starts (in code points)."""

    text: str
    block: str
    body_start: int


def open_document(path: Path) -> Opened | Fault:
    """The file at `path`, or what stops it."""
    raw = path.read_bytes()
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        return Fault(path, line, "encoding", "not UTF-8", "save the file as UTF-8.")
    if fault := _encoding_fault(text, path):
        return fault
    parts = text.split("---\n", 2)
    if len(parts) < 3 or parts[0] != "":
        return Fault(path, 1, "front matter", "missing", "start with a `---` block.")
    return Opened(text, parts[1], len("---\n") * 2 + len(parts[1]))


def _encoding_fault(text: str, path: Path) -> Fault | None:
    if text.startswith("\ufeff"):
        return Fault(path, 1, "encoding", "byte order mark", "save the file without a BOM.")
    if "\r" in text:
        line = text.count("\n", 0, text.index("\r")) + 1
        return Fault(path, line, "encoding", "carriage return", "use LF line ends only.")
    if not unicodedata.is_normalized("NFC", text):
        lines = text.split("\n")
        line = next(
            i for i, part in enumerate(lines, 1) if not unicodedata.is_normalized("NFC", part)
        )
        return Fault(path, line, "encoding", "not NFC", "save the file in Unicode form NFC.")
    return None
