"""What each choice of the retriever is worth: one row a choice, on the development questions.

Each row ranks the same questions with one thing changed: one signal alone, all signals alike, the
fitted weights, the fitted weights with one signal left out, or without what is known before any
word is compared (facets, sections, province, authority). Figures are shares of questions whose
first, or one of whose first five, passages is relevant.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from guidebook.evaluation.fitting import Example, Weights, rank
from guidebook.language import Writing
from guidebook.signals import SIGNALS


@dataclass(frozen=True)
class Row:
    """One choice and what it gives."""

    choice: str
    writing: Writing
    questions: int
    first: float
    first_five: float


def rows(examples: Sequence[Example], fitted: Mapping[Writing, Weights]) -> Iterator[Row]:
    """All rows, by way of writing."""
    for writing, weights in fitted.items():
        written = [item for item in examples if item.writing == writing and item.answerable]
        for name in SIGNALS:
            yield _row(f"{name} alone", writing, written, {name: 1.0})
        yield _row("all signals alike", writing, written, dict.fromkeys(SIGNALS, 1.0))
        yield _row("fitted", writing, written, weights)
        for name in (name for name, weight in weights.items() if weight):
            without = {other: weight for other, weight in weights.items() if other != name}
            yield _row(f"fitted without {name}", writing, written, without)
        yield _row("fitted, nothing known beforehand", writing, _bare(written), weights)


def _row(
    choice: str, writing: Writing, written: Sequence[Example], weights: Mapping[str, float]
) -> Row:
    ranks = [rank(item, weights) for item in written]
    count = max(len(ranks), 1)
    first = sum(at == 1 for at in ranks) / count
    return Row(choice, writing, len(ranks), first, sum(0 < at <= 5 for at in ranks) / count)


def _bare(written: Sequence[Example]) -> list[Example]:
    return [
        replace(item, priors=np.zeros_like(item.priors), allowed=np.ones_like(item.allowed))
        for item in written
    ]


def markdown(found: Sequence[Row]) -> str:
    """The rows as a table."""
    lines = ["| writing | choice | questions | right first | in first five |"]
    lines.append("| --- | --- | --- | --- | --- |")
    for row in found:
        figures = f"{row.questions} | {row.first:.3f} | {row.first_five:.3f}"
        lines.append(f"| {row.writing} | {row.choice} | {figures} |")
    return "\n".join(lines)
