"""What a test of a fault holds: first steps while it is on, and nothing lost when it is over."""

import time
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Protocol

import httpx

from deploy.training import LIVE
from guidebook.vocabulary import family
from tests.end_to_end.officer import Officer, new_id
from tests.end_to_end.served import ANSWER_S, Served

QUESTION = "What is the punishment for an acid attack?"
DANGER = "he is beating her right now with a rod"
NOTHING = "nothing"


class Start(Protocol):
    """Starts a stack with a home of its own."""

    def __call__(
        self,
        home: Path | None = None,
        index: Path | None = None,
        model: Path = LIVE,
        ready: str = "/readyz",
    ) -> AbstractContextManager[Served]: ...


def danger_is_met(url: str) -> None:
    """First steps come while the fault is on."""
    with Officer(url) as somebody:
        reply = somebody.ask(DANGER)[0]
    assert reply.status == "emergency"
    assert {contact.number for contact in reply.contacts} == {"15", "1122"}


def back(officer: Officer, message: str | None = None) -> float:
    """Seconds until the message (or a new one) is answered; the page sends it again likewise."""
    started = time.monotonic()
    while time.monotonic() - started < ANSWER_S:
        try:
            response = officer.post(QUESTION, message or new_id())
        except httpx.HTTPError:
            response = None
        if response is not None and answers(response):
            return time.monotonic() - started
        time.sleep(0.3)
    raise AssertionError(f"no answer within {ANSWER_S} s after the fault")


def answers(response: httpx.Response) -> bool:
    """True when the message got an answer."""
    if response.status_code != 200:
        return False
    return family(response.json()["replies"][0]["status"]) == "answered"


def ran_once(served: Served, officer: Officer, message: str) -> None:
    """Nothing acknowledged was lost, and nothing ran twice."""
    events = [e for e in served.events("user") if str(e.get("message_id", "")).startswith(message)]
    ids = {event["message_id"] for event in events}
    assert ids
    assert len(ids) == len(events), "a turn ran twice"
    assert officer.asked().count(QUESTION) == 1


def asking(pool: ThreadPoolExecutor, officer: Officer, message: str) -> "Future[httpx.Response]":
    return pool.submit(officer.post, QUESTION, message)
