"""What the gateway may post, and what is refused by name."""

from __future__ import annotations

import json

import pytest

from bot.errors import MalformedRequestError
from bot.incoming import MAX_BODY_BYTES, MAX_TEXT_CHARACTERS, read_turn, read_wipe

GOOD = {
    "conversation_id": "c-1",
    "message_id": "m.1",
    "text": "fir",
    "lang": "ur",
    "province": "kp",
}


def body(**changes: object) -> bytes:
    return json.dumps({**GOOD, **changes}).encode()


def test_a_message_of_the_gateway_is_read() -> None:
    turn = read_turn(body())
    assert (turn.conversation_id, turn.message_id, turn.text) == ("c-1", "m.1", "fir")
    assert (turn.lang, turn.province) == ("ur", "kp")


def test_language_and_province_may_be_absent() -> None:
    turn = read_turn(b'{"conversation_id": "c", "message_id": "m", "text": "fir"}')
    assert (turn.lang, turn.province) == ("en", None)


@pytest.mark.parametrize(
    ("sent", "error"),
    [
        (b"", "not_json"),
        (b"{", "not_json"),
        (b"\xff\xfe", "not_json"),
        (b"[" * 20_000, "not_json"),
        (b"[]", "not_an_object"),
        (b'"text"', "not_an_object"),
        (b" " * (MAX_BODY_BYTES + 1), "too_large"),
        (body(conversation_id=""), "bad_conversation_id"),
        (body(conversation_id="a b"), "bad_conversation_id"),
        (body(conversation_id=7), "bad_conversation_id"),
        (body(conversation_id="x" * 129), "bad_conversation_id"),
        (body(message_id=None), "bad_message_id"),
        (body(message_id='m"%'), "bad_message_id"),
        (body(text=None), "bad_text"),
        (body(text=["fir"]), "bad_text"),
        (body(text=""), "empty_text"),
        (body(text="  \n\t "), "empty_text"),
        (body(text="\u200b\u200d\ufeff"), "empty_text"),
        (body(text="\u202e\u2066"), "empty_text"),
        (body(text="\u0301"), "empty_text"),
        (body(text="fir\x00"), "nul_in_text"),
        (body(text="fir \ud83d"), "lone_surrogate"),
        (body(text="x" * (MAX_TEXT_CHARACTERS + 1)), "text_too_long"),
        (body(lang="fr"), "bad_lang"),
        (body(lang=None), "bad_lang"),
        (body(province="K P"), "bad_province"),
        (body(province=1), "bad_province"),
    ],
)
def test_what_is_not_a_message_is_refused_by_name(sent: bytes, error: str) -> None:
    with pytest.raises(MalformedRequestError) as caught:
        read_turn(sent)
    assert caught.value.error == error
    assert caught.value.next_step.startswith("Send ")


@pytest.mark.parametrize("text", ["؟", "👮", "15", "zero\u200cwidth inside", "\U0001f6a8 madad"])
def test_takes_what_a_person_can_see(text: str) -> None:
    assert read_turn(body(text=text)).text == text


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ('/greet{"a": 1}', 'greet{"a": 1}'),
        (" / / restart", "restart"),
        ("\u2028/restart", "restart"),
        ("//", ""),
        ("376/511 ppc", "376/511 ppc"),
    ],
)
def test_plain_text_has_no_leading_slash(text: str, plain: str) -> None:
    turn = read_turn(body(text=text))
    assert turn.plain_text == plain
    assert turn.looks_like_intent is (text != plain)


def test_a_wipe_of_the_gateway_is_read() -> None:
    assert read_wipe(b'{"conversation_id": "c"}') == "c"
    with pytest.raises(MalformedRequestError):
        read_wipe(b"{}")
