"""A full room: forty phones join within a minute, look, answer and ask; the console stays live.

GUIDEBOOK_WORKSHOP_PHONES and GUIDEBOOK_WORKSHOP_MINUTES make it smaller or longer. Speed is
written down, since it is the machine's as much as ours; that nothing is lost is asserted.
"""

import asyncio
import os
import random
import re
import time
from dataclasses import dataclass, field

import httpx
import pytest

from tests.end_to_end.served import Served
from tests.end_to_end.workshop import PIN, open_workshop
from tests.long.crowd import percentile
from tests.long.reliability_page import Table
from tests.long.test_load import QUESTIONS

PHONES = int(os.environ.get("GUIDEBOOK_WORKSHOP_PHONES", "40"))
MINUTES = float(os.environ.get("GUIDEBOOK_WORKSHOP_MINUTES", "10"))
JOIN_WITHIN_S = 60.0
ASK_EVERY_S = 20.0
LOOK_EVERY_S = 3.0
CONSOLE_EVERY_S = 2.0
FAILED_SHARE = 0.01
TOKEN = re.compile(r'name="token" value="([0-9a-f]+)"')
PLACE = re.compile(r'name="run" value="(\d+)"><input type="hidden" name="visit" value="([^"]+)"')
pytestmark = pytest.mark.long


@dataclass
class Room:
    """What a room of phones met. Times in seconds."""

    url: str
    code: str
    until: float
    answers: list[float] = field(default_factory=list)
    looks: list[float] = field(default_factory=list)
    console: list[float] = field(default_factory=list)
    asked: int = 0
    refused: int = 0
    failed: int = 0
    lost: int = 0

    def phone(self) -> httpx.AsyncClient:
        """A browser of its own, with cookies of its own."""
        # The server ends a connection that rests for 5 s; a browser would ask again by itself.
        rests = httpx.Limits(keepalive_expiry=1.0)
        return httpx.AsyncClient(base_url=self.url, timeout=60, trust_env=False, limits=rests)


async def timed(waited: list[float], asking: "asyncio.Future[httpx.Response]") -> httpx.Response:
    started = time.monotonic()
    response = await asking
    waited.append(time.monotonic() - started)
    return response


async def live(room: Room, number: int) -> None:
    """One phone from its joining to the end."""
    dice = random.Random(number)
    await asyncio.sleep(dice.uniform(0, JOIN_WITHIN_S))
    async with room.phone() as phone:
        joined = await phone.post("/join", data={"code": room.code, "lang": "ur"})
        assert joined.status_code == 303, joined.text
        asks, ask_at = 0, time.monotonic() + dice.uniform(0, ASK_EVERY_S)
        while time.monotonic() < room.until:
            page = await timed(room.looks, asyncio.ensure_future(phone.get("/room")))
            assert page.status_code == 200
            await answer(phone, page.text, dice)
            if time.monotonic() >= ask_at:
                ask_at += ASK_EVERY_S
                asks += 1
                await ask(room, phone, f"p{number}-{asks}", dice.choice(QUESTIONS))
            await asyncio.sleep(LOOK_EVERY_S)
        kept = (await phone.get("/api/messages")).json()["messages"] if asks else []
        room.lost += asks - sum(entry["role"] == "officer" for entry in kept)


async def answer(phone: httpx.AsyncClient, page: str, dice: random.Random) -> None:
    """Answer what is asked on the page, once more than needed."""
    names = ("token", "run", "item")
    found = {name: re.search(rf'name="{name}" value="([^"]*)"', page) for name in names}
    if 'id="c0"' not in page or not all(found.values()):
        return
    fields = {name: match.group(1) for name, match in found.items() if match}
    for _ in range(2):
        sent = await phone.post("/room/answer", data=fields | {"choice": str(dice.randrange(3))})
        assert sent.status_code in (303, 429)


async def ask(room: Room, phone: httpx.AsyncClient, message_id: str, text: str) -> None:
    room.asked += 1
    body = {"text": text, "client_message_id": message_id}
    while True:
        started = time.monotonic()
        response = await phone.post("/api/messages", json=body)
        if response.status_code == 200:
            status = response.json()["replies"][0]["status"]
            room.failed += status.startswith("failed")
            room.answers.append(time.monotonic() - started)
            return
        assert response.status_code in (429, 503), response.text
        room.refused += 1
        await asyncio.sleep(float(response.headers["Retry-After"]))


async def trainer(room: Room, console: httpx.AsyncClient) -> None:
    """Sign in, then look at the console to the end, moving a quiz on every half minute."""
    signed = await console.post("/trainer/sign-in", data={"pin": PIN, "lang": "en"})
    assert signed.status_code == 303, signed.text
    move_at = time.monotonic() + JOIN_WITHIN_S
    while time.monotonic() < room.until:
        page = await timed(room.console, asyncio.ensure_future(console.get("/trainer")))
        assert page.status_code == 200
        if time.monotonic() >= move_at:
            move_at += 30
            await move(console, page.text)
        await asyncio.sleep(CONSOLE_EVERY_S)


async def move(console: httpx.AsyncClient, page: str) -> None:
    token = TOKEN.search(page)
    assert token
    place = PLACE.search(page)
    fields = {"token": token.group(1)}
    if place:
        await console.post("/trainer/move", data=fields | {"run": place[1], "visit": place[2]})
    else:
        await console.post("/trainer/start", data=fields | {"kind": "quiz", "name": "fir"})


async def run(served: Served) -> tuple[Room, str]:
    """The whole room; what it met and the console's last page."""
    room = Room(served.url, open_workshop(served.home), time.monotonic() + MINUTES * 60)
    phones = (live(room, number) for number in range(PHONES))
    async with room.phone() as console:
        await asyncio.gather(trainer(room, console), *phones)
        last = await console.get("/trainer")
    return room, last.text


def test_a_full_room_is_answered_and_loses_nothing(served: Served, workshop_load: Table) -> None:
    room, console = asyncio.run(run(served))
    asked = re.search(r"<dt>Questions</dt><dd><bdi>(\d+)</bdi>", console)
    joined = re.search(r"<dt>Joined</dt><dd><bdi>(\d+)</bdi>", console)
    assert asked
    assert joined
    workshop_load.add(
        f"{PHONES} phones, {MINUTES:g} minutes",
        str(room.asked),
        _times(room.answers),
        _times(room.looks),
        _times(room.console),
        f"{room.refused}; {room.failed}; {room.lost}",
    )
    assert int(joined[1]) == PHONES
    assert int(asked[1]) == room.asked
    assert room.lost == 0
    assert len(room.answers) == room.asked
    assert room.failed <= FAILED_SHARE * room.asked


def _times(taken: list[float]) -> str:
    half, most = percentile(taken, 0.5), percentile(taken, 0.95)
    return f"{half * 1000:.0f} / {most * 1000:.0f}"
