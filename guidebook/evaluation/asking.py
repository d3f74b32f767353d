"""Ask the bot: the library in this process, or a running bot over HTTP.

An Asker puts one question at a time, each in a conversation of its own; the earlier turn of a
two-turn question is asked first and its reply ignored. What comes back is a Response, never an
exception for one bad reply: a failure of the bot is a finding, not the end of the run.
"""

import time
from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING, Protocol

from guidebook.danger import is_danger
from guidebook.errors import ReplyFormatError
from guidebook.evaluation.errors import EvaluationError
from guidebook.evaluation.questions import Question
from guidebook.evaluation.runs import Response
from guidebook.reply import Reply
from guidebook.settings import Settings
from guidebook.vocabulary import family

if TYPE_CHECKING:
    import httpx

RANKED = 20
HTTP_TIMEOUT_S = 60.0
HTTP_TRIES = 20
LONGEST_WAIT_S = 30.0
BUSY = (429, 503)


class Asker(Protocol):
    """Whatever can be examined."""

    def describe(self) -> dict[str, str]:
        """What was asked, for the run's settings."""
        ...

    def ask(self, question: Question) -> Response:
        """Put the question, in a new conversation."""
        ...


Turn = tuple[Sequence[Reply], Sequence[str]]
"""The replies to one turn in order, and the ids of the passages ranked for it."""

Conversation = Callable[[str], Turn]
"""Answers one turn after another."""


class LibraryAsker:
    """Asks in this process. `start` opens a conversation that knows nothing yet.

    Like the gateway and the action, it puts the emergency reply before the answer when
    `hears_danger` says so: guidebook.answering leaves that to them.
    """

    def __init__(
        self,
        start: Callable[[], Conversation],
        about: Mapping[str, str] = MappingProxyType({}),
        hears_danger: Callable[[str], bool] = is_danger,
    ) -> None:
        self._start = start
        self._hears_danger = hears_danger
        self._about = about

    def describe(self) -> dict[str, str]:
        return {"asked": "library", **self._about}

    def ask(self, question: Question) -> Response:
        from guidebook.emergency import emergency_reply

        turn = self._start()
        for text in question.turns[:-1]:
            turn(text)
        started = time.perf_counter()
        replies, ranked = turn(question.judged_turn)
        if self._hears_danger(question.judged_turn) and all(
            r.status != "emergency" for r in replies
        ):
            lang = replies[0].lang if replies else "en"
            replies = [emergency_reply(lang), *replies]
        took_ms = round((time.perf_counter() - started) * 1000)
        return response_of(question.id, replies, ranked, took_ms)


class HttpAsker:
    """Asks a running bot through the door its officers use, with a fresh cookie each time."""

    def __init__(self, client: "httpx.Client", sleep: Callable[[float], None] = time.sleep) -> None:
        self._client = client
        self._sleep = sleep

    @classmethod
    def at(cls, url: str) -> "HttpAsker":
        """An asker of the bot at `url`."""
        import httpx

        client = httpx.Client(base_url=url, timeout=HTTP_TIMEOUT_S, trust_env=False)
        return cls(client)

    def describe(self) -> dict[str, str]:
        return {"asked": "http", "url": str(self._client.base_url)}

    def ask(self, question: Question) -> Response:
        import httpx

        self._client.cookies.clear()
        try:
            for number, text in enumerate(question.turns[:-1]):
                self._post(text, f"{question.id}-{number}")
            started = time.perf_counter()
            replies = self._post(question.judged_turn, f"{question.id}-last")
            took_ms = round((time.perf_counter() - started) * 1000)
        except httpx.ConnectError as error:
            raise EvaluationError(
                f"Nobody answers at {self._client.base_url}. Start the bot with `make serve`."
            ) from error
        except httpx.HTTPError:
            return Response(question.id, ("failed_silent",))
        except (ReplyFormatError, ValueError, KeyError, TypeError):
            return Response(question.id, ("failed_malformed",))
        return response_of(question.id, replies, _shown(replies), took_ms)

    def _post(self, text: str, message_id: str) -> list[Reply]:
        body = {"text": text, "client_message_id": message_id}
        for _ in range(HTTP_TRIES):
            answer = self._client.post("/api/messages", json=body)
            if answer.status_code not in BUSY:
                break
            self._sleep(min(float(answer.headers.get("Retry-After", "1")), LONGEST_WAIT_S))
        answer.raise_for_status()
        return [Reply.from_json(item) for item in answer.json()["replies"]]


def response_of(
    question_id: str, replies: Sequence[Reply], ranked: Sequence[str], took_ms: int
) -> Response:
    """The response record behind the replies to a judged turn."""
    answers = [reply for reply in replies if family(reply.status) == "answered"]
    # A correction goes before the answer, but it is the answer that is judged.
    ordered = sorted(replies, key=lambda reply: reply.status == "told_myth_corrected")
    cited = [citation.passage_id for reply in ordered for citation in reply.citations]
    return Response(
        question=question_id,
        statuses=tuple(reply.status for reply in replies),
        ranked=tuple(dict.fromkeys(ranked))[:RANKED],
        cited=tuple(dict.fromkeys(cited)),
        strength=answers[0].strength if answers else None,
        took_ms=took_ms,
    )


def library_asker(settings: Settings) -> LibraryAsker:
    """An asker of the library that `settings` names; GuidebookError says what it lacks."""
    from guidebook.context import Context
    from guidebook.library import open_library
    from guidebook.query import Query

    library = open_library(settings)

    def start() -> Conversation:
        context = Context()

        def turn(text: str) -> Turn:
            nonlocal context
            query = Query(text, province=settings.jurisdiction)
            answer, context = library.answer(query, context, time.time())
            return list(answer.replies), [result.passage.id for result in answer.results]

        return turn

    return LibraryAsker(start, {"corpus_digest": library.corpus.digest}, library.hears_danger)


def _shown(replies: Sequence[Reply]) -> list[str]:
    """Over HTTP the ranking itself is not seen: what is cited, then what is shown as nearest."""
    cited = [citation.passage_id for reply in replies for citation in reply.citations]
    return cited + [citation.passage_id for reply in replies for citation in reply.nearest]
