"""Each part broken in each way, on the real stack: proof, what is seen and lost, time to be well.

A row goes into docs/reliability.md only after its test held. "Lost" is checked, not assumed: every
acknowledged message stands in the transcript and ran once in Rasa.
"""

import os
import shutil
import sqlite3
import sys
import time
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import AbstractContextManager, closing, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Protocol

import httpx
import pytest

from deploy.stack import Stack
from deploy.training import LIVE
from guidebook.settings import ROOT, Settings
from guidebook.vocabulary import family
from tests.end_to_end.officer import Officer, new_id
from tests.end_to_end.served import ANSWER_S, Part, Served, wait_for
from tests.long.breaking import (
    can_write,
    full,
    impostor,
    read_only,
    small_disk,
    state_of,
    stopped,
)
from tests.long.reliability_page import Table

sys.path.insert(0, str(ROOT / "tests" / "gateway"))

QUESTION = "What is the punishment for an acid attack?"
DANGER = "he is beating her right now with a rod"
NOTHING = "nothing"
pytestmark = pytest.mark.long


class Start(Protocol):
    """Starts a stack with a home of its own."""

    def __call__(
        self,
        home: Path | None = None,
        index: Path | None = None,
        model: Path = LIVE,
        ready: str = "/readyz",
    ) -> AbstractContextManager[Served]: ...


@pytest.fixture
def own_stack(real_settings: Settings, tmp_path: Path) -> Start:
    """A stack of the test's own, where the shared one could not be mended afterwards."""

    @contextmanager
    def started(
        home: Path | None = None,
        index: Path | None = None,
        model: Path = LIVE,
        ready: str = "/readyz",
    ) -> Iterator[Served]:
        settings = replace(
            real_settings,
            home=home or tmp_path / "home",
            index=index or real_settings.index,
            host="127.0.0.1",
            port=0,
        )
        with Stack(settings, model) as stack:
            stack.wait_until(ready, ANSWER_S)
            yield Served(stack)

    return started


@pytest.fixture(autouse=True)
def _well_again(request: pytest.FixtureRequest) -> Iterator[None]:
    yield
    if "served" in request.fixturenames:
        request.getfixturevalue("served").wait_until_well()


def danger_is_met(url: str) -> None:
    """First steps come while the fault is on."""
    with Officer(url) as somebody:
        reply = somebody.ask(DANGER)[0]
    assert reply.status == "emergency"
    assert {contact.number for contact in reply.contacts} == {"15", "1122"}


def back(officer: Officer, message: str | None = None) -> float:
    """Seconds until the message (or a new one) is answered; the page sends it again likewise."""
    started = time.monotonic()
    while time.monotonic() - started < ANSWER_S:
        try:
            response = officer.post(QUESTION, message or new_id())
        except httpx.HTTPError:
            response = None
        if response is not None and answers(response):
            return time.monotonic() - started
        time.sleep(0.3)
    raise AssertionError(f"no answer within {ANSWER_S} s after the fault")


def answers(response: httpx.Response) -> bool:
    """True when the message got an answer."""
    if response.status_code != 200:
        return False
    return family(response.json()["replies"][0]["status"]) == "answered"


def ran_once(served: Served, officer: Officer, message: str) -> None:
    """Nothing acknowledged was lost, and nothing ran twice."""
    events = [e for e in served.events("user") if str(e.get("message_id", "")).startswith(message)]
    ids = {event["message_id"] for event in events}
    assert ids
    assert len(ids) == len(events), "a turn ran twice"
    assert officer.asked().count(QUESTION) == 1


def asking(pool: ThreadPoolExecutor, officer: Officer, message: str) -> "Future[httpx.Response]":
    return pool.submit(officer.post, QUESTION, message)


@pytest.mark.parametrize("part", ["gateway", "rasa", "actions"])
def test_killed_in_the_middle_of_a_turn(
    served: Served, officer: Officer, faults: Table, part: Part
) -> None:
    message = new_id()
    held: Part = "rasa" if part == "gateway" else "actions"
    officer.ask("hello")
    with stopped(served, held), ThreadPoolExecutor(1) as pool:
        posted = asking(pool, officer, message)
        wait_for(lambda: served.turn_state(message) == "running", "the turn to begin")
        time.sleep(1)
        assert not posted.done()
        gone = served.process_of(part)
        served.kill(part)
        assert state_of(gone) in ("", "Z")
        if part != "gateway":
            danger_is_met(served.url)
        try:
            seen = posted.result(60).json()["replies"][0]["status"]
            assert family(seen) == "failed"
        except httpx.HTTPError:
            seen = "the page keeps it and sends it again"
            assert part == "gateway"
    took = back(officer, message)
    ran_once(served, officer, message)
    proof = f"process {part} gone, turn `running`"
    faults.add(f"{part} killed (9) in a turn", proof, f"`{seen}`", NOTHING, f"{took:.0f} s")


