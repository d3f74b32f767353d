"""Two cells as one: nothing is lost when a home moves, when a cell dies, when a release changes."""

import asyncio
import signal
import sys
import threading
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import pytest
import yaml

from deploy import rolling
from deploy.cell_release import current
from gateway.bounds import Bounds
from guidebook.vocabulary import family
from tests.end_to_end.officer import Officer, new_id
from tests.end_to_end.served import wait_for
from tests.long.crowd import ask_all
from tests.long.reliability_page import Table
from tests.scale.cells import Cell, user_events
from tests.scale.conftest import Province

pytestmark = pytest.mark.scale
ACID = "What is the punishment for an acid attack?"
START = "start the first-hour card"
OFFICERS, TURNS_EACH = 40, 3


@pytest.fixture(autouse=True)
def _well(province: Province) -> None:
    """Each test begins with two cells that are ready, whatever the one before did."""
    for cell in province.cells:
        cell.wait_until_ready()


def cell_of(province: Province, officer: Officer) -> Cell:
    """The cell that the front sends this officer to."""
    before = {cell.name: cell.turns() for cell in province.cells}
    officer.ask("hello")

    def went() -> list[Cell]:
        return [cell for cell in province.cells if cell.turns() > before[cell.name]]

    wait_for(lambda: bool(went()), "a log to tell of the turn")  # it goes through the supervisor
    (found,) = went()
    return found


def test_a_home_moves_to_the_server_and_nothing_is_lost(province: Province, scale: Table) -> None:
    moving = province.moving
    rows = {moved.table: moved.rows for moved in moving.first}
    assert rows["sessions"] == 1
    assert rows["turns"] == 2
    assert rows["events"] > 5
    assert all(moved.new == moved.rows for moved in moving.first)
    assert [(moved.rows, moved.new) for moved in moving.again] == [
        (moved.rows, 0) for moved in moving.first
    ]
    with Officer(province.url, moving.cookie) as officer:
        assert officer.asked() == moving.asked
        assert officer.status("rape") == "asked_danger"  # the form goes on where it was
    scale.add(
        "a station moved to the server", f"{sum(rows.values())} rows, none lost; form went on"
    )


def test_officers_are_spread_over_both_cells_and_each_stays_at_one(province: Province) -> None:
    homes = []
    for _ in range(8):
        with Officer(province.url) as officer:
            officer.transcript()
            homes.append({cell_of(province, officer).name for _ in range(3)})
    assert all(len(names) == 1 for names in homes)
    assert Counter(name for names in homes for name in names).keys() == {"cell-1", "cell-2"}


def test_a_conversation_goes_on_at_the_other_cell_when_its_own_is_killed(
    province: Province, officer: Officer, scale: Table
) -> None:
    home = cell_of(province, officer)
    assert officer.status(START) == "asked_case"
    home.kill()
    started = time.monotonic()
    assert officer.status("rape") == "asked_danger"
    took = time.monotonic() - started
    assert officer.asked() == ["hello", START, "rape"]
    home.start()
    home.wait_until_ready()
    scale.add("a cell killed between two messages", f"next reply after {took:.1f} s, form went on")


def test_a_message_in_mid_turn_is_answered_by_the_other_cell_and_runs_once(
    province: Province, officer: Officer, scale: Table
) -> None:
    home, message = cell_of(province, officer), new_id()
    home.send("rasa", signal.SIGSTOP)
    with ThreadPoolExecutor(1) as pool:
        asked = pool.submit(officer.answer, ACID, message)
        time.sleep(1.5)
        assert not asked.done(), "the turn was to be in the middle"
        killed = time.monotonic()
        home.kill()
        reply = asked.result(timeout=60)
    took = time.monotonic() - killed
    assert family(reply.status) == "answered"
    assert officer.asked() == ["hello", ACID]
    assert user_events(province.database, province.passwords, message) == 1
    home.start()
    home.wait_until_ready()
    scale.add("a cell killed in mid-turn", f"answered {took:.1f} s after the kill; ran once")


def test_a_message_at_both_cells_at_once_runs_once(province: Province, officer: Officer) -> None:
    officer.ask("hello")
    cookie, message = officer.http.cookies["guidebook_session"], new_id()
    replies = []
    barrier = threading.Barrier(2)

    def ask(cell: Cell) -> None:
        with Officer(cell.url, cookie) as same:
            barrier.wait()
            replies.append([reply.to_json() for reply in same.ask(ACID, message)])

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(ask, province.cells))
    assert replies[0] == replies[1]
    assert user_events(province.database, province.passwords, message) == 1


