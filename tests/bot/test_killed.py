"""`rasa run` as it is served: killed with -9, started again, and no turn is lost or run twice."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import requests
import yaml
from conftest import ROOT
from loopback import SECRET, Loopback, body_of, free_socket
from stand_in_actions import ANSWER
from test_channel import wait_for_calls

from bot.channel import SECRET_HEADER

HEADERS = {SECRET_HEADER: SECRET}


class Served:
    """A Rasa process with its own home, on a port that stays the same over restarts."""

    def __init__(self, model: Path, home: Path, action_url: str) -> None:
        self.model = model
        self.home = home
        self.endpoints = home / "endpoints.yml"
        store = {"type": "SQL", "dialect": "sqlite", "db": str(home / "tracker.db")}
        self.endpoints.write_text(
            yaml.safe_dump({"action_endpoint": {"url": action_url}, "tracker_store": store})
        )
        with free_socket() as held:
            self.port = held.getsockname()[1]
        self.process: subprocess.Popen[bytes] | None = None

    @property
    def base(self) -> str:
        return f"http://127.0.0.1:{self.port}/webhooks/guidebook"

    def start(self) -> None:
        command = [sys.executable, "-m", "rasa", "run", "-i", "127.0.0.1", "-p", str(self.port)]
        command += ["-m", str(self.model), "--endpoints", str(self.endpoints)]
        command += ["--credentials", "credentials.yml"]
        with (self.home / "log").open("ab") as log:
            self.process = subprocess.Popen(
                command,
                cwd=ROOT,
                env={**os.environ, "GUIDEBOOK_HOME": str(self.home)},
                stdout=log,
                stderr=log,
            )
        deadline = time.monotonic() + 150
        while True:
            assert self.process.poll() is None, (self.home / "log").read_text()
            assert time.monotonic() < deadline, (self.home / "log").read_text()
            try:
                answer = requests.get(f"{self.base}/health", headers=HEADERS, timeout=5)
            except requests.ConnectionError:
                time.sleep(0.2)
                continue
            assert answer.json()["status"] == "ok"
            return

    def kill(self) -> None:
        assert self.process is not None
        self.process.send_signal(signal.SIGKILL)
        self.process.wait(10)

    def say(self, text: str, message: str) -> list[dict[str, object]]:
        answer = requests.post(
            f"{self.base}/messages", json=body_of(text, "c", message), headers=HEADERS, timeout=30
        )
        assert answer.status_code == 200, answer.text
        replies: list[dict[str, object]] = answer.json()["replies"]
        return replies


@pytest.fixture
def served(model: Path, bot: Loopback, tmp_path: Path) -> Iterator[Served]:
    (tmp_path / "secrets").mkdir()
    (tmp_path / "secrets" / "channel").write_text(SECRET)
    process = Served(model, tmp_path, bot.action_url)
    process.start()
    yield process
    process.kill()


def test_killed_between_and_within_turns(served: Served, bot: Loopback) -> None:
    first = served.say("rape case sop", "m1")
    bot.actions.behaviour = "wait"
    with pytest.raises(requests.exceptions.ReadTimeout):
        requests.post(
            f"{served.base}/messages",
            json=body_of("rape case sop", "c", "m2"),
            headers=HEADERS,
            timeout=1,
        )
    wait_for_calls(bot, 2)
    served.kill()
    bot.loop.call_soon_threadsafe(bot.actions.let_go.set)
    bot.actions.behaviour = "answer"
    served.start()

    assert served.say("rape case sop", "m1") == first
    assert len(bot.actions.calls) == 2, "a turn that was saved ran again"

    (second,) = served.say("rape case sop", "m2")
    assert second["custom"] == ANSWER
    assert len(bot.actions.calls) == 3
    seen = [
        e["message_id"] for e in bot.actions.calls[2]["tracker"]["events"] if e["event"] == "user"
    ]
    assert seen == ["m1", "m2"]
    assert "rape case sop" not in (served.home / "log").read_text()
