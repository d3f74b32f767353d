"""How much personal data the mask takes out, and how often it takes out what is nobody's.

Three files of our own under `evaluation/masking/`: `hidden.txt` (patterned data by kind) and
`names.txt` mark in braces what must go; `kept.txt` must stay as it is. The phrasings the bot has
seen are a second, larger set that must stay. Sentences are invented; the data is of nobody.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from guidebook.masking import mask

NAMES = "name"
_SECRET = re.compile(r"\{([^{}]+)\}")
_TOKEN = re.compile(r"[^\W_]+")


@dataclass(frozen=True)
class Line:
    """One message: its kind, its text as typed, and the parts of it that must go."""

    kind: str
    text: str
    secrets: tuple[str, ...]

    @property
    def missed(self) -> tuple[str, ...]:
        """The secrets of which a word still stands after masking."""
        left = set(_TOKEN.findall(mask(self.text).text))
        return tuple(
            secret for secret in self.secrets if not left.isdisjoint(_TOKEN.findall(secret))
        )


@dataclass(frozen=True)
class Recall:
    """How many secrets of a kind went, of how many."""

    kind: str
    hidden: int
    total: int

    @property
    def share(self) -> float:
        """Between 0 and 1."""
        return self.hidden / self.total


def read_hidden(path: Path, kind: str = "") -> list[Line]:
    """The lines of a file with secrets in braces; `## kind` opens a section."""
    lines = []
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("## "):
            kind = line.removeprefix("## ")
        elif line and not line.startswith("#"):
            text = _SECRET.sub(lambda match: match.group(1), line)
            lines.append(Line(kind, text, tuple(_SECRET.findall(line))))
    return lines


def read_kept(path: Path) -> list[str]:
    """The messages of a file that must stay."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


def recalls(lines: Sequence[Line]) -> list[Recall]:
    """One figure a kind, in the order of the file."""
    kinds = list(dict.fromkeys(line.kind for line in lines))
    found = []
    for kind in kinds:
        mine = [line for line in lines if line.kind == kind]
        total = sum(len(line.secrets) for line in mine)
        found.append(Recall(kind, total - sum(len(line.missed) for line in mine), total))
    return found


def together(kind: str, figures: Iterable[Recall]) -> Recall:
    """The figures as one."""
    parts = list(figures)
    return Recall(kind, sum(part.hidden for part in parts), sum(part.total for part in parts))


def falsely_masked(messages: Iterable[str]) -> list[str]:
    """The messages that did not stay as they were."""
    return [message for message in messages if mask(message).kinds]
