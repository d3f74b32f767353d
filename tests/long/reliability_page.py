"""Tables of docs/reliability.md and docs/operations.md, written by the tests that measured them.

A row is added only after its assertions held. The page changes only when rows were made; rows of
tests that did not run this time stay as they were, with the commit and date they were made at.
"""

import subprocess
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from guidebook.settings import ROOT

PAGE = ROOT / "docs" / "reliability.md"
OPERATIONS = ROOT / "docs" / "operations.md"
FAULTS = "faults"
LOAD = "load"
INPUT = "input"
WORKSHOP = "workshop"


@dataclass
class Table:
    """The rows between two marks of the page."""

    name: str
    rows: dict[str, tuple[str, ...]] = field(default_factory=dict)
    page: Path = PAGE

    def add(self, what: str, *cells: str) -> None:
        """One row."""
        self.rows[what] = (*cells, f"{_commit()}, {datetime.now(UTC):%Y-%m-%d}")
        print(" | ".join([what, *self.rows[what]]))

    def write(self) -> None:
        """Put the rows into the page, over the earlier ones of the same name."""
        if not self.rows:
            return
        begin, end = f"<!-- {self.name}: begin -->\n", f"<!-- {self.name}: end -->"
        text = self.page.read_text(encoding="utf-8")
        head, _, rest = text.partition(begin)
        old, _, tail = rest.partition(end)
        lines = old.splitlines()
        kept = {line.split(" | ")[0].removeprefix("| "): line for line in lines[2:]}
        new = {what: f"| {' | '.join([what, *cells])} |" for what, cells in self.rows.items()}
        body = "\n".join([*lines[:2], *(kept | new).values()])
        self.page.write_text(f"{head}{begin}{body}\n{end}{tail}", encoding="utf-8")


def _commit() -> str:
    asked = ["git", "rev-parse", "--short", "HEAD"]
    done = subprocess.run(asked, cwd=ROOT, capture_output=True, text=True, check=False)
    return done.stdout.strip() or "no commit"
