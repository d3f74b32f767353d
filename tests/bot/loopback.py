"""Run Rasa's web application with our channel on a loopback port, in a thread of this process."""

from __future__ import annotations

import asyncio
import itertools
import socket
import threading
from collections.abc import Coroutine
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

import requests
from aiohttp import web
from rasa.core.agent import Agent
from rasa.core.run import configure_app
from rasa.core.tracker_store import SQLTrackerStore
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.utils.endpoints import EndpointConfig
from stand_in_actions import StandInActions

from bot.channel import SECRET_HEADER, GuidebookChannel

SECRET = "a-secret-for-tests"
Result = TypeVar("Result")


@dataclass
class Loopback:
    """The running bot, and how a test talks to it."""

    base: str
    agent: Agent
    store: SQLTrackerStore
    database: Path
    actions: StandInActions
    loop: asyncio.AbstractEventLoop
    action_url: str
    numbers: Any = field(default_factory=itertools.count)

    def new_id(self) -> str:
        return f"test-{next(self.numbers)}"

    def post(self, route: str, body: Any, secret: str | None = SECRET) -> requests.Response:
        headers = {} if secret is None else {SECRET_HEADER: secret}
        data = {"data": body} if isinstance(body, bytes) else {"json": body}
        return requests.post(f"{self.base}/{route}", headers=headers, timeout=30, **data)

    def get(self, route: str, secret: str | None = SECRET) -> requests.Response:
        headers = {} if secret is None else {SECRET_HEADER: secret}
        return requests.get(f"{self.base}/{route}", headers=headers, timeout=30)

    def say(
        self, text: str, conversation: str, message: str | None = None, lang: str = "en"
    ) -> list[dict[str, Any]]:
        answer = self.post("messages", body_of(text, conversation, message or self.new_id(), lang))
        assert answer.status_code == 200, answer.text
        replies: list[dict[str, Any]] = answer.json()["replies"]
        return replies

    def tracker(self, conversation: str) -> DialogueStateTracker:
        tracker = self.run(self.agent.tracker_store.retrieve_full_tracker(conversation))
        assert tracker is not None
        return tracker

    def run(self, work: Coroutine[Any, Any, Result]) -> Result:
        return asyncio.run_coroutine_threadsafe(work, self.loop).result(30)


def body_of(text: str, conversation: str, message: str, lang: str = "en") -> dict[str, Any]:
    return {
        "conversation_id": conversation,
        "message_id": message,
        "text": text,
        "lang": lang,
        "province": "kp",
    }


def free_socket() -> socket.socket:
    held = socket.socket()
    held.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    held.bind(("127.0.0.1", 0))
    return held


def start(model: Path, home: Path) -> Loopback:
    """Start the stand-in action server and Rasa; return when both listen."""
    loop = asyncio.new_event_loop()
    threading.Thread(target=loop.run_forever, daemon=True, name="loopback").start()
    return asyncio.run_coroutine_threadsafe(_start(model, home, loop), loop).result(120)


async def _start(model: Path, home: Path, loop: asyncio.AbstractEventLoop) -> Loopback:
    actions = StandInActions()
    runner = web.AppRunner(actions.application())
    await runner.setup()
    action_socket = free_socket()
    await web.SockSite(runner, action_socket).start()
    store = SQLTrackerStore(db=str(home / "tracker.db"))
    action_url = _url(action_socket, "webhook")
    agent = Agent.load(str(model), tracker_store=store, action_endpoint=EndpointConfig(action_url))
    channel = GuidebookChannel.from_credentials({"action_timeout": 2, "keep_events": 80})
    application = configure_app([channel], enable_api=False)
    application.ctx.agent = agent
    held = free_socket()
    server = await application.create_server(
        sock=held, return_asyncio_server=True, access_log=False
    )
    await server.startup()
    await server.start_serving()
    base = _url(held, "webhooks/guidebook")
    return Loopback(base, agent, store, home / "tracker.db", actions, loop, action_url)


def _url(held: socket.socket, path: str) -> str:
    return f"http://127.0.0.1:{held.getsockname()[1]}/{path}"
