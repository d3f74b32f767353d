"""Too many messages at once in one conversation, and a clock that jumps."""

import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import pytest

from guidebook.settings import ROOT
from guidebook.vocabulary import family
from tests.end_to_end.officer import Officer, new_id
from tests.end_to_end.served import Served
from tests.long.faulted import NOTHING
from tests.long.reliability_page import Table

sys.path.insert(0, str(ROOT / "tests" / "gateway"))

pytestmark = pytest.mark.long


def is_done(response: httpx.Response) -> bool:
    """True when the message needs no sending again."""
    if response.status_code != 200:
        return False
    return family(response.json()["replies"][0]["status"]) != "failed"


def test_50_messages_at_once_in_one_conversation(
    served: Served, officer: Officer, faults: Table
) -> None:
    officer.ask("hello")
    ids = [new_id() for _ in range(50)]
    started = time.monotonic()
    with ThreadPoolExecutor(50) as pool:
        first = list(pool.map(lambda each: officer.post("hello", each).status_code, ids))
    for each in ids:  # as the page does: until it is answered, under the same id
        while not is_done(response := officer.post("hello", each)):
            assert response.status_code in (200, 429, 503)
            time.sleep(float(response.headers.get("Retry-After", "1")))
    took = time.monotonic() - started
    assert officer.asked().count("hello") == 51
    ran = [len(served.user_events(each)) for each in ids]
    assert max(ran) == 1, "a message ran twice"  # the first are cut: Rasa keeps the latest turns
    seen = f'{first.count(200)} at once, the others "busy" and sent again'
    proof = "50 requests open together"
    faults.add(
        "50 messages at once in one conversation", proof, seen, NOTHING, f"{took:.0f} s for all"
    )


@pytest.mark.anyio
async def test_every_message_is_answered_while_the_clock_jumps(
    tmp_path: Path, faults: Table
) -> None:
    from gateway_under_test import running, settings_for

    settings = settings_for(tmp_path / "home", ROOT / "corpus", ROOT / "widget")
    async with running(settings) as gateway:
        for hours in (0, -24 * 365, 24 * 365 + 1, -3, 12):
            gateway.clock.forward(hours=hours)
            (reply,) = await gateway.ask("hello")
            assert reply["status"] == "told_greeting"
            await gateway.purge()
        assert len(await gateway.transcript()) >= 2
        gateway.clock.forward(hours=48)
        await gateway.purge()
        assert await gateway.transcript() == []
    what = "every message answered; retention follows the clock"
    lost = "words older than 24 h by the new time, as promised"
    faults.add(
        "clock jumps a year back and forth", "the gateway's clock was moved", what, lost, "0 s"
    )


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"