def test_a_cell_whose_rasa_is_dead_hands_its_messages_on(
    province: Province, officer: Officer
) -> None:
    home = cell_of(province, officer)
    home.send("rasa", signal.SIGKILL)
    assert family(officer.answer(ACID).status) == "answered"


def test_when_no_cell_can_answer_danger_still_gets_its_first_steps(
    province: Province, officer: Officer
) -> None:
    for cell in province.cells:
        cell.send("rasa", signal.SIGKILL)
    assert officer.ask("he has a knife and is at her door right now")[0].status == "emergency"


def test_what_an_address_may_do_counts_at_all_cells_together(province: Province) -> None:
    bounds = Bounds()

    def begin(number: int) -> int:
        cell = province.cells[number % 2]
        body = {"text": "hello", "client_message_id": new_id()}
        address = {"X-Forwarded-For": "203.0.113.7"}
        url = f"{cell.url}/api/messages"
        return httpx.post(url, json=body, headers=address, timeout=40).status_code

    started = time.monotonic()
    with ThreadPoolExecutor(6) as pool:
        codes = Counter(pool.map(begin, range(60)))
    took = time.monotonic() - started
    most = bounds.new_sessions_burst + bounds.new_sessions_per_second * took + 1
    assert most < 2 * bounds.new_sessions_burst, "too slow to tell one bucket from two"
    assert bounds.new_sessions_burst <= codes[200] <= most
    assert codes.keys() == {200, 429}


def test_the_server_back_from_a_restart_is_used_again(province: Province, officer: Officer) -> None:
    officer.ask("hello")
    province.server.stop()
    try:
        first = officer.ask("he has a knife and is at her door right now")[0]
    finally:
        province.server.start()
    assert first.status == "emergency"
    wait_for(lambda: all(cell.is_ready() for cell in province.cells), "both cells to be ready")
    assert family(officer.answer(ACID).status) == "answered"


def test_a_release_reaches_both_cells_one_after_another_while_officers_ask(
    province: Province, tmp_path: Path, scale: Table
) -> None:
    places = tmp_path / "cells.yml"
    pull = [
        sys.executable,
        "-c",
        "from guidebook.cli import main; main()",
        "cell",
        "pull",
        f"{province.url}/releases",
    ]
    pull = ["env", "PYTHONPATH=.", *pull]
    listed = [
        {
            "name": cell.name,
            "url": cell.url,
            "pull": [pull[0], f"GUIDEBOOK_HOME={cell.home}", *pull[1:]],
            "reload": cell.reload_command(),
        }
        for cell in province.cells
    ]
    places.write_text(yaml.safe_dump({"cells": listed}))
    over = threading.Event()
    asked: list[str] = []

    def go_on_asking() -> None:
        with Officer(province.url) as officer:
            while not over.is_set():
                asked.append(officer.answer(ACID).status)
                time.sleep(1)  # a session may ask once a second, for as long as it likes

    started = time.monotonic()
    with ThreadPoolExecutor(2) as pool:
        asking = [pool.submit(go_on_asking) for _ in range(2)]
        try:
            rolling.roll(rolling.read(places), 300, print)
        finally:
            over.set()
        for each in asking:
            each.result(timeout=60)
    took = time.monotonic() - started
    served = {release.id for cell in province.cells if (release := current(cell.home))}
    assert len(served) == 1
    for cell in province.cells:
        running = (cell.home / "run" / "supervisord.conf").read_text()
        assert f"{cell.home}/releases/{served.copy().pop()}/model.tar.gz" in running
    assert len(asked) > 10
    scale.add(
        "a release rolled over two cells",
        f"{took:.0f} s; {len(asked)} questions meanwhile, none failed",
    )


def test_a_crowd_over_one_cell_and_over_two(province: Province, scale: Table) -> None:
    questions = [[ACID] * TURNS_EACH for _ in range(OFFICERS)]

    def belongs(_: str, reply: dict[str, object]) -> bool:
        return family(str(reply["status"])) == "answered"

    for name, port in (("one cell", province.cells[0].port), ("two cells", province.port)):
        seen = asyncio.run(ask_all(port, questions, belongs))
        assert (seen.lost, seen.crossed) == (0, 0)
        assert len(seen.took) == OFFICERS * TURNS_EACH  # each is answered, if not at once
        middle = sorted(seen.took)[len(seen.took) // 2]
        scale.add(
            f"{OFFICERS} officers at once over {name}",
            f"{len(seen.took)} answers, {seen.rate:.1f} a second, p50 {middle * 1000:.0f} ms; "
            f"{len(seen.refused)} asked to come back, {seen.failed} told that it took too long",
        )
