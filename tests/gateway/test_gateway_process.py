"""The real process: refuses to start in one sentence, and survives kill -9 inside a turn."""

import signal
import socket
import sqlite3
import stat
import subprocess
import sys
import threading
from pathlib import Path

import httpx
import pytest
from gateway_process import channel, environ_for, process, wait_for

from guidebook.settings import ROOT, Settings


def refusal(environ: dict[str, str]) -> str:
    """What a start that must fail says; it must say it with exit code 2 and without a stack."""
    command = [sys.executable, "-m", "gateway"]
    done = subprocess.run(
        command, cwd=ROOT, env=environ, capture_output=True, timeout=60, text=True
    )
    assert done.returncode == 2, done.stderr
    assert "Traceback" not in done.stderr
    return done.stderr.strip()


def test_a_port_in_use_is_one_sentence(settings: Settings) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        said = refusal(environ_for(settings, PORT=port))
    assert (
        said
        == f"Port {port} on 127.0.0.1 is in use; stop the other program or set PORT to another."
    )


def test_a_home_that_cannot_be_written_is_one_sentence(settings: Settings, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")  # a file, because root may write anywhere
    said = refusal(environ_for(settings, GUIDEBOOK_HOME=str(tmp_path / "file" / "home")))
    assert "cannot be written" in said
    assert "GUIDEBOOK_HOME" in said
    assert said.count("\n") == 0


def test_a_broken_database_is_one_sentence(settings: Settings) -> None:
    settings.home.mkdir()
    (settings.home / "gateway.db").write_bytes(b"not a database" * 1000)
    said = refusal(environ_for(settings))
    assert "move it away" in said
    assert said.count("\n") == 0


def test_a_database_of_another_version_is_one_sentence(settings: Settings) -> None:
    settings.home.mkdir()
    connection = sqlite3.connect(settings.home / "gateway.db")
    connection.execute("PRAGMA user_version = 99")
    connection.close()
    assert "schema 99" in refusal(environ_for(settings))


def test_a_wrong_setting_is_one_sentence(settings: Settings) -> None:
    assert refusal(environ_for(settings, PORT="many")).startswith('PORT is "many"')


@pytest.mark.parametrize("number", [signal.SIGKILL])
def test_after_kill_9_in_the_middle_of_a_turn_nothing_is_lost_and_nothing_runs_anew(
    settings: Settings, number: signal.Signals
) -> None:
    body = {"text": "a question", "client_message_id": "same"}
    with channel() as (url, rasa):
        environ = environ_for(settings, GUIDEBOOK_RASA_URL=url)
        with process(environ) as (running, address), httpx.Client(trust_env=False) as browser:
            cookie = browser.get(f"{address}/api/messages").cookies["guidebook_session"]

            def ask_and_be_cut_off() -> None:
                with pytest.raises(httpx.HTTPError):
                    browser.post(f"{address}/api/messages", json=body, timeout=30)

            asking = threading.Thread(target=ask_and_be_cut_off)
            asking.start()
            wait_for(lambda: len(rasa.seen) == 1)
            running.send_signal(number)
            running.wait()
            asking.join()
        rasa.let_go.set()
        with process(environ) as (_, address):
            cookies = {"guidebook_session": cookie}
            with httpx.Client(trust_env=False, cookies=cookies, base_url=address) as browser:
                kept = browser.get("/api/messages").json()["messages"]
                assert [entry["text"] for entry in kept] == ["a question"]
                first = browser.post("/api/messages", json=body).json()
                assert browser.post("/api/messages", json=body).json() == first
                assert first["replies"][0]["text"] == "Hello."
    # Rasa saw the same conversation and message id twice: its channel runs such a pair once.
    assert len(rasa.seen) == 2
    assert rasa.seen[0] == rasa.seen[1]


def test_files_of_a_run_are_their_owners_alone(settings: Settings) -> None:
    with process(environ_for(settings)):
        files = [path for path in settings.home.rglob("*") if path.is_file()]
        home = stat.S_IMODE(settings.home.stat().st_mode)
        modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in files}
    assert {"gateway.db", "session", "channel"} <= set(modes)
    assert set(modes.values()) == {0o600}
    assert home == 0o700
