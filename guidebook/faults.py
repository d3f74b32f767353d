"""A fault in a corpus file, as a maintainer reads it: where, what, and how to mend it."""

import re
from dataclasses import dataclass
from pathlib import Path

from pydantic import ValidationError


@dataclass(frozen=True)
class Fault:
    """One fault. Prints as `path:line: field is value: remedy.`"""

    path: Path
    line: int
    field: str
    value: str
    remedy: str

    def __str__(self) -> str:
        shown = self.value if len(self.value) <= 60 else self.value[:57] + "..."
        return f"{self.path}:{self.line}: {self.field} is {shown!r}: {self.remedy}"


def line_of(text: str, offset: int) -> int:
    """The 1-based line of a code point offset."""
    return text.count("\n", 0, offset) + 1


def line_of_field(block: str, field: str, first_line: int) -> int:
    """The line where a YAML field stands; the block's first line when it is absent."""
    found = re.search(rf"^\s*-?\s*[{{]?\s*{re.escape(field)}\s*:", block, re.MULTILINE)
    return first_line if found is None else first_line + block.count("\n", 0, found.start())


def faults_of(error: ValidationError, path: Path, block: str, first_line: int) -> list[Fault]:
    """One fault for each thing a schema found wrong in a YAML block."""
    faults = []
    found = error.errors(include_url=False)
    for item in found:
        if item["type"] == "too_short" and any(
            len(other["loc"]) > len(item["loc"]) and other["loc"][: len(item["loc"])] == item["loc"]
            for other in found
        ):
            continue  # the list is not short: its items are the fault, and are told
        where = [str(part) for part in item["loc"]]
        field = where[0] if where else "block"
        missing = item["type"] == "missing"
        value = "missing" if missing else str(item.get("input"))
        faults.append(
            Fault(
                path,
                line_of_field(block, field, first_line),
                ".".join(where) or "block",
                value,
                "add it." if missing else f"{item['msg']}.",
            )
        )
    return faults
