"""The questions of the first-hour card, and how an officer's words answer them.

Rules in `data/first_hour.yml`, in three scripts; buttons send the words of `value_*` messages.
Only what is said is read, and no name is asked. What follows from the answers is first_hour_card's
question; how the conversation goes is first_hour_form's.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, get_args

import yaml

from guidebook import facets, messages
from guidebook.danger import is_danger
from guidebook.first_hour_meaning import NOTHING, Heard
from guidebook.nets import Net, Rule, Weaver, ready
from guidebook.normalise import fold
from guidebook.vocabulary import Case, Lang

DATA = Path(__file__).resolve().parent / "data" / "first_hour.yml"

YES_OR_NO_WORDS = 5
BARE_WORDS = 1

UNKNOWN = "unknown"
OTHER = "other"
"""The value of a question that was skipped."""

HARMS: Mapping[str, str] = {
    "rape": "sexual",
    "acid_burns": "burns",
    "domestic_violence": "beating",
    "attack": "beating",
    "forced_marriage": "marriage",
    "child_marriage": "marriage",
    "harassment": "harassment",
}
"""The facet `harm` of a case, for a question in between."""

CHOICES: Mapping[str, tuple[str, ...]] = {
    "case": (*(case for case in get_args(Case) if case != "any"), OTHER),
    "danger": ("yes", "no"),
    "age": ("child", "adult"),
    "time": ("hour", "hours_6", "hours_24", "days_3", "longer"),
    "injuries": ("yes", "no"),
    "family": ("yes", "no"),
    "place": ("station", "scene", "hospital", "phone"),
}
"""Each question with its values, in the order they are asked and shown."""

QUESTIONS = tuple(CHOICES)

Answers = Mapping[str, str]
Nets = Mapping[str, tuple[Net, ...]]  # value -> nets, in the order they are tried


@dataclass(frozen=True)
class Question:
    """How one question is answered: at any time, as a reply to it, by facets; and what is cut out
    of a message before.
    """

    said: Nets
    asked: Nets
    facets: Mapping[str, Mapping[str, str]]
    ignored: tuple[Rule, ...]


@dataclass(frozen=True)
class Rules:
    """The data file. `belonging` names, by passage, what must have been said for it to count;
    `by_step` which of its steps stands for it, counted from 1."""

    questions: Mapping[str, Question]
    mentions: Nets
    belonging: Mapping[str, tuple[str, ...]]
    left_out: frozenset[str]
    by_step: Mapping[str, int]


@dataclass(frozen=True)
class Reading:
    """What one message says of the case, and whether it asks something of us."""

    answers: Answers
    mentions: tuple[str, ...] = ()
    asks: bool = False


@cache
def rules() -> Rules:
    """The rules, compiled once a process."""
    loaded = yaml.safe_load(DATA.read_text(encoding="utf-8"))
    shared = yaml.safe_load(facets.DATA.read_text(encoding="utf-8"))["groups"]
    weave = Weaver({**shared, **loaded["groups"]})
    belonging: dict[str, tuple[str, ...]] = {}
    for condition, item in loaded["only_when"].items():
        for passage_id in item["steps"]:
            belonging[passage_id] = (*belonging.get(passage_id, ()), condition)
    return Rules(
        questions={name: _question(loaded["questions"][name], weave) for name in QUESTIONS},
        mentions={
            name: weave.nets(item["said"])
            for name, item in loaded["only_when"].items()
            if "said" in item
        },
        belonging=belonging,
        left_out=frozenset(loaded["left_out"]),
        by_step=loaded["by_step"],
    )


def read(text: str, asked: str | None = None, heard: Heard = NOTHING) -> Reading:
    """The answers in `text`; `asked` is the question it replies to, `heard` what its letters and
    meaning tell."""
    message = ready(text)
    mentions = tuple(_caught(rules().mentions, message))
    if exact := _labels().get(fold(text)):
        at_hand = next((one for one in exact if one[0] == asked), exact[0])
        return Reading(dict([at_hand]), mentions)
    stated = facets.read(text)
    answers = {}
    for name, question in rules().questions.items():
        value = _first(question, question.said, message) or _from_facets(question, stated)
        if value is None and name == asked == "danger" and is_danger(text):
            value = "yes"
        if value is not None:
            answers[name] = value
    if asked is not None and asked not in answers and _may_answer(asked, message, answers):
        question = rules().questions[asked]
        value = _first(question, question.asked, message)
        if value is not None:
            answers[asked] = value
    told = {name: value for name, value in heard.answers.items() if name not in denied(message)}
    both = {**answers, **_believed(told, answers, asked, message)}
    return Reading({name: both[name] for name in QUESTIONS if name in both}, mentions, heard.asks)


def _believed(heard: Answers, by_rule: Answers, asked: str | None, message: str) -> Answers:
    """What is heard goes before a rule, but for a bare word, a time, which rules count, and
    danger and injuries: who tells of them is believed, and that there is no danger must be said
    when it is asked."""
    if message.count(" ") <= BARE_WORDS:
        return {name: value for name, value in heard.items() if name not in by_rule}
    kept = dict(heard)
    if "time" in by_rule:
        kept.pop("time", None)
    if by_rule.get("injuries") == "yes":
        kept.pop("injuries", None)
    if by_rule.get("danger") == "yes" or (asked != "danger" and kept.get("danger") == "no"):
        kept.pop("danger", None)
    return kept


def label(question: str, value: str, lang: Lang) -> str:
    """A value in words: on its button, in an acknowledgement, on the card."""
    return messages.text(f"value_{question}_{value}", lang)


def background(answers: Answers) -> tuple[str | None, Mapping[str, str]]:
    """What a question in between is asked about: the case in English words, and its facets."""
    case = answers.get("case", OTHER)
    about = None if case in (UNKNOWN, OTHER) else label("case", case, "en")
    facets_said = {name: answers[name] for name in ("age", "injuries") if name in answers}
    known = {name: value for name, value in facets_said.items() if value != UNKNOWN}
    return about, known if case not in HARMS else {**known, "harm": HARMS[case]}


def _question(item: dict[str, Any], weave: Weaver) -> Question:
    return Question(
        said={value: weave.nets(lines) for value, lines in item["said"].items()},
        asked={value: weave.nets(lines) for value, lines in item["asked"].items()},
        facets=item.get("facets", {}),
        ignored=tuple(map(weave.rule, item.get("ignore", ()))),
    )


def denied(message: str) -> frozenset[str]:
    """The questions of which the message, made `ready`, says alone what is not so: "no, not forced
    marriage". What letters and meaning tell of them is the thing that is denied."""
    case = rules().questions["case"]
    alone = takes_back(message) and _first(case, case.said, message) is None
    return frozenset(("case",) if alone else ())


