"""Two cells behind a front, each a process of its own as systemd would start it."""

import os
import shutil
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

import httpx
import psycopg

from deploy import serve
from deploy.ports import free_port
from guidebook.settings import ROOT
from tests.end_to_end.served import listens, processes, wait_for

READY_S = serve.READY_S + 30
"""A cell gives up by itself after serve.READY_S, and its end is seen before this is over."""
Json = dict[str, Any]


class Cell:
    """One cell: its home, its port, its processes."""

    def __init__(self, name: str, home: Path, environ: dict[str, str]) -> None:
        self.name = name
        self.home = home
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self._environ = environ
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it; wait_until_ready tells when it answers."""
        environ = os.environ | self._environ
        environ |= {"GUIDEBOOK_HOME": str(self.home), "PORT": str(self.port)}
        environ |= {"HOST": "127.0.0.1", "PYTHONPATH": str(ROOT)}
        self.home.mkdir(parents=True, exist_ok=True)
        with (self.home / "cell.log").open("ab") as log:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "deploy.cell"], cwd=ROOT, env=environ, stdout=log, stderr=log
            )

    def wait_until_ready(self) -> None:
        """Until every part is well; fails with the end of the logs, at once when it ended."""
        until = time.monotonic() + READY_S
        while not self.is_ready():
            ended = self._process is None or self._process.poll() is not None
            assert not ended, f"{self.name} ended before it was ready\n{self.tail()}"
            assert time.monotonic() < until, f"{self.name} not ready in {READY_S} s\n{self.tail()}"
            time.sleep(0.2)

    def is_ready(self) -> bool:
        """True when /readyz says so."""
        try:
            return httpx.get(f"{self.url}/readyz", trust_env=False).status_code == 200
        except httpx.HTTPError:
            return False

    def reload_command(self) -> list[str]:
        """What `systemctl reload` does."""
        assert self._process is not None
        return ["kill", "-HUP", str(self._process.pid)]

    def send(self, part: str, number: signal.Signals) -> None:
        """A signal to one part, past the supervisor."""
        for pid, words in processes(self.home).items():
            if words[1:3] == ["-m", part]:
                os.kill(pid, number)

    def kill(self) -> None:
        """End all of it at once, as a machine that loses power."""
        assert self._process is not None
        self._process.kill()
        self._process.wait()
        while found := processes(self.home):  # again, for what was started meanwhile
            for pid in found:
                with suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGKILL)
            time.sleep(0.05)
        wait_for(lambda: not listens(self.port), "the killed cell to let go of its port")

    def stop(self) -> None:
        """End it in order."""
        if self._process is not None and self._process.poll() is None:
            self._process.terminate()
            self._process.wait(timeout=60)

    def turns(self) -> int:
        """How many turns it ran, by its log."""
        log = self.home / "logs" / "gateway.log"
        return log.read_text().count(" turn outcome=") if log.is_file() else 0

    def tail(self) -> str:
        """The end of its logs, for a failure."""
        logs = [self.home / "cell.log", *sorted((self.home / "logs").glob("*.log"))]
        return "\n".join(f"{log.name}: {log.read_text()[-500:]}" for log in logs if log.is_file())


def share_secrets(cells: list[Cell], source: Path) -> None:
    """The same secrets for every cell."""
    for cell in cells:
        target = cell.home / "secrets"
        target.mkdir(parents=True, exist_ok=True, mode=0o700)
        for path in source.glob("[!.]*"):
            shutil.copy2(path, target / path.name)


def user_events(url: str, passwords: Path, message_id: str) -> int:
    """How often Rasa's store has an officer's message of this id: 1 when it ran once."""
    found = "SELECT count(*) FROM events WHERE type_name = 'user' AND data LIKE %s"
    with psycopg.connect(url, passfile=str(passwords)) as connection:
        row = connection.execute(found, (f'%"{message_id}"%',)).fetchone()
    assert row is not None
    return int(row[0])