@pytest.mark.parametrize("part", ["gateway", "rasa", "actions"])
def test_killed_between_turns(served: Served, officer: Officer, faults: Table, part: Part) -> None:
    message = new_id()
    answer = officer.answer(QUESTION, message)
    assert len(served.user_events(message)) == 1
    gone = served.process_of(part)
    served.kill(part)
    assert state_of(gone) in ("", "Z")
    took = back(officer)
    assert officer.answer(QUESTION, message) == answer
    assert len(served.user_events(message)) <= 1  # Rasa cuts a history of many tries
    faults.add(
        f"{part} killed (9) between turns",
        f"process {part} gone",
        "the answer stays; the next waits or gets `failed_*`",
        NOTHING,
        f"{took:.0f} s",
    )


@pytest.mark.parametrize("part", ["rasa", "actions"])
def test_hanging(served: Served, officer: Officer, faults: Table, part: Part) -> None:
    message = new_id()
    with stopped(served, part) as number:
        started = time.monotonic()
        (reply,) = officer.ask(QUESTION, message)
        waited = time.monotonic() - started
        assert state_of(number) == "T"
        danger_is_met(served.url)
    assert family(reply.status) == "failed"
    assert waited < served.stack.settings.rasa_timeout_s + 2
    took = back(officer, message)
    ran_once(served, officer, message)
    seen = f"`{reply.status}` after {waited:.0f} s"
    faults.add(f"{part} hangs", "process state T", seen, NOTHING, f"{took:.0f} s")


RUBBISH = {
    "an HTML error": (500, b"<html>Traceback: words of nobody</html>", 0.0),
    "no JSON": (200, b"\xff\xfe{", 0.0),
    "another shape": (200, b'{"events": 7, "responses": [{"custom": {"status": "free"}}]}', 0.0),
    "an empty list": (200, b'{"events": [], "responses": []}', 0.0),
    "an answer after 30 s": (200, b'{"events": [], "responses": []}', 30.0),
}


@pytest.mark.parametrize("kind", list(RUBBISH))
def test_the_action_server_answers_rubbish(
    served: Served, officer: Officer, faults: Table, kind: str
) -> None:
    message = new_id()
    status, body, delay = RUBBISH[kind]
    with impostor(served, status, body, delay) as calls:
        (reply,) = officer.ask(QUESTION, message)
        danger_is_met(served.url)
        assert "/webhook" in calls
    assert family(reply.status) == "failed"
    assert "Traceback" not in reply.text
    took = back(officer, message)
    ran_once(served, officer, message)
    proof = "a stand-in took the call"
    faults.add(f"actions answer: {kind}", proof, f"`{reply.status}`", NOTHING, f"{took:.0f} s")


@pytest.mark.parametrize("name", ["gateway.db", "tracker.db"])
def test_a_locked_database(served: Served, officer: Officer, faults: Table, name: str) -> None:
    message = new_id()
    officer.ask("hello")
    with closing(sqlite3.connect(served.home / name, isolation_level=None, timeout=30)) as other:
        other.execute("BEGIN EXCLUSIVE" if name == "tracker.db" else "BEGIN IMMEDIATE")
        assert is_locked(served.home / name)
        response = officer.post(QUESTION, message)
        danger_is_met(served.url)
        other.execute("ROLLBACK")
    if response.status_code == 200:
        seen = response.json()["replies"][0]["status"]
    else:
        seen = f"{response.status_code}: {response.json()['error']}"
        assert response.headers["Retry-After"]
    took = back(officer, message)
    assert officer.asked().count(QUESTION) == 1
    faults.add(
        f"{name} locked", "a second writer is refused", f"`{seen}`", NOTHING, f"{took:.0f} s"
    )


def is_locked(path: Path) -> bool:
    """True when another writer is refused."""
    with closing(sqlite3.connect(path, timeout=0)) as probe:
        try:
            probe.execute("CREATE TABLE probe (x)")
        except sqlite3.OperationalError as error:
            return "locked" in str(error)
    return False


def is_database(path: Path) -> bool:
    """True when SQLite reads the file."""
    with closing(sqlite3.connect(path)) as probe:
        try:
            probe.execute("SELECT count(*) FROM events")
        except sqlite3.DatabaseError:
            return False
    return True


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


