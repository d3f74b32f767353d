"""The JSON that crosses between the rooms, taken from the real processes on both sides."""

from collections.abc import Iterator
from typing import Any

import httpx
import pytest
import yaml

from guidebook.reply import Reply
from guidebook.settings import ROOT
from guidebook.vocabulary import STATUSES, family
from tests.end_to_end.officer import new_id
from tests.end_to_end.served import Served

Json = dict[str, Any]
ACTIONS = ("action_answer_question", "action_list_documents", "action_show_source")


@pytest.fixture
def action_server(served: Served) -> Iterator[httpx.Client]:
    """The action server, as Rasa calls it."""
    url = f"http://127.0.0.1:{served.stack.ports.actions}"
    with httpx.Client(base_url=url, timeout=40, trust_env=False) as client:
        yield client


@pytest.fixture
def channel(served: Served) -> Iterator[httpx.Client]:
    """Rasa's one open channel, as the gateway calls it."""
    url = f"http://127.0.0.1:{served.stack.ports.rasa}/webhooks/guidebook"
    secret = (served.home / "secrets" / "channel").read_text().strip()
    headers = {"X-Guidebook-Secret": secret}
    with httpx.Client(base_url=url, headers=headers, timeout=40, trust_env=False) as client:
        yield client


def call(action: str, text: object, intent: object, metadata: object, slot: object) -> Json:
    """What Rasa posts to run an action."""
    latest = {"text": text, "intent": {"name": intent}, "metadata": metadata, "entities": []}
    tracker = {
        "sender_id": "contract",
        "slots": {"language": "en", "context": slot},
        "latest_message": latest,
        "events": [],
        "paused": False,
        "active_loop": {},
        "latest_action_name": "action_listen",
    }
    return {"next_action": action, "sender_id": "contract", "tracker": tracker, "domain": {}}


@pytest.mark.parametrize("action", ACTIONS)
@pytest.mark.parametrize(
    ("text", "metadata", "slot"),
    [
        ("What is the punishment for an acid attack?", {"lang": "en", "province": "kp"}, None),
        ("تیزاب پھینکنے کی سزا کیا ہے؟", {"lang": "ur", "province": "punjab"}, {}),
        ("qqq zzz", {}, {"answered_passage_ids": ["fir-first-report/refuse-disbelief"]}),
        ("", None, "no context at all"),
        (None, {"lang": "fr", "province": 7}, {"at": "yesterday", "answered_passage_ids": 3}),
    ],
    ids=["English", "Urdu", "nonsense", "empty", "broken"],
)
def test_every_action_answers_with_replies_of_the_contract(
    action_server: httpx.Client, action: str, text: object, metadata: object, slot: object
) -> None:
    response = action_server.post("/webhook", json=call(action, text, "x", metadata, slot))
    assert response.status_code == 200
    said = response.json()["responses"]
    assert said
    for item in said:
        Reply.from_json(item["custom"])
    assert {event["name"] for event in response.json()["events"]} <= {"context"}


def test_an_emergency_that_only_rasa_heard_gets_first_steps_first(
    action_server: httpx.Client,
) -> None:
    body = call("action_answer_question", "what to record in the diary", "report_emergency", {}, {})
    said = action_server.post("/webhook", json=body).json()["responses"]
    first, *rest = (Reply.from_json(item["custom"]).status for item in said)
    assert first == "emergency"
    assert len(rest) == 1


def test_the_action_server_has_the_actions_of_the_domain_and_no_other(
    action_server: httpx.Client,
) -> None:
    names = {item["name"] for item in action_server.get("/actions").json()}
    domain = yaml.safe_load((ROOT / "domain.yml").read_text(encoding="utf-8"))
    assert names == set(domain["actions"])


@pytest.mark.parametrize("text", ["hello", "no", "What is the punishment for an acid attack?", "?"])
def test_rasas_channel_answers_in_the_shape_the_gateway_reads(
    channel: httpx.Client, text: str
) -> None:
    message = new_id()
    body = {
        "conversation_id": f"contract-{message}",
        "message_id": message,
        "text": text,
        "lang": "en",
        "province": "kp",
    }
    first = channel.post("/messages", json=body)
    assert first.status_code == 200
    assert first.json()["message_id"] == message
    assert first.json()["replies"]
    for reply in first.json()["replies"]:
        assert set(reply) == {"text", "custom", "utter_action", "status"}
        if reply["custom"] is None:
            assert reply["text"]
            assert reply["status"] in STATUSES
        else:
            assert family(Reply.from_json(reply["custom"]).status) != "failed"
    assert channel.post("/messages", json=body).json() == first.json()
    wipe = channel.post("/wipe", json={"conversation_id": body["conversation_id"]})
    assert wipe.json() == {"wiped": True}


def test_rasas_channel_says_that_it_keeps_conversations_in_sql(channel: httpx.Client) -> None:
    health = channel.get("/health").json()
    assert (health["status"], health["tracker_store"]) == ("ok", "SQLTrackerStore")


@pytest.mark.parametrize("secret", ["", "wrong"])
def test_rasas_channel_is_closed_to_everybody_else(channel: httpx.Client, secret: str) -> None:
    headers = {"X-Guidebook-Secret": secret}
    for method, path in (("POST", "/messages"), ("POST", "/wipe"), ("GET", "/health")):
        assert channel.request(method, path, json={}, headers=headers).status_code == 403


@pytest.mark.parametrize(
    "path", ["/webhooks/rest/webhook", "/conversations/a/tracker", "/model/parse", "/domain"]
)
def test_rasa_opens_nothing_but_the_channel(served: Served, path: str) -> None:
    url = f"http://127.0.0.1:{served.stack.ports.rasa}{path}"
    assert httpx.get(url, trust_env=False).status_code == 404
