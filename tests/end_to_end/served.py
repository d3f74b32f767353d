"""The running product as a test may touch it: its processes, its files, Rasa's record of turns."""

import json
import os
import signal
import socket
import sqlite3
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any, Literal

from deploy.stack import Stack

ANSWER_S = 240
"""A machine shared by others took two minutes to load Rasa."""
Part = Literal["gateway", "actions", "rasa"]
Json = dict[str, Any]


class Served:
    """One started stack."""

    def __init__(self, stack: Stack) -> None:
        self.stack = stack
        self.home = stack.settings.home
        self.url = stack.url

    def process_of(self, part: Part) -> int:
        """The process id of a part."""
        found = [pid for pid, words in processes(self.home).items() if words[1:3] == ["-m", part]]
        assert len(found) == 1, f"{part} runs {len(found)} times"
        return found[0]

    def send(self, part: Part, number: signal.Signals) -> None:
        """Send a signal to a part, past the supervisor."""
        os.kill(self.process_of(part), number)

    def kill(self, part: Part) -> None:
        """End a part as `kill -9` does; back when it is gone, before the supervisor's new one."""
        os.kill(self.process_of(part), signal.SIGKILL)
        port: int = getattr(self.stack.ports, part)
        wait_for(lambda: not listens(port), f"the killed {part} to let go of its port")

    def wait_until_well(self) -> None:
        """Wait until every part listens again and the page may ask."""
        wait_for(self._all_listen, "all parts to listen")
        self.stack.wait_until("/readyz", ANSWER_S)

    def _all_listen(self) -> bool:
        ports = self.stack.ports
        return all(listens(port) for port in (ports.gateway, ports.actions, ports.rasa))

    def kept_bytes(self) -> bytes:
        """Every byte of every file of the run: databases, write-ahead logs, logs, configuration."""
        return b"\n".join(p.read_bytes() for p in sorted(self.home.rglob("*")) if p.is_file())

    def user_events(self, message_id: str) -> list[Json]:
        """Rasa's records of officers' messages with this id: one when the turn ran once."""
        return [event for event in self.events("user") if event.get("message_id") == message_id]

    def events(self, type_name: str) -> list[Json]:
        """Rasa's records of one type."""
        uri = f"file:{self.home / 'tracker.db'}?mode=ro"
        with closing(sqlite3.connect(uri, uri=True)) as tracker:
            rows = tracker.execute("SELECT data FROM events WHERE type_name = ?", (type_name,))
            return [json.loads(data) for (data,) in rows]

    def turn_state(self, message_id: str) -> str | None:
        """How far the gateway is with a message; None when it has not taken it."""
        uri = f"file:{self.home / 'gateway.db'}?mode=ro"
        with closing(sqlite3.connect(uri, uri=True)) as kept:
            query = "SELECT state FROM turns WHERE client_message_id = ?"
            row = kept.execute(query, (message_id,)).fetchone()
            return None if row is None else str(row[0])


def processes(home: Path) -> dict[int, list[str]]:
    """The command lines of all living processes that work on this home."""
    mark = f"GUIDEBOOK_HOME={home}".encode()
    found = {}
    for folder in Path("/proc").iterdir():
        if not folder.name.isdigit():
            continue
        try:
            environ = (folder / "environ").read_bytes().split(b"\0")
            words = (folder / "cmdline").read_bytes().decode().split("\0")[:-1]
        except OSError:
            continue  # it ended meanwhile, or is not ours to look at
        if mark in environ and words:
            found[int(folder.name)] = words
    return found


def listens(port: int) -> bool:
    """True when a connection to loopback's `port` is taken."""
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex(("127.0.0.1", port)) == 0


def wait_for(condition: Callable[[], bool], what: str, seconds: float = ANSWER_S) -> None:
    """Wait for something to become true; fail by its name when it does not."""
    until = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < until, f"waited {seconds:.0f} s for {what}"
        time.sleep(0.05)
