"""A wiped conversation is gone from the store and from its files."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor

from loopback import Loopback
from test_channel import let_go, wait_for_calls

from bot.history import count_events

MARK = "zz unmistakable words of an officer zz"


def stored_bytes(bot: Loopback) -> bytes:
    files = bot.database.parent.glob(bot.database.name + "*")
    return b"".join(path.read_bytes() for path in files)


def test_words_leave_the_files(bot: Loopback) -> None:
    conversation, other = bot.new_id(), bot.new_id()
    bot.say(MARK, conversation)
    bot.say("hello", other)
    assert MARK.encode() in stored_bytes(bot)
    answer = bot.post("wipe", {"conversation_id": conversation})
    assert (answer.status_code, answer.json()) == (200, {"wiped": True})
    assert MARK.encode() not in stored_bytes(bot)
    assert count_events(bot.store, conversation) == 0
    assert count_events(bot.store, other) > 0


def test_waits_for_the_turn_in_flight(bot: Loopback) -> None:
    conversation = bot.new_id()
    bot.actions.behaviour = "wait"
    with ThreadPoolExecutor(2) as pool:
        turn = pool.submit(bot.say, "rape case sop", conversation)
        wait_for_calls(bot, 1)
        wipe = pool.submit(bot.post, "wipe", {"conversation_id": conversation})
        time.sleep(0.3)
        assert not wipe.done()
        let_go(bot)
        assert turn.result()
        assert wipe.result().status_code == 200
    assert count_events(bot.store, conversation) == 0


def test_a_conversation_that_never_was(bot: Loopback) -> None:
    answer = bot.post("wipe", {"conversation_id": bot.new_id()})
    assert answer.json() == {"wiped": True}


def test_the_id_works_again_afterwards(bot: Loopback) -> None:
    conversation = bot.new_id()
    bot.say("hello", conversation, "m1", lang="ur")
    bot.post("wipe", {"conversation_id": conversation})
    (reply,) = bot.say("hello", conversation, "m1")
    assert reply["text"].startswith("Assalam")
