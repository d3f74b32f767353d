"""A tracker is read as a query and a context, whatever is missing in it."""

import time
from typing import Any

import pytest
from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions import turn
from guidebook.context import Context
from guidebook.emergency import emergency_reply


def tracker_of(message: dict[str, Any] | None, context: object = None) -> Tracker:
    return Tracker("officer", {"context": context}, message, [], False, None, {}, None)


def test_a_query_has_the_messages_text_language_province_and_intent() -> None:
    query = turn.query_of(
        tracker_of(
            {
                "text": "who may arrest",
                "intent": {"name": "ask_guidance"},
                "metadata": {"lang": "ur", "province": "sindh"},
            }
        ),
        "kp",
    )
    assert (query.text, query.lang, query.province) == ("who may arrest", "ur", "sindh")
    assert query.intent == "ask_guidance"


@pytest.mark.parametrize("message", [None, {}, {"text": None, "intent": None, "metadata": None}])
def test_an_empty_message_is_an_empty_query(message: dict[str, Any] | None) -> None:
    query = turn.query_of(tracker_of(message), "kp")
    assert (query.text, query.lang, query.province, query.intent) == ("", None, "kp", None)


@pytest.mark.parametrize("metadata", [{"lang": "fr"}, {"lang": 3}, {"lang": None}, "ur", ["ur"]])
def test_a_language_outside_the_list_is_none(metadata: object) -> None:
    assert turn.lang_of(tracker_of({"text": "a", "metadata": metadata})) is None


def test_an_unknown_province_is_the_installations_own() -> None:
    message = {"text": "a", "metadata": {"province": "mars"}}
    assert turn.query_of(tracker_of(message), "punjab").province == "punjab"


def test_a_context_comes_back_from_the_event_that_kept_it() -> None:
    context = Context(
        answered_passage_ids=("a/b",),
        resolved_query="question",
        last_query="and then?",
        case_query="she was beaten",
        facets={"age": "child"},
        clarify_count=1,
        failures=2,
        at=time.time(),
    )
    (event,) = turn.remember(context)
    assert turn.context_of(tracker_of(None, event["value"])) == context


def test_a_reply_goes_out_as_plain_json() -> None:
    dispatcher = CollectingDispatcher()
    turn.say(dispatcher, emergency_reply("en"))
    (said,) = dispatcher.messages
    assert said["custom"] == emergency_reply("en").to_json()
    assert said["text"] is None
