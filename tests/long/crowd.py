"""Many officers at once: each asks one question after another, and sends again when refused."""

import asyncio
import statistics
import time
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx

Json = dict[str, Any]
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

    def cells(self, memory: str) -> tuple[str, ...]:
        """As the table shows it."""
        slowest = f"{max(self.refused) * 1000:.0f}" if self.refused else "-"
        middle = statistics.median(self.took) * 1000
        return (
            str(self.officers),
            str(len(self.took)),
            f"{self.rate:.1f}",
            f"{middle:.0f} / {percentile(self.took, 0.95) * 1000:.0f}",
            f"{len(self.refused)}; {slowest}",
            f"{self.lost}, {self.crossed}",
            memory,
        )


def percentile(values: list[float], share: float) -> float:
    """The value below which this share of the values lies."""
    return sorted(values)[min(len(values) - 1, int(share * len(values)))]


async def ask_all(
    url: str, questions: list[list[str]], belongs: Belongs, until: float | None = None
) -> Seen:
    """Every officer asks its list; with `until` (monotonic) over and over until then."""
    seen = Seen(len(questions))
    started = time.monotonic()
    limits = httpx.Limits(max_connections=len(questions))
    async with httpx.AsyncClient(base_url=url, timeout=60, limits=limits, trust_env=False) as http:
        await asyncio.gather(*(_officer(http, mine, belongs, seen, until) for mine in questions))
    seen.seconds = time.monotonic() - started
    return seen


async def _officer(
    http: httpx.AsyncClient, mine: list[str], belongs: Belongs, seen: Seen, until: float | None
) -> None:
    cookie: dict[str, str] = {}
    asked = 0
    while until is None or time.monotonic() < until:
        for text in mine:
            await _turn(http, cookie, text, belongs, seen)
            asked += 1
        if until is None:
            break
    kept = await http.get("/api/messages", headers=cookie)
    lines = [entry for entry in kept.json()["messages"] if entry["role"] == "officer"]
    seen.lost += max(0, asked - len(lines))
    seen.crossed += sum(entry["text"] not in mine for entry in lines)


async def _turn(
    http: httpx.AsyncClient, cookie: dict[str, str], text: str, belongs: Belongs, seen: Seen
) -> None:
    body = {"text": text, "client_message_id": uuid.uuid4().hex}
    for _ in range(MOST_TRIES):
        started = time.monotonic()
        response = await http.post("/api/messages", json=body, headers=cookie)
        took = time.monotonic() - started
        if given := response.headers.get("set-cookie"):
            cookie["Cookie"] = given.partition(";")[0]
        http.cookies.clear()  # one client, many officers
        if response.status_code == 200:
            reply = response.json()["replies"][-1]
            if reply["status"].startswith("failed"):
                seen.failed += 1
                continue
            seen.took.append(took)
            seen.crossed += not belongs(text, reply)
            return
        assert response.status_code in (429, 503), response.text
        seen.refused.append(took)
        await asyncio.sleep(float(response.headers["Retry-After"]))
    seen.lost += 1


def memory_of(numbers: list[int]) -> int:
    """Resident memory of processes, in megabytes."""
    pages = [int(Path(f"/proc/{n}/statm").read_text().split()[1]) for n in numbers]
    return sum(pages) * 4096 // 1024**2