def test_a_full_disk(own_stack: Start, tmp_path: Path, faults: Table) -> None:
    message = new_id()
    with (
        small_disk(tmp_path / "disk", 24) as disk,
        own_stack(home=disk) as served,
        Officer(served.url) as officer,
    ):
        kept = officer.answer(QUESTION, message)
        with full(disk):
            assert not can_write(disk)
            response = officer.post("hello")
            danger_is_met(served.url)
        said = response.json().get("error") or response.json()["replies"][0]["status"]
        took = back(officer)
        assert officer.answer(QUESTION, message) == kept
    proof = "a page of bytes cannot be written"
    seen = f"{response.status_code}: {said}"
    faults.add("disk of `var/` full", proof, seen, NOTHING, f"{took:.0f} s")


def test_a_read_only_home(own_stack: Start, tmp_path: Path, faults: Table) -> None:
    from guidebook.errors import SettingsError

    with small_disk(tmp_path / "disk", 8) as disk, read_only(disk):
        assert not can_write(disk)
        with pytest.raises(SettingsError, match="make it writable"), own_stack(home=disk):
            pytest.fail("it started")
    proof = "a page of bytes cannot be written"
    seen = "`make serve` does not start: one sentence names folder and remedy"
    faults.add("`var/` read-only at the start", proof, seen, NOTHING, "when writable")


def test_a_corrupt_tracker(own_stack: Start, faults: Table) -> None:
    message = new_id()
    with own_stack() as served, Officer(served.url) as officer:
        kept = officer.answer(QUESTION, message)
        for path in served.home.glob("tracker.db*"):
            path.write_bytes(os.urandom(path.stat().st_size or 4096))
        assert not is_database(served.home / "tracker.db")
        (reply,) = officer.ask("hello")
        danger_is_met(served.url)
        for path in served.home.glob("tracker.db*"):
            path.unlink()
        served.kill("rasa")
        took = back(officer)
        assert officer.answer(QUESTION, message) == kept  # the gateway's own copy
    proof = "SQLite refuses the file"
    lost = "what a follow-up leans on; no message, no answer"
    faults.add(
        "tracker.db corrupt, then removed", proof, f"`{reply.status}`", lost, f"{took:.0f} s"
    )


def test_the_index_is_swapped_under_load(
    own_stack: Start, real_settings: Settings, tmp_path: Path, faults: Table
) -> None:
    index = shutil.copytree(real_settings.index, tmp_path / "index")
    with own_stack(index=index) as served:
        swaps, answers, until = 0, [], time.monotonic() + 30

        def ask(_: int) -> list[str]:
            with Officer(served.url) as somebody:
                found = []
                while time.monotonic() < until:
                    found.append(somebody.ask(QUESTION)[0].status)
                return found

        with ThreadPoolExecutor(4) as pool:
            running = pool.map(ask, range(4))
            while time.monotonic() < until:
                fresh = shutil.copytree(real_settings.index, tmp_path / f"index-{swaps}")
                (fresh / "manifest.json").touch()
                index.rename(tmp_path / f"old-{swaps}")
                fresh.rename(index)
                swaps += 1
                time.sleep(8)
            answers = [status for found in running for status in found]
        opened = (served.home / "logs" / "actions.log").read_text().count("library_opened")
        assert opened > 1, "no swap was noticed"
        failed = sum(family(status) != "answered" for status in answers)
        assert failed < len(answers) / 2
        with Officer(served.url) as officer:
            took = back(officer)
    seen = f"{len(answers) - failed} of {len(answers)} answered, the others a sentence"
    proof = f"{swaps} swaps, opened {opened} times"
    faults.add("index swapped under load", proof, seen, NOTHING, f"{took:.0f} s")


def test_a_half_written_model(own_stack: Start, tmp_path: Path, faults: Table) -> None:
    model = tmp_path / "live.tar.gz"
    whole = LIVE.read_bytes()
    model.write_bytes(whole[: len(whole) // 2])
    with own_stack(model=model, ready="/healthz") as served, Officer(served.url) as officer:
        log = served.home / "logs" / "rasa.log"
        wait_for(lambda: log.is_file() and log.stat().st_size > 0, "Rasa to try")
        time.sleep(20)
        assert httpx.get(f"{served.url}/readyz", trust_env=False).status_code == 503
        (reply,) = officer.ask("hello")
        danger_is_met(served.url)
        model.write_bytes(whole)
        for number in _rasa_processes(served):
            os.kill(number, 9)
        took = back(officer)
    proof = "half the archive; `/readyz` says 503"
    faults.add(
        "model half written", proof, f"`{reply.status}`", NOTHING, f"{took:.0f} s, Rasa restarted"
    )


def _rasa_processes(served: Served) -> list[int]:
    try:
        return [served.process_of("rasa")]
    except AssertionError:
        return []  # it ended by itself and is being started again


@pytest.mark.anyio
async def test_the_clock_jumps(tmp_path: Path, faults: Table) -> None:
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
