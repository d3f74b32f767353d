"""/healthz: the process lives. /readyz: an officer's question can be answered, or why not.

Each part has a state and, when it is not well, a reason in one sentence. Looking is bounded in
time. `recent` gives a look at most two seconds old, for pages that poll.
"""

import asyncio
import time
from dataclasses import asdict, dataclass
from typing import Any

import httpx
from fastapi import APIRouter, Request
from starlette.responses import JSONResponse

from gateway import store
from gateway.bounds import Bounds
from gateway.database import Database
from gateway.errors import NOT_READY, StoreUnavailableError
from gateway.library import Library
from gateway.rasa_client import Rasa, RasaHealth
from gateway.refusals import Refusals
from gateway.versions import Versions
from gateway.warm_up import WarmUp

SQL_STORE = "SQLTrackerStore"
RECENT_SECONDS = 2.0


@dataclass(frozen=True)
class Part:
    """One part's state; `reason` is set when it is not well."""

    ready: bool
    reason: str | None = None


@dataclass(frozen=True)
class Look:
    """All parts at one moment."""

    rasa: Part
    tracker_store: Part
    actions: Part
    corpus: Part
    store: Part

    @property
    def ready(self) -> bool:
        """True when every part is well."""
        return all(part["ready"] for part in asdict(self).values())

    @property
    def can_answer(self) -> bool:
        """True when a question gets an answer, even if one part asks for repair."""
        return self.rasa.ready and self.actions.ready and self.store.ready


class Readiness:
    """Looks at the parts."""

    def __init__(
        self,
        rasa: Rasa,
        actions: httpx.AsyncClient,
        library: Library,
        database: Database,
        bounds: Bounds,
        warm_up: WarmUp,
        versions: Versions,
    ) -> None:
        self._versions = versions
        self._rasa = rasa
        self._actions = actions
        self._library = library
        self._database = database
        self._bounds = bounds
        self._warm_up = warm_up
        self._looking = asyncio.Lock()
        self._last: tuple[float, Look] | None = None

    async def look(self) -> Look:
        """Look now."""
        rasa, actions, kept = await asyncio.gather(
            self._rasa.health(self._bounds.health_wait),
            self._look_at_actions(),
            self._look_at_store(),
        )
        if rasa.reachable:
            self._warm_up.rasa_answered()
            self._versions.model = rasa.model
        corpus = Part(await self._library.current() is not None, self._library.fault)
        return Look(
            rasa=Part(rasa.reachable, rasa.reason),
            tracker_store=_tracker_store(rasa),
            actions=actions,
            corpus=corpus,
            store=kept,
        )

    async def recent(self) -> Look:
        """The last look when it is fresh, else a new one; many pages share one look."""
        async with self._looking:
            if self._last is None or time.monotonic() - self._last[0] > RECENT_SECONDS:
                look = await self.look()
                self._last = (time.monotonic(), look)
            return self._last[1]

    async def _look_at_actions(self) -> Part:
        try:
            async with asyncio.timeout(self._bounds.health_wait):
                response = await self._actions.get("/health")
        except (TimeoutError, httpx.HTTPError):
            return Part(False, "The action server is not reachable; it may still be loading.")
        if response.status_code != 200:
            return Part(False, "The action server does not say that it is well.")
        return Part(True)

    async def _look_at_store(self) -> Part:
        try:
            await self._database.write(store.is_writable)
        except StoreUnavailableError:
            return Part(False, "The gateway's database cannot be written; check the disk.")
        return Part(True)


def routes(readiness: Readiness, refusals: Refusals) -> APIRouter:
    """The two probes."""
    router = APIRouter(tags=["health"])

    @router.get("/healthz")
    async def healthz() -> dict[str, str]:
        """Alive."""
        return {"status": "ok"}

    @router.get("/readyz", response_model=None)
    async def readyz(request: Request) -> JSONResponse:
        """Ready with each part's state; 503 with the reasons when not."""
        look = await readiness.recent()
        body: dict[str, Any] = {"ready": look.ready, "parts": asdict(look)}
        if look.ready:
            return JSONResponse(body)
        body |= NOT_READY.body(await refusals.language(request.scope))
        headers = {"Retry-After": str(NOT_READY.retry_after)}
        return JSONResponse(body, status_code=NOT_READY.status, headers=headers)

    return router


def _tracker_store(rasa: RasaHealth) -> Part:
    if not rasa.reachable:
        return Part(False, "Not known while Rasa is not reachable.")
    if rasa.tracker_store != SQL_STORE:
        return Part(
            False, "Rasa keeps conversations in memory; check that the home folder is writable."
        )
    return Part(True)
