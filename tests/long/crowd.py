"""Many officers at once: each asks one question after another, and sends again when refused.

They begin within one second, as phones do in a room that is told to, and one who was refused comes
back as the page does: after the wait it was told and up to a second more.
"""

import asyncio
import os
import random
import statistics
import time
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from tests.long.plain_http import Answer, Json, exchange

Belongs = Callable[[str, Json], bool]
MOST_TRIES = 200


@dataclass
class Seen:
    """What a crowd met. Times in seconds."""

    officers: int
    took: list[float] = field(default_factory=list)
    refused: list[float] = field(default_factory=list)
    lost: int = 0
    crossed: int = 0
    failed: int = 0
    seconds: float = 0.0

    @property
    def rate(self) -> float:
        """Answered turns a second."""
        return len(self.took) / self.seconds

    def late_refusals(self) -> tuple[float, ...]:
        """The time within which 95 % of the refusals came, and the slowest; none if none."""
        return (percentile(self.refused, 0.95), max(self.refused)) if self.refused else ()

    def cells(self, memory: str) -> tuple[str, ...]:
        """As the table shows it."""
        turned = [f"{took * 1000:.0f}" for took in self.late_refusals()]
        middle = statistics.median(self.took) * 1000
        return (
            str(self.officers),
            str(len(self.took)),
            f"{self.rate:.1f}",
            f"{middle:.0f} / {percentile(self.took, 0.95) * 1000:.0f}",
            "; ".join((str(len(self.refused)), " / ".join(turned) or "-")),
            f"{self.lost}, {self.crossed}",
            memory,
        )


def percentile(values: list[float], share: float) -> float:
    """The value below which this share of the values lies."""
    return sorted(values)[min(len(values) - 1, int(share * len(values)))]


async def ask_all(
    port: int,
    questions: list[list[str]],
    belongs: Belongs,
    until: float | None = None,
    pause: float = 0.0,
    seen: Seen | None = None,
) -> Seen:
    """Every officer asks its list; with `until` (monotonic) over and over until then."""
    seen = seen or Seen(len(questions))
    started = time.monotonic()
    crowd = [Officer(port, mine, belongs, seen, pause) for mine in questions]
    await asyncio.gather(*(officer.ask(until) for officer in crowd))
    seen.seconds = time.monotonic() - started
    await asyncio.gather(*(officer.look_back() for officer in crowd))
    return seen


@dataclass
class Officer:
    """One of them: a cookie of its own, one question at a time."""

    port: int
    mine: list[str]
    belongs: Belongs
    seen: Seen
    pause: float = 0.0
    cookie: str | None = None
    asked: int = 0
    receipts: set[str] = field(default_factory=set)

    async def ask(self, until: float | None) -> None:
        """The whole list, once or until a time."""
        await asyncio.sleep(random.random())
        while True:
            for text in self.mine:
                await self._turn(text)
                self.asked += 1
                await asyncio.sleep(self.pause)
            if until is None or time.monotonic() >= until:
                return

    async def look_back(self) -> None:
        """Count what the transcript lacks, and what in it is another's."""
        kept = (await self._send("GET", None)).json()["messages"]
        lines = [entry["text"] for entry in kept if entry["role"] == "officer"]
        self.seen.lost += max(0, self.asked - len(lines))
        self.seen.crossed += sum(text not in self.mine for text in lines)
        given = {entry["reply"]["receipt"] for entry in kept if entry["role"] == "guidebook"}
        self.seen.crossed += len(self.receipts - given)

    async def _turn(self, text: str) -> None:
        body = {"text": text, "client_message_id": uuid.uuid4().hex}
        for _ in range(MOST_TRIES):
            started = time.monotonic()
            answer = await self._send("POST", body)
            took = time.monotonic() - started
            if answer.status == 200:
                reply = answer.json()["replies"][-1]
                if reply["status"].startswith("failed"):
                    self.seen.failed += 1
                    await asyncio.sleep(
                        1 + random.random()
                    )  # an officer reads before he sends again
                    continue
                self.seen.took.append(took)
                self.seen.crossed += not self.belongs(text, reply)
                if reply["receipt"] is not None:
                    self.receipts.add(reply["receipt"])
                return
            assert answer.status in (429, 503), answer.body
            self.seen.refused.append(took)
            await asyncio.sleep(float(answer.headers["retry-after"]) + random.random())
        self.seen.lost += 1

    async def _send(self, method: str, body: Json | None) -> Answer:
        answer = await exchange(self.port, method, "/api/messages", body, self.cookie)
        if given := answer.headers.get("set-cookie"):
            self.cookie = given.partition(";")[0]
        return answer


@dataclass(frozen=True)
class Moment:
    """What the parts had used at one moment of a soak."""

    turns: int
    memory: int


async def watch(seen: Seen, numbers: list[int], every: float) -> list[Moment]:
    """A moment every so many seconds, until cancelled."""
    moments: list[Moment] = []
    try:
        while True:
            moments.append(Moment(len(seen.took), memory_of(numbers)))
            await asyncio.sleep(every)
    except asyncio.CancelledError:
        return moments


def cpu_of(numbers: list[int]) -> float:
    """Processor time of processes so far, in seconds: other work on the machine adds little."""
    ticks = 0
    for number in numbers:
        cells = Path(f"/proc/{number}/stat").read_text().rpartition(")")[2].split()
        ticks += int(cells[11]) + int(cells[12])
    return ticks / os.sysconf("SC_CLK_TCK")


def memory_of(numbers: list[int]) -> int:
    """Resident memory of processes, in megabytes."""
    pages = [int(Path(f"/proc/{n}/statm").read_text().split()[1]) for n in numbers]
    return sum(pages) * 4096 // 1024**2
