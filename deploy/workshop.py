"""Serve a room until Ctrl-C: `python -m deploy.workshop` (what `make workshop` ends in).

Sets the trainer's PIN, opens a workshop with a code or goes on with the one that is open, and
serves on every address of this machine. Prints where to sign in, where phones join, and each
deletion report. Ctrl-C does not end a workshop: the console does.
"""

import asyncio
import getpass
import os
import signal
import sys
import time
from dataclasses import replace
from pathlib import Path
from types import FrameType

from deploy import home_lock
from deploy.stack import Stack
from deploy.training import LIVE
from gateway.bounds import Bounds
from gateway.database import open_database
from gateway.workshop import pin, rooms
from gateway.workshop.addresses import own_addresses
from gateway.workshop.ending import REPORT
from gateway.workshop.rooms import Workshop
from guidebook.errors import GuidebookError, SettingsError
from guidebook.settings import Settings

READY_S = 300
LOOK_S = 2.0
MOST_ASKS = 3


def main() -> int:
    """Start, say where to go, wait, stop. Exit code 2 with one sentence when it cannot."""
    signal.signal(signal.SIGTERM, _interrupt)
    try:
        os.umask(0o077)
        settings = replace(Settings.from_environ(os.environ), origins=())
        with home_lock.hold(settings.home):
            workshop, goes_on = asyncio.run(_open(settings))
            shown = _set_pin(settings.home, goes_on)
            with Stack(settings, LIVE) as stack:
                stack.wait_until("/healthz", READY_S)
                print("\n".join(lines(workshop, goes_on, stack, shown)), flush=True)
                stack.wait_until("/readyz", READY_S)
                print("Ready: questions are answered now.   (Ctrl-C stops it)", flush=True)
                _tell_reports(settings.home, stack)
    except GuidebookError as error:
        print(error, file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print("Stopped. An open workshop stays open: `make workshop` goes on with it.", flush=True)
    return 0


def lines(workshop: Workshop, goes_on: bool, stack: Stack, shown: str | None) -> list[str]:
    """What the trainer reads in the terminal."""
    port = stack.ports.gateway
    places = [f"http://{address}:{port}/join" for address in own_addresses()]
    if stack.settings.host.startswith("127."):
        places = []
    where = places or ["no network yet; join the room's Wi-Fi or switch on the hotspot"]
    return [
        "The workshop goes on." if goes_on else "A new workshop is open.",
        f"  trainer, on this laptop   http://127.0.0.1:{port}/trainer",
        f"  trainer's PIN             {shown or 'as you set it'}",
        f"  phones                    {where[0]}",
        *(f"    or                      {other}" for other in where[1:3]),
        f"  workshop code             {workshop.code}",
        "It speaks plain http: use a Wi-Fi of the room's own, and sign in on this laptop alone.",
    ]


async def _open(settings: Settings) -> tuple[Workshop, bool]:
    settings.home.mkdir(parents=True, exist_ok=True)
    database = open_database(settings.home / "gateway.db", Bounds().lock_wait)
    try:
        return await database.write(rooms.open_or_continue, time.time())
    finally:
        database.close()


def _set_pin(home: Path, goes_on: bool) -> str | None:
    """Ask for a PIN and keep it; the PIN itself only where it was made up here."""
    keeps = goes_on and pin.is_set(home)
    if not sys.stdin.isatty():
        if keeps:
            return None
        made = pin.generated()
        pin.keep(home, made)
        return made
    how = "Enter keeps the PIN you have" if keeps else "Enter makes one up"
    for _ in range(MOST_ASKS):
        given = getpass.getpass(
            f"Trainer's PIN, at least {pin.LEAST_DIGITS} signs ({how}): "
        ).strip()
        if not given and keeps:
            return None
        chosen = given or pin.generated()
        if reason := pin.fault(chosen):
            print(reason)
            continue
        pin.keep(home, chosen)
        return None if given else chosen
    raise SettingsError("No PIN was set; run `make workshop` again.")


def _tell_reports(home: Path, stack: Stack) -> None:
    """Print each deletion report once, until the processes stop."""
    folder = home / "workshops"
    told = set(folder.glob(f"*/{REPORT}"))
    while stack.is_running():
        for path in sorted(set(folder.glob(f"*/{REPORT}")) - told):
            print(path.read_text(encoding="utf-8"), flush=True)
            told.add(path)
        time.sleep(LOOK_S)


def _interrupt(signum: int, frame: FrameType | None) -> None:
    raise KeyboardInterrupt


if __name__ == "__main__":
    raise SystemExit(main())
