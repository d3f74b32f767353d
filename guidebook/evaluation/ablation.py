"""What each choice of the retriever is worth: one row a choice, on the development questions.

A signal alone, or all alike, is ranked as it stands. Whatever has weights is fitted anew without
the choice and judged by cross-validation: no question is ranked by weights that saw it. Figures
are shares of questions whose first, or one of whose first five, passages is relevant.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from guidebook.evaluation.fitting import USED, Example, Weights, fit_weights, rank
from guidebook.evaluation.variants import Variant
from guidebook.language import Writing

FOLDS = 5
SEED = 20261122
LEFT_OUT = {  # signals that stand or fall together
    "word search": ("words", "best_words"),
    "sound search": ("sounds", "best_sounds"),
    "letter search": ("letters", "best_letters"),
    "consonants": ("consonants", "best_consonants"),
    "the centres": ("centre",),
    "the encoder": ("meaning", "centre"),
}


@dataclass(frozen=True)
class Row:
    """One choice and what it gives."""

    writing: Writing
    choice: str
    questions: int
    first: float
    first_five: float


def rows(found: Iterable[Variant]) -> Iterator[Row]:
    """The rows of each variant; the first is the library as it is."""
    for variant in found:
        for writing, names in USED.items():
            asked = [it for it in variant.examples if it.writing == writing and it.answerable]
            beside = [it for it in variant.practice if it.writing == writing]
            if variant.undone:
                yield judged(f"without {variant.undone}", asked, beside, names)
            else:
                yield from _as_it_is(asked, beside, names)


def _as_it_is(
    asked: Sequence[Example], beside: Sequence[Example], names: Sequence[str]
) -> Iterator[Row]:
    for name in names:
        yield _row(f"{name} alone", asked, [rank(item, {name: 1.0}) for item in asked])
    alike = dict.fromkeys(names, 1.0)
    yield _row("all signals alike", asked, [rank(item, alike) for item in asked])
    yield judged("fitted", asked, beside, names)
    yield judged("without practice questions", asked, (), names)
    yield judged("nothing known beforehand", _bare(asked), _bare(beside), names)
    for choice, out in LEFT_OUT.items():
        kept = [name for name in names if name not in out]
        if len(kept) < len(names):
            yield judged(f"without {choice}", asked, beside, kept)


def judged(
    choice: str, asked: Sequence[Example], beside: Sequence[Example], names: Sequence[str]
) -> Row:
    """The row of weights over `names`, each question ranked by weights fitted on the others."""
    fold = np.random.default_rng(SEED).permutation(len(asked)) % FOLDS
    ranks = []
    for number in range(FOLDS):
        others = [item for item, at in zip(asked, fold, strict=True) if at != number]
        weights: Weights = fit_weights(others, beside, names)
        held = [item for item, at in zip(asked, fold, strict=True) if at == number]
        ranks += [rank(item, weights) for item in held]
    return _row(choice, asked, ranks)


def _row(choice: str, asked: Sequence[Example], ranks: Sequence[int]) -> Row:
    count = max(len(ranks), 1)
    first = sum(at == 1 for at in ranks) / count
    five = sum(0 < at <= 5 for at in ranks) / count
    return Row(asked[0].writing, choice, len(ranks), first, five)


def _bare(written: Sequence[Example]) -> list[Example]:
    return [
        replace(item, priors=np.zeros_like(item.priors), allowed=np.ones_like(item.allowed))
        for item in written
    ]


def markdown(found: Iterable[Row]) -> str:
    """The rows as a table, by way of writing; the order within one stays."""
    lines = ["| writing | choice | questions | right first | in first five |"]
    lines.append("| --- | --- | --- | --- | --- |")
    order = list(USED)
    for row in sorted(found, key=lambda row: order.index(row.writing)):
        figures = f"{row.questions} | {row.first:.3f} | {row.first_five:.3f}"
        lines.append(f"| {row.writing} | {row.choice} | {figures} |")
    return "\n".join(lines)
