"""The channel over real HTTP, with Rasa behind it and a stand-in action server."""

from __future__ import annotations

import re
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from loopback import Loopback, body_of
from rasa.shared.core.events import UserUttered
from stand_in_actions import ANSWER

ROUTES = [("messages", "post"), ("wipe", "post"), ("health", "get")]


def users(bot: Loopback, conversation: str) -> list[UserUttered]:
    return [e for e in bot.tracker(conversation).events if isinstance(e, UserUttered)]


def wait_for_calls(bot: Loopback, count: int) -> None:
    deadline = time.monotonic() + 10
    while len(bot.actions.calls) < count:
        assert time.monotonic() < deadline, "the action server was not called"
        time.sleep(0.01)


def let_go(bot: Loopback) -> None:
    bot.loop.call_soon_threadsafe(bot.actions.let_go.set)


@pytest.mark.parametrize(("route", "method"), ROUTES)
@pytest.mark.parametrize("secret", [None, "", "wrong", "a-secret-for-test", "a-secret-for-testss"])
def test_refuses_without_the_secret(
    bot: Loopback, route: str, method: str, secret: str | None
) -> None:
    conversation = bot.new_id()
    body = body_of("hello", conversation, "m")
    answer = bot.post(route, body, secret) if method == "post" else bot.get(route, secret)
    assert answer.status_code == 403
    assert answer.json() == {"error": "wrong_secret", "next": "Call through the gateway."}


@pytest.mark.parametrize("content", [None, "", " \n"])
def test_an_absent_secret_closes_the_channel(
    bot: Loopback, home: Path, content: str | None
) -> None:
    path = home / "secrets" / "channel"
    kept = path.read_text("utf-8")
    try:
        path.unlink() if content is None else path.write_text(content, "utf-8")
        answer = bot.get("health", "")
        assert answer.status_code == 503
        assert answer.json()["error"] == "no_secret"
    finally:
        path.write_text(kept, "utf-8")
    assert bot.get("health").status_code == 200


def test_reports_store_and_model(bot: Loopback) -> None:
    told = bot.get("health").json()
    assert re.fullmatch("[0-9a-f]{32}", told.pop("model"))  # another one after each training
    assert told == {"status": "ok", "tracker_store": "SQLTrackerStore"}


def test_a_malformed_request_is_refused_by_name(bot: Loopback) -> None:
    answer = bot.post("messages", b"{not json")
    assert answer.status_code == 400
    assert answer.json() == {"error": "not_json", "next": "Send a JSON object in UTF-8."}
    assert bot.post("messages", b" " * 100_000).status_code == 413


def test_small_talk_needs_no_action(bot: Loopback) -> None:
    (reply,) = bot.say("hello", bot.new_id())
    assert reply["utter_action"] == "utter_greet"
    assert reply["status"] == "told_greeting"
    assert reply["custom"] is None
    assert "15" in reply["text"]
    assert bot.actions.calls == []


def test_an_action_reply_passes_whole(bot: Loopback) -> None:
    (reply,) = bot.say("where was the police women conference", bot.new_id())
    assert reply == {"text": None, "custom": ANSWER, "utter_action": None, "status": None}
    (call,) = bot.actions.calls
    assert call["next_action"] == "action_answer_question"
    assert call["tracker"]["latest_message"]["metadata"] == {"lang": "en", "province": "kp"}


@pytest.mark.parametrize(
    ("text", "action"),
    [
        ("list documents", "action_list_documents"),
        ("show source", "action_show_source"),
        ("he is beating her right now", "action_answer_question"),
        ("what is the weather today", "action_answer_question"),
        ("qwxz pfkd", "action_answer_question"),
    ],
)
def test_each_intent_calls_its_action(bot: Loopback, text: str, action: str) -> None:
    bot.say(text, bot.new_id())
    assert [call["next_action"] for call in bot.actions.calls] == [action]


def test_language_picks_the_words_and_may_change_back(bot: Loopback) -> None:
    conversation = bot.new_id()
    (urdu,) = bot.say("salam", conversation, lang="ur")
    (english,) = bot.say("salam", conversation, lang="en")
    assert urdu["text"].startswith("السلام علیکم")
    assert english["text"].startswith("Assalam")
    assert urdu["status"] == english["status"] == "told_greeting"


def test_context_slot_comes_back_on_the_next_turn(bot: Loopback) -> None:
    conversation = bot.new_id()
    bot.say("rape case sop", conversation)
    bot.say("rape case sop", conversation)
    assert bot.actions.calls[0]["tracker"]["slots"]["context"] is None
    assert bot.actions.calls[1]["tracker"]["slots"]["context"]["answered_passage_ids"]


