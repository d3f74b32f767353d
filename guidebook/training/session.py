"""What is left of a workshop once it has ended: counts, as one record and one JSON file.

No participant, no time of a single answer and no words that anybody typed. The file holds the
questions and steps it counts, so that it can be printed long after the content has changed.
"""

from dataclasses import dataclass
from datetime import date

from pydantic import TypeAdapter, ValidationError

from guidebook.errors import HandoutError
from guidebook.training.gain import Gain
from guidebook.training.item_analysis import QuizFigures
from guidebook.training.scenario_review import Review
from guidebook.training.schema import Both
from guidebook.vocabulary import Topic


@dataclass(frozen=True)
class PlayedScenario:
    """A case the room played."""

    id: str
    title: Both
    review: Review


@dataclass(frozen=True)
class Session:
    """One workshop.

    `quizzes` in the order they were asked; `gain` when both forms were. `topics` are those the
    room asked the chat page about, `unanswered` how many of its questions found no answer, and
    `nearest` the passages that stood nearest to those.
    """

    held_on: date
    joined: int
    quizzes: tuple[QuizFigures, ...] = ()
    gain: Gain | None = None
    scenarios: tuple[PlayedScenario, ...] = ()
    topics: tuple[tuple[Topic, int], ...] = ()
    unanswered: int = 0
    nearest: tuple[tuple[str, int], ...] = ()


_SESSION = TypeAdapter(Session)


def session_json(session: Session) -> str:
    """The session as it is exported."""
    return _SESSION.dump_json(session, indent=1).decode("utf-8")


def read_session(text: str, name: str) -> Session:
    """The session in an exported file; `name` is told when it is none."""
    try:
        return _SESSION.validate_json(text)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        place = ".".join(str(part) for part in first["loc"]) or "the file"
        raise HandoutError(
            f"{name} is no exported workshop ({place}: {first['msg']}); "
            "take the session.json that ending a workshop wrote."
        ) from error
