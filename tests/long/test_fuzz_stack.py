"""1,000 messages nobody would write, at the whole product: a reply or two sentences to each."""

import time

import pytest

from guidebook.reply import Reply
from guidebook.vocabulary import family
from tests.end_to_end.officer import Officer
from tests.end_to_end.served import Served
from tests.long.nonsense import cells, messages, tells_nothing
from tests.long.reliability_page import Table

MESSAGES = 1_000
A_SESSION = 40
pytestmark = pytest.mark.long


def test_1000_messages_end_in_a_reply_or_in_two_sentences(served: Served, bad_input: Table) -> None:
    texts = list(messages(MESSAGES))
    refused, slowest, failed = 0, 0.0, []
    for first in range(0, MESSAGES, A_SESSION):
        with Officer(served.url) as officer:
            for text in texts[first : first + A_SESSION]:
                started = time.monotonic()
                response = officer.post(text)
                slowest = max(slowest, time.monotonic() - started)
                assert tells_nothing(response.text)
                if response.status_code == 200:
                    replies = [Reply.from_json(reply) for reply in response.json()["replies"]]
                    assert replies
                    failed += [r.status for r in replies if family(r.status) == "failed"]
                    continue
                refused += 1
                assert response.status_code == 422, response.text
    assert failed == []
    assert refused < MESSAGES // 10
    assert b"1234567" not in served.kept_bytes()
    with Officer(served.url) as officer:
        assert officer.status("hello") == "told_greeting"
    bad_input.add("the whole product", *cells(MESSAGES, refused, slowest))
