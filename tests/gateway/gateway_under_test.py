"""A whole gateway in the test's own process, with a stand-in for Rasa and a clock to move."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
from fastapi import FastAPI

from gateway.app import create_app
from gateway.bounds import Bounds
from gateway.rasa_client import RasaReply, Replied
from gateway.rasa_stand_in import RasaStandIn
from guidebook.corpus import read_document
from guidebook.reply import Citation, Reply
from guidebook.settings import ROOT, Settings

BASE = "http://guidebook.test"
Json = dict[str, Any]


@dataclass
class Clock:
    """A clock that stands still until a test moves it."""

    now: float = 1_790_000_000.0

    def __call__(self) -> float:
        return self.now

    def forward(self, *, hours: float = 0, seconds: float = 0) -> None:
        self.now += hours * 3600 + seconds


@dataclass
class Gateway:
    """The gateway, its stand-ins, and one browser."""

    app: FastAPI
    browser: httpx.AsyncClient
    rasa: RasaStandIn
    clock: Clock
    ticks: Clock
    home: Path
    counter: list[int] = field(default_factory=lambda: [0])

    def another_browser(
        self, address: str = "127.0.0.1", base: str = BASE, **cookies: str
    ) -> httpx.AsyncClient:
        """A browser at an address, with no cookies but these."""
        transport = httpx.ASGITransport(self.app, client=(address, 40000))
        return httpx.AsyncClient(transport=transport, base_url=base, cookies=cookies)

    async def post(
        self, text: object, message_id: str | None = None, **more: object
    ) -> httpx.Response:
        """POST one message."""
        self.counter[0] += 1
        body = {"text": text, "client_message_id": message_id or f"m{self.counter[0]}", **more}
        return await self.browser.post("/api/messages", json=body)

    async def ask(self, text: str, message_id: str | None = None, **more: object) -> list[Json]:
        """POST one message that must be taken; its replies."""
        response = await self.post(text, message_id, **more)
        assert response.status_code == 200, response.text
        replies: list[Json] = response.json()["replies"]
        return replies

    async def transcript(self) -> list[Json]:
        """The browser's messages."""
        response = await self.browser.get("/api/messages")
        assert response.status_code == 200
        messages: list[Json] = response.json()["messages"]
        return messages

    async def purge(self) -> None:
        """One round of the purge task."""
        await self.app.state.retention.purge()

    def kept_bytes(self) -> bytes:
        """Every byte under the home folder but the secrets."""
        files = (p for p in self.home.rglob("*") if p.is_file() and p.parent.name != "secrets")
        return b"".join(path.read_bytes() for path in files)


def settings_for(home: Path, corpus: Path, widget: Path, **more: str) -> Settings:
    """Settings that touch nothing but the test's own folders."""
    environ = {
        "GUIDEBOOK_HOME": str(home),
        "GUIDEBOOK_CORPUS": str(corpus),
        "GUIDEBOOK_WIDGET": str(widget),
        "GUIDEBOOK_RASA_TIMEOUT_S": "60",
        "GUIDEBOOK_ALLOWED_HOSTS": "guidebook.test",
        **more,
    }
    return Settings.from_environ(environ)


@asynccontextmanager
async def running(
    settings: Settings,
    *,
    rasa: RasaStandIn | None = None,
    bounds: Bounds | None = None,
    clock: Clock | None = None,
    actions_status: int = 200,
    training: Path = ROOT / "training",
) -> AsyncIterator[Gateway]:
    """A started gateway."""
    rasa, clock, ticks = rasa or RasaStandIn(), clock or Clock(), Clock(0.0)
    actions = httpx.AsyncClient(
        transport=httpx.MockTransport(lambda _: httpx.Response(actions_status)), base_url=BASE
    )
    app = create_app(
        settings,
        rasa=rasa,
        actions=actions,
        bounds=bounds or Bounds(),
        clock=clock,
        monotonic=ticks,
        training=training,
    )
    async with app.router.lifespan_context(app):
        await library_loaded(app)
        transport = httpx.ASGITransport(app)
        async with httpx.AsyncClient(transport=transport, base_url=BASE) as browser:
            yield Gateway(app, browser, rasa, clock, ticks, settings.home)


async def library_loaded(app: FastAPI) -> None:
    """Wait until the corpus was read, well or badly."""
    loading = app.state.library.fault
    async with asyncio.timeout(10):
        while app.state.library.corpus is None and app.state.library.fault == loading:
            await asyncio.sleep(0.005)


@contextmanager
def locked(home: Path) -> Iterator[None]:
    """Another program holds the database's write lock: nothing can be kept."""
    connection = sqlite3.connect(home / "gateway.db", isolation_level=None)
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
    finally:
        connection.execute("ROLLBACK")
        connection.close()


DOCUMENT_ID = "un-police-cooperation-day-2023"
DOCUMENT = read_document(ROOT / "corpus" / "source" / f"{DOCUMENT_ID}.md")[0]
assert DOCUMENT is not None
DIGEST = DOCUMENT.digest
PASSAGE = next(p for p in DOCUMENT.passages if p.id.endswith("/principles-of-cooperation"))


def citation(words: str | None = None, **changes: Any) -> Citation:
    """A citation of `words` of a passage; of all of it when none are given."""
    start = PASSAGE.start + (PASSAGE.text.index(words) if words else 0)
    quote = words or PASSAGE.text
    values: Json = {
        "passage_id": PASSAGE.id,
        "document_id": DOCUMENT_ID,
        "digest": DIGEST,
        "title": "Message",
        "heading": "What principles underlie police cooperation?",
        "quote": quote,
        "start": start,
        "end": start + len(quote),
        "kind": "policy-message",
        "authority": "message",
        "jurisdiction": "international",
        "in_force_from": None,
        "checked_on": "2026-11-22",
        "review_status": "draft",
    }
    return Citation.model_validate(values | changes)


def answer(text: str | None = None, **changes: Any) -> Reply:
    """An answered reply with one citation: of its text, which must stand in the passage."""
    words = PASSAGE.text.split("\n")[0] if text is None else text
    given = {"status": "answered", "lang": "en", "text": words, "citations": (citation(),)}
    return Reply(**(given | changes))


def replied(*replies: Reply) -> Replied:
    """Rasa's outcome when actions gave these replies."""
    return custom([reply.to_json() for reply in replies])


def custom(objects: Sequence[Json]) -> Replied:
    """Rasa's outcome when actions gave these objects, whatever they are."""
    return Replied(tuple(RasaReply(text=None, custom=item, status=None) for item in objects))
