"""How the first-hour conversation goes: what one message does to the questions on the table.

Pure: `take` says what to do and where the conversation then stands; it finds no passage and says
nothing. A message is a command, a question, an answer, a courtesy, or unreadable, in that order.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from guidebook.commands import Command, command_in
from guidebook.danger import is_danger
from guidebook.first_hour import (
    OTHER,
    QUESTIONS,
    UNKNOWN,
    Answers,
    Reading,
    denied,
    read,
    takes_back,
)
from guidebook.first_hour_meaning import Hear, hear_nothing
from guidebook.nets import ready
from guidebook.normalise import fold, words
from guidebook.questions import asks

MAX_FAILURES = 2  # unreadable answers in a row before a question is left alone
SHORT = 4  # words: so short a message with an answer in it is an answer, even with a "?"
WHOLE = 5  # words: what the classifier takes for guidance and is so long may be a question
CORRECTION = 12  # words: a longer message after the card is a case or a question of its own
CORRECTED = 24  # words of a message that begins with a word of correcting
SHORT_FACT = 5  # words
LEAVING = 5  # words in which the card is put away
BARE = 2  # words that answer the question on the table and ask nothing
STORY = 20  # words: so much told with FACTS of the card's answers in it and no question is a case
FACTS = 2

_CORRECTS = re.compile(
    r"(?:no|not|nope|actually|sorry|correction|correct|wrong|change|i meant|nahi|nahin|nai|nhi|"
    r"galat|ghalat|galti|ghalti|asal|darust|theek karo|نہین|غلط|غلطی|دراصل|درست|اصل)\b"
)

_CARD = frozenset(("card", "form", "کارڈ", "فارم"))
_NO = frozenset(
    ("stop", "close", "end", "leave", "no", "not", "dont", "bas", "band", "nahi", "nahin", "nhi",
     "بس", "بند", "نہین")
)  # fmt: skip
_OTHER_CARD = frozenset(("id", "identity", "cnic", "sim", "شناختی"))
_SUPPOSES = re.compile(r"\b(?:if|agar|agr|suppose|what about|اگر)\b")

Act = Literal[
    "ask", "finish", "stop", "leave", "question", "perhaps_question", "courtesy", "setting"
]
Opening = Literal["opening", "unreadable", "moved_on"]

COURTESIES = ("greet", "thank", "ask_capabilities", "list_documents", "show_source")


@dataclass(frozen=True)
class Progress:
    """Where the conversation stands. `asked` is None before the first question."""

    asked: str | None = None
    answers: Answers = field(default_factory=dict)
    mentions: tuple[str, ...] = ()
    failures: int = 0


@dataclass(frozen=True)
class Turn:
    """What to do. `changed` and `noted` name the questions whose answers the officer must hear."""

    act: Act
    progress: Progress
    opening: Opening | None = None
    changed: tuple[str, ...] = ()
    noted: tuple[str, ...] = ()
    danger: bool = False
    command: Command | None = None


def tells_case(text: str, hear: Hear = hear_nothing) -> bool:
    """True for a message that tells a case at length and asks nothing."""
    if len(words(text)) < STORY or asks(text):
        return False
    reading = read(text, heard=hear(text))
    return not reading.asks and len(reading.answers) >= FACTS


def take(
    text: str,
    intent: str | None,
    progress: Progress,
    earlier: Sequence[str] = (),
    hear: Hear = hear_nothing,
) -> Turn:
    """One message in the form. `earlier` is what was told and asked before it began, what told of
    the case first: of two that disagree on a fact the one before counts.
    `hear` tells what letters and meaning say of a case."""
    command = command_in(text)
    if progress.asked is None or (command is not None and command.name == "start"):
        return _begin(text, earlier, hear)
    if command is not None and command.name == "card" and progress.answers:
        reading = _heard(text, read(text, None, hear(text)), progress)
        told = _go_on(progress, reading.answers, reading.mentions)
        return replace(told, act="finish", progress=replace(told.progress, asked=None))
    if command is not None and command.name != "skip":
        return _obey(command, progress)
    if leaves(text):
        return Turn("leave", Progress())
    skips = command is not None
    return _hear_out(text, intent, progress, progress.asked, hear, skips=skips)


def _hear_out(
    text: str, intent: str | None, progress: Progress, asked: str, hear: Hear, *, skips: bool
) -> Turn:
    """A message that commands nothing but to skip."""
    reading = _heard(text, read(text, asked, hear(text)), progress)
    if intent in COURTESIES and not skips and not reading.answers:
        return Turn("courtesy", progress)
    if _is_question(text, reading, asked):
        return _answer_between(text, progress, reading)
    if skips:
        return _go_on(progress, {**reading.answers, asked: UNKNOWN}, reading.mentions)
    if reading.answers:
        return _go_on(progress, reading.answers, reading.mentions)
    if intent == "goodbye":
        return Turn("stop", progress)
    if intent == "report_emergency":
        return Turn("ask", progress, danger=True)
    if intent == "ask_guidance" and len(words(text)) >= WHOLE:
        return Turn("perhaps_question", progress)
    return unreadable(progress)


def leaves(text: str) -> bool:
    """True for a message that puts the card away and goes on: "stop card. he is here"."""
    first = frozenset(words(text)[:LEAVING])
    return bool(first & _CARD and first & _NO and not first & _OTHER_CARD)


def _is_question(text: str, reading: Reading, asked: str) -> bool:
    if _SUPPOSES.search(fold(text)):
        return True  # what would be so is no fact of the case
    few = len(words(text))
    if reading.asks and not (few <= BARE and asked in reading.answers):
        return True
    return asks(text) and not (reading.answers and few <= SHORT)


def _answer_between(text: str, progress: Progress, reading: Reading) -> Turn:
    """A question; facts told with it are kept where none stood."""
    new = {name: said for name, said in reading.answers.items() if name not in progress.answers}
    if set(new) <= {"case"} or _SUPPOSES.search(fold(text)):  # "section for acid throwing"
        return Turn("question", progress)
    return replace(_go_on(progress, new, reading.mentions), act="question")


def unreadable(progress: Progress) -> Turn:
    """An answer that cannot be read: ask once more, then leave the question alone."""
    if progress.asked is None or progress.failures + 1 < MAX_FAILURES:
        return Turn("ask", replace(progress, failures=progress.failures + 1), "unreadable")
    return replace(_go_on(progress, {progress.asked: UNKNOWN}, ()), opening="moved_on")


def tell(text: str, progress: Progress, hear: Hear = hear_nothing) -> Turn:
    """What a message tells of a case whose card is out, whatever else it wants."""
    reading = _with_danger(text, read(text, heard=hear(text)), progress)
    said = {name: value for name, value in reading.answers.items() if name != "case"}
    return _go_on(replace(progress, asked=None), said, reading.mentions)


def _heard(text: str, reading: Reading, progress: Progress) -> Reading:
    """What a message tells in the light of what was told: what it was not is something else."""
    reading = _with_danger(text, reading, progress)
    taken_back = "case" not in reading.answers and "case" in denied(ready(text))
    if not (taken_back and progress.answers.get("case", UNKNOWN) != UNKNOWN):
        return reading
    return replace(reading, answers={"case": OTHER, **reading.answers})


def _with_danger(text: str, reading: Reading, progress: Progress) -> Reading:
    """Nobody is safe any more once words of danger are heard: "she is unconscious now"."""
    safe = progress.answers.get("danger") == "no" and "danger" not in reading.answers
    if not (safe and is_danger(text)):
        return reading
    return replace(reading, answers={**reading.answers, "danger": "yes"})


def correct(
    text: str, intent: str | None, progress: Progress, hear: Hear = hear_nothing
) -> Turn | None:
    """A correction after the card is out, or None when the message is none.

    With a word of correcting any answer counts. Without one only a short fact does, and never
    another kind of case: "acid attack section" is a question.
    """
    most = CORRECTED if _CORRECTS.match(fold(text)) else CORRECTION
    if asks(text) or len(words(text)) > most:
        return None
    reading = _heard(text, read(text, heard=hear(text)), progress)
    if reading.asks:
        return None
    said_so = _CORRECTS.match(fold(text)) is not None or takes_back(ready(text))
    corrects = intent == "correct_fact" or said_so
    if not reading.answers or not (corrects or _is_short_fact(text, reading.answers)):
        return None
    turn = _go_on(replace(progress, asked=None), reading.answers, reading.mentions)
    confirmed = tuple(name for name in reading.answers if name not in turn.changed)
    return replace(turn, act="finish", noted=confirmed)


def _is_short_fact(text: str, answers: Answers) -> bool:
    return "case" not in answers and len(words(text)) <= SHORT_FACT


def _begin(text: str, earlier: Sequence[str], hear: Hear) -> Turn:
    reading = read(text, heard=hear(text))
    answers, mentions = dict(reading.answers), reading.mentions
    if "case" not in answers:
        for told in (read(one, heard=hear(one)) for one in earlier):
            answers = {**told.answers, **answers}
            mentions = (*mentions, *told.mentions)
        if "danger" not in reading.answers:
            answers.pop("danger", None)  # of now it must be asked
    mentions = tuple(dict.fromkeys(mentions))
    if len(answers) == len(QUESTIONS):
        del answers[QUESTIONS[-1]]  # Rasa's form opens with a question, never with its end
    progress = Progress(_next(answers), answers, mentions)
    noted = tuple(answers)
    return Turn("ask", progress, "opening", noted=noted, danger=answers.get("danger") == "yes")


def _obey(command: Command, progress: Progress) -> Turn:
    if command.name == "stop":
        return Turn("stop", progress)
    if command.name in ("card", "repeat"):
        return Turn("ask", progress)
    return Turn("setting", progress, command=command)


def _go_on(progress: Progress, said: Mapping[str, str], mentions: tuple[str, ...]) -> Turn:
    """Keep what was said and look for the next question."""
    before = progress.answers
    new = {name: value for name, value in said.items() if before.get(name) != value}
    changed = tuple(name for name in new if before.get(name, UNKNOWN) != UNKNOWN)
    unasked = (name for name in new if name != progress.asked and new[name] != UNKNOWN)
    answers = {name: {**before, **new}[name] for name in QUESTIONS if name in {**before, **new}}
    asked = _next(answers)
    kept = (*progress.mentions, *(one for one in mentions if one not in progress.mentions))
    return Turn(
        act="finish" if asked is None else "ask",
        progress=Progress(asked, answers, kept),
        changed=changed,
        noted=tuple(name for name in unasked if name not in changed),
        danger=new.get("danger") == "yes",
    )


def _next(answers: Answers) -> str | None:
    return next((name for name in QUESTIONS if name not in answers), None)
