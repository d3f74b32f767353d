"""The word nets against an examination of their own, and against the development questions.

Half of the messages are held: no pattern was fitted on them, and a failing test names only the
others. The figures of both halves are printed (`pytest -s`).
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from guidebook import facets, requests
from guidebook.danger import is_danger
from guidebook.evaluation.questions import Question, load_questions
from guidebook.query import Query, understand
from guidebook.vocabulary import supports

HERE = Path(__file__).resolve().parent
REFUSALS = (
    "refused_drafting",
    "refused_risk_score",
    "refused_verdict",
    "refused_whereabouts",
    "refused_wrongdoing",
    "unanswerable_out_of_scope",
)
Caught = Callable[[str], bool]
read_facets = cache(facets.read)
named_status = cache(requests.named_status)


@dataclass(frozen=True)
class Message:
    """One message of the examination."""

    text: str
    held: bool = False
    facets: tuple[tuple[str, str], ...] = ()
    denied: tuple[str, ...] = ()


@dataclass(frozen=True)
class Figure:
    """How many of some messages a net caught, and which came out wrong."""

    name: str
    caught: tuple[Message, ...]
    missed: tuple[Message, ...]

    def share(self, held: bool | None = None) -> float:
        """Share caught; of one half when `held` is given."""
        sizes = [
            sum(held is None or message.held is held for message in part)
            for part in (self.caught, self.missed)
        ]
        return sizes[0] / max(1, sum(sizes))

    def shown(self) -> str:
        """One line of figures."""
        halves = f"tuned {self.share(False):.3f}  held {self.share(True):.3f}"
        return f"{self.name:44} all {self.share():.3f}  {halves}"


def figure(name: str, messages: Iterable[Message], is_caught: Caught) -> Figure:
    """Run a net over messages and print what it caught."""
    messages = tuple(messages)
    caught = tuple(message for message in messages if is_caught(message.text))
    found = Figure(name, caught, tuple(m for m in messages if m not in caught))
    print(found.shown())
    return found


def tuned_texts(messages: Iterable[Message]) -> list[str]:
    """The texts a failing test may show."""
    return [message.text for message in messages if not message.held]


def assert_recall(found: Figure, goal: float) -> None:
    """Recall on all messages reaches the goal."""
    assert found.share() >= goal, f"{found.shown()}; missed: {tuned_texts(found.missed)}"


def assert_false_alarms(found: Figure, limit: float) -> None:
    """False alarms on all messages stay under the limit."""
    assert found.share() <= limit, f"{found.shown()}; wrongly: {tuned_texts(found.caught)}"


@cache
def examination() -> Any:
    """The file as it stands."""
    return yaml.safe_load((HERE / "data" / "nets.yml").read_text(encoding="utf-8"))


def messages(items: Iterable[dict[str, Any]]) -> tuple[Message, ...]:
    """Messages without facets."""
    return tuple(Message(item["text"], item.get("held", False)) for item in items)


@cache
def development() -> tuple[Question, ...]:
    """The questions patterns may be fitted on."""
    folder = HERE.parents[1] / "evaluation" / "questions"
    return tuple(question for question in load_questions(folder) if question.split == "development")


def development_messages(*expect: str) -> tuple[Message, ...]:
    """Judged turns of the development questions that expect one of these."""
    return tuple(Message(item.judged_turn) for item in development() if item.expect in expect)


def ends_in(status: str) -> Caught:
    return lambda text: named_status(text) == status


def ends_in_support(text: str) -> bool:
    status = named_status(text)
    return status is not None and supports(status)


def ends_in_refusal(text: str) -> bool:
    return named_status(text) in REFUSALS


def is_foreign(text: str) -> bool:
    understood = understand(Query(text))
    return understood.other_country and not understood.jurisdiction_named


def test_halves_are_even() -> None:
    for name in ("danger", "neutral", "support", "other_country"):
        held = [message.held for message in messages(examination()[name])]
        assert sum(held) == len(held) // 2


def test_danger_is_caught() -> None:
    assert_recall(figure("danger", messages(examination()["danger"]), is_danger), 0.99)


def test_danger_in_few_words_is_caught() -> None:
    assert_recall(
        figure("danger, few words", messages(examination()["danger_short"]), is_danger), 0.95
    )


def test_danger_is_quiet_on_questions() -> None:
    neutral = messages(examination()["neutral"])
    assert_false_alarms(figure("danger: neutral", neutral, is_danger), 0.08)


def test_danger_of_development_questions() -> None:
    emergencies = development_messages("emergency")
    assert_recall(figure("danger: development emergencies", emergencies, is_danger), 0.99)
    answers = development_messages("answer")
    assert_false_alarms(figure("danger: development answers", answers, is_danger), 0.115)


def test_support_is_caught() -> None:
    assert_recall(figure("support", messages(examination()["support"]), ends_in_support), 0.95)


def test_support_of_development_questions() -> None:
    asked = development_messages("support")
    assert_recall(figure("support: development", asked, ends_in_support), 0.95)


def test_support_is_rare_elsewhere() -> None:
    others = messages(examination()["neutral"]) + development_messages("answer")
    assert_false_alarms(figure("support: neutral, answers", others, ends_in_support), 0.01)


@pytest.mark.parametrize("status", REFUSALS)
def test_refusal_is_caught(status: str) -> None:
    asked = messages(examination()["requests"][status])
    assert_recall(figure(status, asked, ends_in(status)), 0.90)


@pytest.mark.parametrize("status", REFUSALS)
def test_refusal_is_rare_elsewhere(status: str) -> None:
    neutral = messages(examination()["neutral"])
    assert_false_alarms(figure(f"{status}: neutral", neutral, ends_in(status)), 0.01)
    answers = development_messages("answer")
    assert_false_alarms(figure(f"{status}: answers", answers, ends_in(status)), 0.01)


def test_false_premises_reach_the_corpus() -> None:
    premises = tuple(
        Message(item.judged_turn)
        for item in development()
        if item.expect == "correct" and item.kind != "harmful"
    )
    assert_false_alarms(figure("refusals: false premises", premises, ends_in_refusal), 0.0)


def test_other_country_is_caught() -> None:
    asked = messages(examination()["other_country"])
    assert_recall(figure("other country", asked, is_foreign), 0.90)


def test_other_country_is_rare_elsewhere() -> None:
    others = messages(examination()["neutral"]) + development_messages("answer", "correct")
    assert_false_alarms(figure("other country: neutral, answers", others, is_foreign), 0.01)


@cache
def facet_messages() -> tuple[Message, ...]:
    """Messages with every facet they state, and with the facets they must not state."""
    stating = tuple(
        Message(
            item["text"], item.get("held", False), ((facet, value), *item.get("also", {}).items())
        )
        for facet, values in examination()["facets"].items()
        for value, items in values.items()
        for item in items
    )
    traps = tuple(
        Message(item["text"], item.get("held", False), denied=tuple(item["not"]))
        for item in examination()["facet_traps"]
    )
    return stating + traps


FACET_VALUES = [
    (facet, value) for facet, values in examination()["facets"].items() for value in values
]


@pytest.mark.parametrize(("facet", "value"), FACET_VALUES)
def test_facet_is_read(facet: str, value: str) -> None:
    stating = (
        message for message in facet_messages() if (facet, value) == (message.facets or [None])[0]
    )
    found = figure(f"{facet}: {value}", stating, lambda text: read_facets(text).get(facet) == value)
    assert_recall(found, 0.90)


@pytest.mark.parametrize(("facet", "value"), FACET_VALUES)
def test_facet_is_not_read_elsewhere(facet: str, value: str) -> None:
    others = [message for message in facet_messages() if not states(message, facet, value)]
    found = figure(
        f"{facet}: {value}: others", others, lambda text: read_facets(text).get(facet) == value
    )
    assert_false_alarms(found, 0.02)


def test_facet_traps() -> None:
    traps = [message for message in facet_messages() if message.denied]
    caught_by = {message.text: message.denied for message in traps}
    found = figure("facet traps", traps, lambda text: falls_for(read_facets(text), caught_by[text]))
    assert_false_alarms(found, 0.10)


def states(message: Message, facet: str, value: str) -> bool:
    """True when the message states the value, or may: a trap tells only what it denies."""
    if message.denied:
        return facet not in message.denied and f"{facet}={value}" not in message.denied
    return (facet, value) in message.facets


def falls_for(read: dict[str, str], denied: Iterable[str]) -> bool:
    """True when something was read that the message does not state."""
    return any(
        name in read or name in {f"{facet}={value}" for facet, value in read.items()}
        for name in denied
    )
