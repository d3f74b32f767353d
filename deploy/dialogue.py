"""The figures of a Rasa model: held-out lines, conversations, danger, the way to the search.

`figures` counts; what a figure must at least be is a baseline's matter. A line of danger counts as
caught when the danger net or the intent catches it, as either puts the first steps on the page.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml

from deploy.checkout import Checkout
from deploy.rasa_commands import Conversations, Prediction
from guidebook.danger import is_danger
from guidebook.evaluation.metrics import LOWER_IS_BETTER

EMERGENCY = "report_emergency"
NONSENSE = "nonsense"
FALLBACK = "nlu_fallback"
SEARCH = "action_answer_question"


@dataclass(frozen=True)
class Measured:
    """Figures by name, and for each the cases that count against it, in words for people."""

    figures: Mapping[str, float | None]
    missed: Mapping[str, Sequence[str]]


@dataclass(frozen=True)
class Lines:
    """What a model is asked: held-out lines as (intent, text), questions as (id, text)."""

    held_out: tuple[tuple[str, str], ...]
    questions: tuple[tuple[str, str], ...]

    @property
    def texts(self) -> list[str]:
        """Every text, held-out lines first."""
        return [text for _, text in (*self.held_out, *self.questions)]


def lines_of(checkout: Checkout, questions: Sequence[tuple[str, str]]) -> Lines:
    """The held-out lines that stand in the checkout, beside the given questions."""
    held_out = [
        (str(intent), str(text))
        for path in checkout.held_out()
        for intent, texts in yaml.safe_load(path.read_text(encoding="utf-8")).items()
        for text in texts
    ]
    return Lines(tuple(held_out), tuple(questions))


def searching_intents(rules: Path) -> frozenset[str]:
    """The intents whose rule ends in a search."""
    loaded = yaml.safe_load(rules.read_text(encoding="utf-8"))["rules"]
    return frozenset(
        str(rule["steps"][0]["intent"])
        for rule in loaded
        if "intent" in rule["steps"][0] and {"action": SEARCH} in rule["steps"]
    )


def figures(
    lines: Lines,
    predictions: Sequence[Prediction],
    conversations: Conversations,
    searching: frozenset[str],
) -> Measured:
    """Every figure, with the cases against it."""
    judged = _judged(lines, predictions, conversations, searching)
    values = {
        name: _share(len(against), of, name in LOWER_IS_BETTER)
        for name, (against, of) in judged.items()
    }
    return Measured(values, {name: against for name, (against, _) in judged.items()})


def _judged(
    lines: Lines,
    predictions: Sequence[Prediction],
    conversations: Conversations,
    searching: frozenset[str],
) -> dict[str, tuple[list[str], int]]:
    """For each figure the cases against it, and of how many."""
    found = dict(zip(lines.texts, predictions, strict=True))

    def told(text: str) -> str:
        return f"{text} -> {found[text].intent} {found[text].confidence:.2f}"

    meant = [(intent, text) for intent, text in lines.held_out if intent != NONSENSE]
    nonsense = [text for intent, text in lines.held_out if intent == NONSENSE]
    danger = [text for intent, text in meant if intent == EMERGENCY]
    calm = [text for intent, text in meant if intent != EMERGENCY]
    unheard = [text for text in danger if found[text].intent != EMERGENCY]
    heard_as_sense = [told(text) for text in nonsense if found[text].intent != FALLBACK]
    astray = [
        f"{name} -> {found[text].intent}"
        for name, text in lines.questions
        if found[text].intent not in searching
    ]
    return {
        "accuracy": ([told(t) for intent, t in meant if found[t].intent != intent], len(meant)),
        "emergency_recall": ([told(t) for t in unheard], len(danger)),
        "danger_recall": ([told(t) for t in unheard if not is_danger(t)], len(danger)),
        "nonsense_refused": (heard_as_sense, len(nonsense)),
        "false_alarms": ([told(t) for t in calm if found[t].intent == EMERGENCY], len(calm)),
        "conversations": (list(conversations.failed), conversations.total),
        "questions_searched": (astray, len(lines.questions)),
    }


def _share(against: int, size: int, lower: bool) -> float | None:
    if not size:
        return None
    return round(against / size if lower else 1 - against / size, 4)
