"""Cut a passage into what an officer reads first: a lead, numbered steps, the rest.

Everything is a span of the passage: a step's span starts after its marker, and nothing is
rewritten. Source texts have no steps; they come back whole, as their publisher wrote them.
"""

import re
from dataclasses import dataclass

from guidebook.records import Document, Passage, Span

MAX_STEPS = 7
_MARKER = re.compile(r"^(?:\d+\.|-)\s+")
_LINE = re.compile(r"[^\n]+")


@dataclass(frozen=True)
class Composed:
    """Spans in reading order: lead, then steps, then more."""

    lead: Span
    steps: tuple[Span, ...]
    more: tuple[Span, ...]

    @property
    def spans(self) -> tuple[Span, ...]:
        """All spans in the order they are read."""
        return (self.lead, *self.steps, *self.more)


def compose(passage: Passage, document: Document) -> Composed:
    """The spans of one passage: its first line leads, but a source text leads whole."""
    if document.kind in ("conference", "policy-message", "press-release"):
        whole = Span(document.id, document.digest, passage.start, passage.end)
        return Composed(whole, (), ())
    lead: Span | None = None
    steps: list[Span] = []
    more: list[Span] = []
    for line in _LINE.finditer(passage.text):
        marker = _MARKER.match(line[0])
        start = passage.start + line.start() + (len(marker[0]) if marker else 0)
        span = Span(document.id, document.digest, start, passage.start + line.end())
        if lead is None:
            lead = span
        elif marker and len(steps) < MAX_STEPS:
            steps.append(span)
        else:
            more.append(span)
    if lead is None:
        raise ValueError(f"passage {passage.id} has no text")  # the corpus check forbids it
    return Composed(lead, tuple(steps), tuple(more))
