"""The gateway as one expression: which parts there are, what wraps them, which routes they answer.

`create_app` builds everything and starts nothing; the lifespan loads the corpus and starts the
purge. Middleware stands in the order a request meets it. Tests give their own Rasa and clock.
"""

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager, suppress
from functools import partial
from pathlib import Path
from typing import Any

import httpx
from fastapi import FastAPI
from fastapi.telemetry import TelemetryConfig
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware

from gateway import (
    ask,
    contents,
    documents,
    errors,
    feedback,
    health,
    incoming,
    messages,
    page,
    refusals,
)
from gateway.body_limit import BodyLimit
from gateway.bounds import Bounds
from gateway.embedding import Embedding
from gateway.headers import SecurityHeaders
from gateway.health import Readiness
from gateway.hosts import HostCheck, Hosts
from gateway.lanes import OwnLanes
from gateway.last_resort import LastResort
from gateway.library import Library
from gateway.limits import Limits, OwnBuckets
from gateway.messages import MessageDesk
from gateway.metrics import Metrics
from gateway.origin import OriginCheck
from gateway.packed import Packed
from gateway.rasa_client import Rasa, RasaChannel
from gateway.refusals import Refusals
from gateway.retention import Retention
from gateway.sessions import Sessions
from gateway.shared_lanes import SharedLanes
from gateway.shared_limits import SharedBuckets
from gateway.shared_redis import open_redis
from gateway.span_check import SpanCheck
from gateway.storage import open_storage
from gateway.switch import Switch
from gateway.turns import Turns
from gateway.versions import Versions
from gateway.warm_up import WarmUp
from gateway.workshop.assembly import assemble
from guidebook import secret_files
from guidebook.settings import ROOT, Settings

# The framework can export spans and exception texts when the environment says so. Never here.
NO_TELEMETRY = TelemetryConfig(
    tracing=False, metrics=False, logs=False, operation_spans=False, auto_configure=False
)


def create_app(
    settings: Settings,
    *,
    rasa: Rasa | None = None,
    actions: httpx.AsyncClient | None = None,
    bounds: Bounds | None = None,
    training: Path = ROOT / "training",
    clock: Callable[[], float] = time.time,
    monotonic: Callable[[], float] = time.monotonic,
) -> FastAPI:
    """The app; a GuidebookError when the home folder cannot be used."""
    bounds = bounds or Bounds()
    lifetime = settings.retention_hours * 3600
    database = open_storage(settings, bounds.lock_wait)
    secret = secret_files.ensure(settings.home, "session")
    channel = rasa or RasaChannel(settings.rasa_url, secret_files.ensure(settings.home, "channel"))
    action_server = actions or httpx.AsyncClient(
        base_url=settings.actions_url.removesuffix("/webhook"),
        timeout=httpx.Timeout(None),
        trust_env=False,
    )
    warm_up = WarmUp(bounds.warm_up, monotonic)
    library = Library(settings.corpus, bounds.corpus_look_every, monotonic)
    hosts = Hosts(settings)
    redis = open_redis(settings.redis_url, settings.home) if settings.redis_url else None
    share = partial(SharedBuckets, redis, secret) if redis else OwnBuckets
    limits = Limits(bounds, monotonic, share)
    lanes = SharedLanes(redis) if redis else OwnLanes()
    sessions = Sessions(database, secret, lifetime, clock)
    refuse = Refusals(sessions)
    switch = Switch(settings.home)
    versions = Versions(library, settings.index)
    metrics = Metrics()
    turns = Turns(
        *(database, channel, bounds, warm_up, SpanCheck(library)),
        *(settings.rasa_timeout_s, clock, versions, switch, metrics),
        lanes=lanes,
    )
    metrics.watch_queue(lambda: turns.in_flight)
    readiness = Readiness(channel, action_server, library, database, bounds, warm_up, versions)
    packed = Packed(bounds.compress_from_bytes)
    workshop = assemble(
        *(settings, training, database, library, turns, secret),
        *(bounds, clock, monotonic),
    )
    desk = MessageDesk(
        *(sessions, turns, limits, database, readiness, switch, lifetime, clock),
        *(workshop.listener, metrics),
    )
    retention = Retention(
        *(database, turns, lifetime, bounds.purge_every, clock),
        also=workshop.ending.end_forgotten,
    )

    async def close() -> None:
        await channel.close()
        await action_server.aclose()
        await lanes.close()
        database.close()

    started = (library.latest, hosts.learn, retention.run, incoming.warm_up)
    app = FastAPI(
        title="Guidebook gateway",
        docs_url=None,  # its documentation pages load scripts from another host
        redoc_url=None,
        openapi_url="/api/openapi.json",
        redirect_slashes=False,
        telemetry=NO_TELEMETRY,
        lifespan=_lifespan(started, turns.finish, close),
        responses={
            code: {"model": errors.ErrorBody} for code in (400, 403, 413, 415, 422, 429, 503)
        },
        middleware=_wrapped_in(settings, bounds, hosts, refuse),
    )
    for router in (
        messages.routes(desk),
        ask.routes(desk, refuse),
        documents.routes(library, limits),
        contents.routes(library, limits),
        feedback.routes(database, limits, clock),
        health.routes(readiness, refuse),
        page.routes(settings.widget, packed),
        *workshop.routers,
    ):
        app.include_router(router)
    refusals.install(app, refuse)
    app.state.library, app.state.retention, app.state.database = library, retention, database
    app.state.packed = packed
    app.state.metrics = metrics
    return app


def _wrapped_in(
    settings: Settings, bounds: Bounds, hosts: Hosts, refuse: Refusals
) -> list[Middleware]:
    """What a request meets before its route, the outermost first."""
    return [
        Middleware(SecurityHeaders),
        Middleware(Embedding, origins=settings.origins),
        Middleware(LastResort),
        Middleware(GZipMiddleware, minimum_size=bounds.compress_from_bytes, compresslevel=6),
        Middleware(HostCheck, hosts=hosts, refusals=refuse),
        Middleware(OriginCheck, refusals=refuse, origins=settings.origins),
        Middleware(BodyLimit, refusals=refuse, most_bytes=bounds.body_bytes, wait=bounds.body_wait),
    ]


def _lifespan(
    started: Sequence[Callable[[], Coroutine[Any, Any, object]]],
    finish: Callable[[], Awaitable[None]],
    close: Callable[[], Awaitable[None]],
) -> Callable[[FastAPI], AbstractAsyncContextManager[None]]:
    """Work beside the requests; at the end `finish` open turns, stop the work, and `close`."""

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        tasks = [asyncio.create_task(work()) for work in started]
        yield
        await finish()
        for task in tasks:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task
        await close()

    return lifespan
