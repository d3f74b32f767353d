"""Where words are kept: locked, corrupt, full, or not to be written."""

import os
import sqlite3
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest

from tests.end_to_end.officer import Officer, new_id
from tests.end_to_end.served import Served, wait_for
from tests.long.disks import can_write, failing_disk, full, read_only, small_disk
from tests.long.faulted import NOTHING, QUESTION, Start, back, danger_is_met
from tests.long.reliability_page import Table

pytestmark = pytest.mark.long


@pytest.mark.parametrize("name", ["gateway.db", "tracker.db"])
def test_a_locked_database_is_told_and_loses_nothing(
    served: Served, officer: Officer, faults: Table, name: str
) -> None:
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


def test_a_full_disk_is_told_and_loses_nothing(
    own_stack: Start, tmp_path: Path, faults: Table
) -> None:
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


def test_a_disk_that_goes_read_only_under_load(
    own_stack: Start, tmp_path: Path, faults: Table
) -> None:
    ids = [new_id() for _ in range(6)]
    with failing_disk(tmp_path / "image", tmp_path / "disk", 96) as disk:
        home = disk.folder / "home"
        with own_stack(home=home) as served, Officer(served.url) as officer:
            kept = [officer.answer(QUESTION, message) for message in ids[:3]]
            cookie = officer.http.cookies["guidebook_session"]
            with ThreadPoolExecutor(4) as pool:
                taken = [0] * 4
                asking = [pool.submit(_ask_until_refused, served.url, taken, n) for n in range(4)]
                wait_for(lambda: min(taken) > 0, "all four to be at it")
                disk.fail()
                met = [each.result(120) for each in asking]
            assert not can_write(home)
            response = officer.post(QUESTION, ids[3])
            danger_is_met(served.url)
        assert set(met) == {503}
        disk.mend()
        started = time.monotonic()
        with own_stack(home=home) as served, Officer(served.url, cookie) as officer:
            assert [officer.answer(QUESTION, message) for message in ids[:3]] == kept
            assert len(officer.asked()) == 3
            back(officer, ids[3])
            took = time.monotonic() - started
    said = response.json()["error"]
    proof = "the kernel made the disk read-only, open files included, under 4 officers"
    recovery = f"{took:.0f} s, disk mended, `make serve` again"
    seen = f"{response.status_code}: {said}"
    faults.add("`var/` read-only under load", proof, seen, NOTHING, recovery)


def _ask_until_refused(url: str, taken: list[int], mine: int) -> int:
    """Ask on and on, counting what was taken; the status that ended it."""
    with Officer(url) as somebody:
        while (status := somebody.post("hello").status_code) in (200, 429):
            taken[mine] += status == 200
    return status


def test_a_corrupt_tracker_costs_no_message_and_no_answer(own_stack: Start, faults: Table) -> None:
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
