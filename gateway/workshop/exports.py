"""Write what the trainer ticked into a folder of the run-time home: CSV, one file a subject.

Files are their owner's alone. Cells hold words of this project, of the corpus and of the training
content, and counts; nothing anybody typed.
"""

import csv
import os
from collections.abc import Callable, Collection, Sequence
from pathlib import Path

from gateway.workshop.material import Material, result_rows

Made = Callable[[Path, Material], None]


def _table(head: Sequence[str], rows: Callable[[Material], Sequence[Sequence[object]]]) -> Made:
    def make(path: Path, material: Material) -> None:
        with _private(path) as file:
            writer = csv.writer(file)
            writer.writerow(head)
            writer.writerows(rows(material))

    return make


def _private(path: Path):  # type: ignore[no-untyped-def]  # the opened file, as open() types it
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    # Excel reads UTF-8 only behind a byte order mark.
    return os.fdopen(descriptor, "w", encoding="utf-8-sig", newline="")


EXPORTS: dict[str, tuple[str, Made]] = {
    "topics": ("topics.csv", _table(("topic", "times asked"), lambda m: m.topics)),
    "unanswered": (
        "unanswered.csv",
        _table(
            ("how it ended, or nearest passage", "times"), lambda m: (*m.unanswered, *m.nearest)
        ),
    ),
    "feedback": ("feedback.csv", _table(("verdict or reason", "times"), lambda m: m.feedback)),
    "results": (
        "results.csv",
        _table(("run", "item", "choice", "verdict", "passage", "phones"), result_rows),
    ),
}
"""What can be ticked: the file it makes, and how."""


def write(folder: Path, material: Material, ticked: Collection[str]) -> tuple[str, ...]:
    """Write the ticked files; their names."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    folder.chmod(0o700)
    made = []
    for name, (file, make) in EXPORTS.items():
        if name in ticked:
            make(folder / file, material)
            made.append(file)
    return tuple(made)