@pytest.mark.parametrize(
    "text", ['/greet{"a": 1}', "/restart", " /session_start", "//back", "/report_emergency@1.0"]
)
def test_a_slash_executes_nothing(bot: Loopback, text: str) -> None:
    conversation = bot.new_id()
    bot.say("hello", conversation, "before")
    assert bot.say(text, conversation)
    first, second = users(bot, conversation)
    assert first.message_id == "before"
    assert second.text == text.strip()
    assert second.intent["confidence"] < 1.0
    assert second.intent["name"] not in ("restart", "session_start", "back")


def test_only_slashes_go_to_retrieval(bot: Loopback) -> None:
    bot.say("//", bot.new_id())
    assert [call["next_action"] for call in bot.actions.calls] == ["action_answer_question"]


def test_a_repeat_returns_the_recorded_replies(bot: Loopback) -> None:
    conversation = bot.new_id()
    first = bot.say("rape case sop", conversation, "m1")
    bot.say("hello", conversation, "m2")
    assert bot.say("rape case sop", conversation, "m1") == first
    assert bot.say("hello", conversation, "m2")[0]["status"] == "told_greeting"
    assert len(bot.actions.calls) == 1
    assert [event.message_id for event in users(bot, conversation)] == ["m1", "m2"]


def test_a_repeat_joins_the_turn_in_flight(bot: Loopback) -> None:
    conversation = bot.new_id()
    bot.actions.behaviour = "wait"
    with ThreadPoolExecutor(3) as pool:
        asked = [pool.submit(bot.say, "rape case sop", conversation, "m1") for _ in range(3)]
        wait_for_calls(bot, 1)
        time.sleep(0.2)
        let_go(bot)
        replies = [one.result() for one in asked]
    assert replies[0] == replies[1] == replies[2]
    assert replies[0][0]["custom"] == ANSWER
    assert len(bot.actions.calls) == 1


def test_the_same_message_id_elsewhere_is_another_turn(bot: Loopback) -> None:
    bot.say("rape case sop", bot.new_id(), "shared")
    bot.say("rape case sop", bot.new_id(), "shared")
    assert len(bot.actions.calls) == 2


def test_a_caller_that_hangs_up_does_not_stop_the_turn(bot: Loopback) -> None:
    import requests

    conversation = bot.new_id()
    bot.actions.behaviour = "wait"
    with pytest.raises(requests.exceptions.ReadTimeout):
        requests.post(
            f"{bot.base}/messages",
            json=body_of("rape case sop", conversation, "m1"),
            headers={"X-Guidebook-Secret": "a-secret-for-tests"},
            timeout=0.5,
        )
    wait_for_calls(bot, 1)
    let_go(bot)
    (reply,) = bot.say("rape case sop", conversation, "m1")
    assert reply["custom"] == ANSWER
    assert len(bot.actions.calls) == 1


def test_messages_of_one_conversation_keep_their_order(bot: Loopback) -> None:
    conversation = bot.new_id()
    began = time.monotonic()
    with ThreadPoolExecutor(10) as pool:
        asked = []
        for number in range(10):
            asked.append(pool.submit(bot.say, "rape case sop", conversation, f"m{number}"))
            time.sleep(0.01)
        assert all(one.result() for one in asked)
    # Ten turns with Rasa's one-second wait between looks at the lock take at least nine seconds.
    assert time.monotonic() - began < 7
    assert len(users(bot, conversation)) == 10


@pytest.mark.parametrize("behaviour", ["fail", "malformed", "silent"])
def test_a_silent_turn_may_run_again_and_stays_one_turn(bot: Loopback, behaviour: str) -> None:
    conversation = bot.new_id()
    bot.actions.behaviour = behaviour
    assert bot.say("rape case sop", conversation, "m1") == []
    bot.actions.behaviour = "answer"
    (reply,) = bot.say("rape case sop", conversation, "m1")
    assert reply["custom"] == ANSWER
    assert [event.message_id for event in users(bot, conversation)] == ["m1"]


def test_a_silent_turn_that_others_followed_is_left_alone(bot: Loopback) -> None:
    conversation = bot.new_id()
    bot.actions.behaviour = "silent"
    assert bot.say("rape case sop", conversation, "m1") == []
    bot.say("hello", conversation, "m2")
    assert bot.say("rape case sop", conversation, "m1") == []
    assert len(bot.actions.calls) == 1


def test_a_hanging_action_server_is_given_up(bot: Loopback) -> None:
    bot.actions.behaviour = "wait"
    began = time.monotonic()
    assert bot.say("rape case sop", bot.new_id()) == []
    assert 1.5 < time.monotonic() - began < 6  # the running bot was given two seconds
    let_go(bot)


def test_rasas_own_routes_stay_closed(bot: Loopback) -> None:
    import requests

    host = bot.base.rsplit("/webhooks", 1)[0]
    for path in ("/webhooks/rest/webhook", "/model/parse", "/conversations/x/tracker"):
        assert requests.post(host + path, json={}, timeout=10).status_code == 404
