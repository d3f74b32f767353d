"""What the tracker holds of a turn."""

from __future__ import annotations

from rasa.shared.core.events import ActionExecuted, BotUttered, Event, SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from bot.recorded import find_turn

LISTEN = ActionExecuted("action_listen")


def user(message_id: str) -> UserUttered:
    return UserUttered("fir", message_id=message_id)


def said(text: str) -> BotUttered:
    return BotUttered(text, {"custom": None}, {"utter_action": "utter_greet"})


def tracker(*events: Event) -> DialogueStateTracker:
    return DialogueStateTracker.from_events("c", list(events))


def test_a_turn_that_never_was() -> None:
    assert find_turn(tracker(LISTEN, user("m1"), said("a"), LISTEN), "m2") is None


def test_replies_are_those_of_the_turn_alone() -> None:
    turn = find_turn(
        tracker(LISTEN, user("m1"), said("a"), said("b"), LISTEN, user("m2"), said("c"), LISTEN),
        "m1",
    )
    assert turn is not None
    assert [reply["text"] for reply in turn.replies] == ["a", "b"]
    assert turn.finished
    assert not turn.is_last
    assert not turn.may_run_again


def test_a_broken_off_turn_may_run_again() -> None:
    turn = find_turn(tracker(LISTEN, user("m1"), said("a"), SlotSet("context", 1)), "m1")
    assert turn is not None
    assert not turn.finished
    assert turn.may_run_again


def test_a_turn_that_said_nothing_may_run_again() -> None:
    turn = find_turn(tracker(LISTEN, user("m1"), ActionExecuted("x"), LISTEN), "m1")
    assert turn is not None
    assert turn.finished
    assert turn.may_run_again
