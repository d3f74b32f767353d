"""A part is killed: the officer reads a sentence, the supervisor brings it back, no turn doubles.

Each test leaves the stack well again. The file's name puts it last.
"""

import signal
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from guidebook.reply import Reply
from guidebook.vocabulary import family
from tests.end_to_end.officer import Officer, new_id
from tests.end_to_end.served import Served, wait_for

QUESTION = "What is the punishment for an acid attack?"
DANGER = "he is beating her right now with a rod"


@pytest.fixture(autouse=True)
def _well_again(served: Served) -> Iterator[None]:
    yield
    served.wait_until_well()


def test_while_the_action_server_is_down_there_is_a_sentence_and_afterwards_the_answer(
    served: Served, officer: Officer, colleague: Officer
) -> None:
    message = new_id()
    served.kill("actions")
    (reply,) = officer.ask(QUESTION, message)
    assert family(reply.status) == "failed"
    assert_danger_is_met_while_something_is_down(colleague.ask(DANGER))
    served.wait_until_well()
    assert officer.answer(QUESTION, message).citations
    assert len(served.user_events(message)) == 1
    assert officer.asked() == [QUESTION]


def test_rasa_killed_in_the_middle_of_a_turn_loses_nothing_and_runs_nothing_twice(
    served: Served, officer: Officer, colleague: Officer
) -> None:
    earlier = colleague.answer(QUESTION)
    message = new_id()
    with ThreadPoolExecutor(1) as pool:
        served.send("actions", signal.SIGSTOP)  # so that the turn is under way when Rasa dies
        try:
            asking = pool.submit(officer.ask, QUESTION, message)
            wait_for(lambda: served.turn_state(message) == "running", "the turn to begin")
            time.sleep(1)
            assert not asking.done()
            served.kill("rasa")
        finally:
            served.send("actions", signal.SIGCONT)
        (broken,) = asking.result()
    assert broken.status == "failed_rasa_down"
    with Officer(served.url) as third:
        assert_danger_is_met_while_something_is_down(third.ask(DANGER))
    served.wait_until_well()

    answer = officer.answer(QUESTION, message)
    assert officer.answer(QUESTION, message) == answer
    assert len(served.user_events(message)) == 1
    assert officer.asked() == [QUESTION]
    (source,) = colleague.ask("show me the source")
    assert source.citations[0].passage_id == earlier.citations[0].passage_id


def test_the_transcript_outlives_a_killed_gateway(served: Served, officer: Officer) -> None:
    message = new_id()
    answer = officer.answer(QUESTION, message)
    before = officer.transcript()
    served.kill("gateway")
    served.wait_until_well()
    assert officer.transcript() == before
    assert officer.answer(QUESTION, message) == answer
    assert len(served.user_events(message)) == 1


def assert_danger_is_met_while_something_is_down(replies: list[Reply]) -> None:
    """First steps with numbers, then a sentence on what failed: so it was indeed down."""
    first, then = replies
    assert first.status == "emergency"
    assert {contact.number for contact in first.contacts} == {"15", "1122"}
    assert family(then.status) == "failed"
