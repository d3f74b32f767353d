"""Open a workshop on a running product, as `make workshop` does before it starts."""

import asyncio
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from gateway.bounds import Bounds
from gateway.database import open_database
from gateway.workshop import pin, rooms

PIN = "270846"


def open_workshop(home: Path) -> str:
    """The code of the open workshop; its trainer's PIN is PIN."""
    pin.keep(home, PIN)
    with ThreadPoolExecutor(1) as thread:  # a loop of its own: Playwright keeps this thread's
        return thread.submit(asyncio.run, _code(home)).result()


async def _code(home: Path) -> str:
    database = open_database(home / "gateway.db", Bounds().lock_wait)
    try:
        workshop, _ = await database.write(rooms.open_or_continue, time.time())
        return workshop.code
    finally:
        database.close()
