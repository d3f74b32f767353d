"""Counts and times for a monitoring system: how turns end, how long their stages take.

Labels come from closed lists (statuses, kinds of masks, topics, stages) and never from what anybody
typed. They are served by a listener of their own, on loopback and on a port of its own, off unless
GUIDEBOOK_METRICS_PORT is set: a proxy that publishes the page can never publish them with it.
A dashboard and alert rules stand in deploy/monitoring/.
"""

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Literal

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, start_http_server

from guidebook.corpus import Corpus
from guidebook.errors import SettingsError
from guidebook.reply import Reply
from guidebook.vocabulary import family

LOOPBACK = "127.0.0.1"
NO_TOPIC = "none"
REFUSALS = frozenset({"unanswerable", "refused", "clarify"})
BUCKETS = (0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 4, 8, 20)
"""Seconds: up to the 20 a turn may take; 4 is what a danger message waits, 8 an action."""

Stage = Literal["wait", "rasa", "library", "check", "keep", "turn"]
"""A turn's parts: its queue, Rasa with the action server, of that the library, the look at the
evidence, the store; and all of it."""


class Metrics:
    """The figures of one gateway, in a registry of their own."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self._turns = Counter(
            "guidebook_turns", "Turns run, by what Rasa did", ["outcome"], registry=self.registry
        )
        self._replies = Counter(
            "guidebook_replies", "Replies given, by status", ["status"], registry=self.registry
        )
        self._unanswered = Counter(
            "guidebook_unanswered",
            "Replies that do not answer, by status and topic of the nearest text",
            ["status", "topic"],
            registry=self.registry,
        )
        self._masked = Counter(
            "guidebook_masked",
            "Messages in which this kind of personal data was masked",
            ["kind"],
            registry=self.registry,
        )
        self._turned_away = Counter(
            "guidebook_turned_away",
            "Messages refused before a turn, by HTTP status",
            ["code"],
            registry=self.registry,
        )
        self._stages = Histogram(
            "guidebook_stage_seconds",
            "Time of a turn's stages",
            ["stage"],
            buckets=BUCKETS,
            registry=self.registry,
        )
        self._in_flight = Gauge(
            "guidebook_turns_in_flight", "Turns that run or wait", registry=self.registry
        )

    def watch_queue(self, in_flight: Callable[[], int]) -> None:
        """Read the length of the queue from `in_flight` whenever somebody looks."""
        self._in_flight.set_function(in_flight)

    @contextmanager
    def timed(self, stage: Stage) -> Iterator[None]:
        """Count the time of a stage, however it ends."""
        started = time.perf_counter()
        try:
            yield
        finally:
            self.took(stage, time.perf_counter() - started)

    def took(self, stage: Stage, seconds: float) -> None:
        """Count one time of a stage."""
        self._stages.labels(stage).observe(seconds)

    def turn(
        self, outcome: str, replies: Sequence[Reply], masked: Sequence[str], corpus: Corpus | None
    ) -> None:
        """Count one turn that was run."""
        self._turns.labels(outcome).inc()
        for kind in masked:
            self._masked.labels(kind).inc()
        for reply in replies:
            self._replies.labels(reply.status).inc()
            if family(reply.status) in REFUSALS:
                self._unanswered.labels(reply.status, _topic(reply, corpus)).inc()
        if library_ms := sum(reply.took_ms for reply in replies):
            self.took("library", library_ms / 1000)

    def turned_away(self, code: int) -> None:
        """Count one message that became no turn."""
        self._turned_away.labels(str(code)).inc()


def serve(metrics: Metrics, port: int) -> Callable[[], None]:
    """Listen on loopback and return what stops it; SettingsError when the port cannot be had."""
    try:
        server, thread = start_http_server(port, LOOPBACK, metrics.registry)
    except OSError as error:
        raise SettingsError(
            f"GUIDEBOOK_METRICS_PORT {port} on {LOOPBACK} cannot be listened on "
            f"({error.strerror}); set it to a free port, or to nothing."
        ) from None

    def stop() -> None:
        server.shutdown()
        server.server_close()
        thread.join()

    return stop


def _topic(reply: Reply, corpus: Corpus | None) -> str:
    """The topic of the nearest text shown with a refusal."""
    for citation in (*reply.nearest, *reply.citations):
        document = corpus.document(citation.document_id) if corpus else None
        if document is not None and document.topics:
            return document.topics[0]
    return NO_TOPIC
