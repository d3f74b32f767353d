"""Real trackers and dispatchers for the actions, and the real library behind them."""

import asyncio
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

import pytest
from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions import runtime
from guidebook.library import Library
from guidebook.reply import Reply


@dataclass(frozen=True)
class Turn:
    """What an action did with one message."""

    replies: tuple[Reply, ...]
    events: tuple[dict[str, Any], ...]

    @property
    def reply(self) -> Reply:
        """The only reply."""
        (reply,) = self.replies
        return reply


class Run(Protocol):
    """Run an action on one message."""

    def __call__(
        self,
        action: Action,
        text: str = ...,
        *,
        intent: str | None = ...,
        metadata: object = ...,
        context: object = ...,
    ) -> Turn: ...


@pytest.fixture
def run() -> Run:
    def on_message(
        action: Action,
        text: str = "Where and when was the women police conference held?",
        *,
        intent: str | None = "ask_guidance",
        metadata: object = None,
        context: object = None,
    ) -> Turn:
        message: dict[str, Any] = {"text": text, "intent": {"name": intent}, "entities": []}
        message["metadata"] = metadata
        tracker = Tracker("officer", {"context": context}, message, [], False, None, {}, None)
        dispatcher = CollectingDispatcher()
        events = asyncio.run(action.run(dispatcher, tracker, {}))
        replies = tuple(Reply.from_json(said["custom"]) for said in dispatcher.messages)
        return Turn(replies, tuple(events))

    return on_message


@pytest.fixture
def opened(library: Library, monkeypatch: pytest.MonkeyPatch) -> Library:
    """The actions find the real library already open."""
    monkeypatch.setattr(runtime, "_library", library)
    return library


@pytest.fixture
def unopened(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The actions have opened no library yet."""
    monkeypatch.setattr(runtime, "_library", None)
    yield
    runtime._library = None


@pytest.fixture
def remembered() -> Mapping[str, Any]:
    """A fresh context in which a passage was answered."""
    return {
        "answered_passage_ids": ["undp-women-leaders-conference-2022/rpo-hazara-career"],
        "resolved_query": "What did the RPO Hazara say?",
        "facets": {},
        "clarify_count": 0,
        "failures": 0,
        "at": time.time() - 60,
    }


@pytest.fixture(autouse=True)
def unwritten_index(monkeypatch: pytest.MonkeyPatch) -> None:
    """No index is ever written anew, except where a test writes one."""
    monkeypatch.setattr(runtime, "_written", lambda settings: None)
    monkeypatch.setattr(runtime, "_opened", None)
