"""The committed floor under a Rasa model's figures: evaluation/baselines/dialogue.json.

It says when, why and from which inputs it was recorded, holds each figure with the drop that is
tolerated, and the cases that counted against each. Tolerances are written by hand and stay.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from deploy.dialogue import Measured
from deploy.errors import GateError
from guidebook.evaluation.files import read_object, write_object

NAME = "dialogue.json"
TOLERANCES = {
    "accuracy": 0.01,
    "emergency_recall": 0.0,
    "danger_recall": 0.0,
    "nonsense_refused": 0.03,
    "false_alarms": 0.01,
    "conversations": 0.0,
    "questions_searched": 0.01,
}
"""The drop tolerated in a new baseline. None where a fall would cost a person or a promise."""


@dataclass(frozen=True)
class DialogueBaseline:
    """What stands in the file."""

    model_inputs: str
    held_out: str
    figures: Mapping[str, Mapping[str, float]]
    missed: Mapping[str, Sequence[str]]


def load(path: Path) -> DialogueBaseline:
    """Read the file; GateError when it holds no baseline."""
    try:
        whole = read_object(path)
        return DialogueBaseline(
            model_inputs=str(whole["recorded"]["model_inputs"]),
            held_out=str(whole["recorded"]["held_out"]),
            figures={
                name: {key: float(item[key]) for key in ("value", "tolerance")}
                for name, item in whole["figures"].items()
            },
            missed=whole["missed"],
        )
    except (OSError, KeyError, TypeError, ValueError, AttributeError) as error:
        raise GateError(
            f"{path} holds no baseline for the dialogue; "
            'record one with `make train ACCEPT="the first baseline"`.'
        ) from error


def save(path: Path, recorded: Mapping[str, Any], measured: Measured) -> None:
    """Make these figures the baseline; tolerances already in the file stay."""
    try:
        before: Mapping[str, Mapping[str, float]] = load(path).figures
    except GateError:
        before = {}
    figures = {
        name: {
            "value": value,
            "tolerance": before.get(name, {}).get("tolerance", TOLERANCES[name]),
        }
        for name, value in measured.figures.items()
        if value is not None
    }
    missed = {name: list(cases) for name, cases in measured.missed.items() if cases}
    write_object(path, {"recorded": dict(recorded), "figures": figures, "missed": missed})