def takes_back(message: str) -> bool:
    """True for a message, made `ready`, that says which kind of case it was not."""
    return _without_ignored(rules().questions["case"], message) != message


def _without_ignored(question: Question, message: str) -> str:
    for rule in question.ignored:
        message = rule.parts[0].sub("", message)
    return message


def _first(question: Question, nets: Nets, message: str) -> str | None:
    return next(_caught(nets, _without_ignored(question, message)), None)


def _caught(nets: Nets, message: str) -> Iterator[str]:
    """The names of the nets that catch `message`, in their order."""
    return (name for name, tried in nets.items() if any(net.catches(message) for net in tried))


def _may_answer(asked: str, message: str, answers: Answers) -> bool:
    """May the message's words be taken as a reply to the question on the table?

    "No, she is 16" corrects the age: its "no" answers nothing. A long sentence has a "no" in it
    for many reasons.
    """
    if CHOICES[asked] != ("yes", "no"):
        return True
    return not answers and message.count(" ") <= YES_OR_NO_WORDS


def _from_facets(question: Question, stated: Mapping[str, str]) -> str | None:
    for facet, values in question.facets.items():
        if stated.get(facet) in values:
            return values[stated[facet]]
    return None


@cache
def _labels() -> dict[str, list[tuple[str, str]]]:
    """Folded words of a button -> the questions and values it may stand for."""
    found: dict[str, list[tuple[str, str]]] = {}
    for lang in get_args(Lang):
        for question, value in _all_choices():
            found.setdefault(fold(label(question, value, lang)), []).append((question, value))
    return found


def _all_choices() -> Iterator[tuple[str, str]]:
    for question, values in CHOICES.items():
        for value in values:
            yield question, value
