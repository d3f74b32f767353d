"""`make serve` ends in `python -m deploy.serve`: how it starts, refuses, and stops."""

import os
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from deploy.ports import free_port
from guidebook.settings import ROOT, Settings
from guidebook.vocabulary import family
from tests.end_to_end.officer import Officer
from tests.end_to_end.served import listens, processes, wait_for

COMMAND = [sys.executable, "-m", "deploy.serve"]
QUESTION = "What is the punishment for an acid attack?"


@dataclass(frozen=True)
class Run:
    """A started `deploy.serve`, its home, and what it printed."""

    process: "subprocess.Popen[bytes]"
    home: Path
    index: Path
    port: int
    printed: Path

    @property
    def url(self) -> str:
        """Where its page is."""
        return f"http://127.0.0.1:{self.port}"


@contextmanager
def started(folder: Path) -> Iterator[Run]:
    """Start in `folder`, with an index that is not there; whatever is left is ended."""
    home, index, port = folder / "home", folder / "index", free_port()
    printed = folder / "printed"
    with printed.open("wb") as out:
        process = subprocess.Popen(
            COMMAND, cwd=ROOT, env=environ(home, port, index), stdout=out, stderr=out
        )
    try:
        yield Run(process, home, index, port, printed)
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(60)


def environ(home: Path, port: int, index: Path | None = None) -> dict[str, str]:
    """The environment of a run."""
    wanted = {"GUIDEBOOK_HOME": str(home), "PORT": str(port), "HOST": "127.0.0.1"}
    return os.environ | wanted | ({} if index is None else {"GUIDEBOOK_INDEX": str(index)})


def refusal(home: Path, port: int) -> str:
    """The one sentence of a start that must fail with exit code 2 and leave nothing running."""
    done = subprocess.run(
        COMMAND, cwd=ROOT, env=environ(home, port), capture_output=True, timeout=60, text=True
    )
    assert done.returncode == 2, done.stdout + done.stderr
    assert done.stdout == ""
    assert done.stderr.count("\n") == 1, done.stderr
    return done.stderr.strip()


def test_a_port_in_use_is_one_sentence(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = int(taken.getsockname()[1])
        said = refusal(tmp_path / "home", port)
    assert said.startswith(f"Port {port} on 127.0.0.1 cannot be used")
    assert "PORT=" in said
    assert processes(tmp_path / "home") == {}


@pytest.mark.parametrize("place", ["home", "home/inside"])
def test_a_file_in_the_place_of_the_home_is_one_sentence(tmp_path: Path, place: str) -> None:
    (tmp_path / "home").write_text("in the way")
    said = refusal(tmp_path / place, free_port())
    assert said.startswith("Cannot write under")
    assert "GUIDEBOOK_HOME" in said
    assert (tmp_path / "home").read_text() == "in the way"


@pytest.fixture(scope="module")
def run(real_settings: Settings, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Run]:
    """One run for the rest of this file, ready to answer, started without an index."""
    with started(tmp_path_factory.mktemp("serving")) as one:
        wait_for(lambda: b"Ready:" in one.printed.read_bytes(), "the run to say that it is ready")
        yield one


def test_the_address_is_printed_when_the_page_is_up_and_again_when_it_is_ready(run: Run) -> None:
    up, ready = run.printed.read_text().splitlines()
    assert up == f"The page is up at {run.url} and is warming up ..."
    assert ready.startswith(f"Ready: {run.url} ")


def test_a_second_run_on_the_same_home_is_refused(run: Run) -> None:
    assert refusal(run.home, free_port()).startswith(f"Another run uses {run.home}")
    assert run.process.poll() is None


def test_without_an_index_every_question_gets_a_sentence_and_danger_its_first_steps(
    run: Run,
) -> None:
    with Officer(run.url) as officer:
        (reply,) = officer.ask(QUESTION)
        assert reply.status == "failed_index"
        assert officer.status("hello") == "told_greeting"
        first, *rest = officer.ask("he is beating her right now")
        assert first.status == "emergency"
        assert [family(reply.status) for reply in rest] == ["failed"]


def test_an_index_that_is_built_later_heals_the_run(run: Run, real_settings: Settings) -> None:
    shutil.copytree(real_settings.index, run.index)
    with Officer(run.url) as officer:
        wait_for(lambda: officer.ask(QUESTION)[0].status.startswith("answered"), "an answer", 60)


def test_ctrl_c_stops_every_process(run: Run) -> None:
    assert len(processes(run.home)) >= 5  # ours, the supervisor and the three parts
    run.process.send_signal(signal.SIGINT)
    assert run.process.wait(60) == 0
    assert run.printed.read_text().splitlines()[-1] == "Stopped."
    assert processes(run.home) == {}
    assert not listens(run.port)
