"""A long conversation is cut back to a session start, its slots and its latest turns."""

from __future__ import annotations

from loopback import Loopback
from rasa.shared.core.events import ActiveLoop, UserUttered

from bot.history import KEPT_TURNS, count_events, roll


def test_the_store_stays_short_and_slots_survive(bot: Loopback) -> None:
    conversation = bot.new_id()
    bot.say("rape case sop", conversation, lang="ur")
    for _ in range(30):
        (reply,) = bot.say("hello", conversation, lang="ur")
        assert reply["text"].startswith("السلام")
        assert count_events(bot.store, conversation) <= 80  # as the running bot was told
    tracker = bot.tracker(conversation)
    assert tracker.get_slot("language") == "ur"
    assert tracker.get_slot("context") is not None


def test_the_latest_turns_can_still_be_repeated(bot: Loopback) -> None:
    conversation = bot.new_id()
    for number in range(9):
        bot.say("rape case sop", conversation, f"m{number}")
    tracker = bot.tracker(conversation)
    assert roll(bot.store, tracker, keep_events=20)
    kept = [e.message_id for e in bot.tracker(conversation).events if isinstance(e, UserUttered)]
    assert kept == [f"m{number}" for number in range(9 - KEPT_TURNS, 9)]
    calls = len(bot.actions.calls)
    assert bot.say("rape case sop", conversation, "m8")
    assert len(bot.actions.calls) == calls


def test_the_conversation_goes_on_after_a_roll(bot: Loopback) -> None:
    conversation = bot.new_id()
    for number in range(9):
        bot.say("hello", conversation, f"m{number}")
    assert roll(bot.store, bot.tracker(conversation), keep_events=20)
    (reply,) = bot.say("thanks", conversation, "next")
    assert reply["status"] == "told_welcome"
    events = list(bot.tracker(conversation).events)
    assert len(events) == count_events(bot.store, conversation)
    assert [e.message_id for e in events if isinstance(e, UserUttered)][-1] == "next"


def test_a_form_under_way_is_not_cut(bot: Loopback) -> None:
    conversation = bot.new_id()
    for number in range(9):
        bot.say("hello", conversation, f"m{number}")
    tracker = bot.tracker(conversation)
    tracker.update(ActiveLoop("some_form"))
    assert not roll(bot.store, tracker, keep_events=20)


def test_a_short_conversation_is_not_cut(bot: Loopback) -> None:
    conversation = bot.new_id()
    bot.say("hello", conversation)
    assert not roll(bot.store, bot.tracker(conversation), keep_events=40)
