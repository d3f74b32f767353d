"""The action server answers rubbish, or its index is built anew under load."""

import shutil
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from guidebook.settings import Settings
from guidebook.vocabulary import family
from tests.end_to_end.officer import Officer, new_id
from tests.end_to_end.served import Served
from tests.long.breaking import impostor
from tests.long.faulted import NOTHING, QUESTION, Start, back, danger_is_met, ran_once
from tests.long.reliability_page import Table

pytestmark = pytest.mark.long


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
