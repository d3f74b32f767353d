"""Compare a score with the committed baseline: the floor under which no change may fall.

evaluation/baselines/baseline.json holds, for each split, the headline figures of a run that was
accepted, each with the drop that is still tolerated. A better figure never fails; it is a reason
to save a new baseline. For the development split it also names the cases behind each figure that
ended wrong, so that a later fall can show which cases are new.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from guidebook.evaluation.errors import EvaluationError
from guidebook.evaluation.files import read_object, write_object
from guidebook.evaluation.metrics import LOWER_IS_BETTER
from guidebook.evaluation.missed import missed
from guidebook.evaluation.runs import Run
from guidebook.evaluation.scoring import Scores

TOLERANCES = {
    "right": 0.02,
    "right_first": 0.02,
    "found_at_5": 0.02,
    "mrr": 0.02,
    "refusal_precision": 0.03,
    "refusal_recall": 0.03,
    "over_refusal": 0.03,
    "wrong_and_confident": 0.01,
    "danger_recall": 0.0,
    "support_recall": 0.0,
    "pairs": 0.06,
    "covered": 0.0,
}
"""Headline figures and the drop tolerated in a new baseline. A file may state others."""


@dataclass(frozen=True)
class Drop:
    """One figure that fell by more than its tolerance."""

    name: str
    was: float
    now: float | None
    tolerance: float

    def __str__(self) -> str:
        now = "nothing" if self.now is None else f"{self.now:.3f}"
        return f"{self.name} was {self.was:.3f} and is {now}; {self.tolerance:g} is tolerated."


def load_baseline(path: Path, split: str) -> Mapping[str, Any]:
    """The baseline's figures for a split; EvaluationError when it has none."""
    whole: dict[str, Any] = read_object(path) if path.is_file() else {}
    try:
        figures = whole["splits"][split]["figures"]
        return {name: {key: float(item[key]) for key in ("value", "tolerance")}
                for name, item in figures.items()}  # fmt: skip
    except (KeyError, TypeError, ValueError) as error:
        raise EvaluationError(
            f"{path} holds no baseline for split {split}. "
            "Save one with `guidebook evaluate score --save-baseline`."
        ) from error


def drops(scores: Scores, baseline: Mapping[str, Any]) -> list[Drop]:
    """The figures that got worse by more than the baseline tolerates."""
    return drops_of({name: figure.value for name, figure in scores.overall.items()}, baseline)


def drops_of(values: Mapping[str, float | None], baseline: Mapping[str, Any]) -> list[Drop]:
    """As `drops`, of bare values by name."""
    found = []
    for name, item in baseline.items():
        was, tolerance = item["value"], item["tolerance"]
        now = values.get(name)
        loss = None if now is None else (now - was if name in LOWER_IS_BETTER else was - now)
        # Figures are stored with four decimals: allow for the rounding.
        if loss is None or loss > tolerance + 5e-5:
            found.append(Drop(name, was, now, tolerance))
    return found


def load_missed(path: Path, split: str) -> Mapping[str, Sequence[str]]:
    """The cases that ended wrong when the baseline was saved, by figure; empty where unknown."""
    whole = read_object(path) if path.is_file() else {}
    found: Mapping[str, Sequence[str]] = whole.get("splits", {}).get(split, {}).get("missed", {})
    return found


def save_baseline(path: Path, scores: Scores, run: Run, reason: str | None = None) -> None:
    """Make these scores the baseline of their split; tolerances already in the file stay."""
    whole = read_object(path) if path.is_file() else {}
    splits = whole.setdefault("splits", {})
    before = splits.get(scores.split, {}).get("figures", {})
    made_from = {
        name: run.settings.get(name) for name in ("at", "commit", "asked", "corpus_digest")
    }
    splits[scores.split] = {
        "made_from": made_from | ({} if reason is None else {"reason": reason}),
        "questions": len(scores.cases),
        "figures": {
            name: {
                "value": round(value, 4),
                "tolerance": before.get(name, {}).get("tolerance", tolerance),
            }
            for name, tolerance in TOLERANCES.items()
            if (value := scores.overall[name].value) is not None
        },
        # The test split's cases are named nowhere: nobody is to mend them one by one.
        **({"missed": missed(scores.cases)} if scores.split == "development" else {}),
    }
    write_object(path, whole)
