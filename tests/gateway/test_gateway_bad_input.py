"""What cannot be a message is refused with two plain sentences, and the next message works."""

import json
from collections.abc import AsyncIterator

import httpx
import pytest
from gateway_under_test import Gateway

pytestmark = pytest.mark.anyio

JSON = {"Content-Type": "application/json"}


def is_problem(response: httpx.Response, status: int) -> bool:
    body = response.json()
    return response.status_code == status and set(body) == {"error", "next"} and all(body.values())


async def post_raw(gateway: Gateway, content: bytes, **headers: str) -> httpx.Response:
    return await gateway.browser.post("/api/messages", content=content, headers=JSON | headers)


@pytest.mark.parametrize(
    "content",
    [b"nonsense", b"", b'{"text": "a"', b"\xff\xfe", b"[" * 60_000],
    ids=["words", "nothing", "cut off", "not UTF-8", "very deep"],
)
async def test_what_is_not_json_is_refused_with_400(gateway: Gateway, content: bytes) -> None:
    response = await post_raw(gateway, content)
    assert is_problem(response, 400 if content else 422)
    assert (await gateway.ask("hello"))[0]["status"] == "told_greeting"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   \n\t ",
        "\u200b\u200b",
        "\u200c\u200d\ufeff",
        "\u2060 \u202e",
        "\u0301\u064b",
        "\x01\x1f",
        "a\x00b",
        "a" * 2001,
        "ا" * 2001,
        5,
        None,
        ["a"],
        {"a": 1},
        True,
    ],
    ids=[
        "empty", "spaces", "zero-width", "joiners", "direction marks", "marks alone",
        "control signs", "NUL", "2001 letters",
        "2001 Urdu letters", "a number", "null", "a list", "an object", "a truth",
    ],
)  # fmt: skip
async def test_a_text_that_cannot_be_a_message_is_refused_with_422(
    gateway: Gateway, text: object
) -> None:
    assert is_problem(await gateway.post(text), 422)
    assert gateway.rasa.received == []
    assert (await gateway.ask("hello"))[0]["status"] == "told_greeting"


@pytest.mark.parametrize("text", [r"\ud800", r"a\udfffb", r"\udc00\ud800"])
async def test_half_a_character_is_refused_with_422(gateway: Gateway, text: str) -> None:
    content = f'{{"text": "{text}", "client_message_id": "m"}}'.encode()
    assert is_problem(await post_raw(gateway, content), 422)


@pytest.mark.parametrize(
    "body",
    [
        {"client_message_id": "m"},
        {"text": "hello"},
        {"text": "hello", "client_message_id": ""},
        {"text": "hello", "client_message_id": "a" * 65},
        {"text": "hello", "client_message_id": "a b"},
        {"text": "hello", "client_message_id": 7},
        {"text": "hello", "client_message_id": "m", "lang": "fr"},
        {"text": "hello", "client_message_id": "m", "province": "bihar"},
        [],
        "hello",
        None,
    ],
)
async def test_a_missing_or_wrong_field_is_refused_with_422(gateway: Gateway, body: object) -> None:
    assert is_problem(await post_raw(gateway, json.dumps(body).encode()), 422)


async def test_2000_characters_and_outer_spaces_are_a_message(gateway: Gateway) -> None:
    await gateway.ask("  " + "a" * 2000 + "\n")
    assert gateway.rasa.received[0].text == "a" * 2000


async def test_invisible_characters_do_not_hide_a_number_from_the_mask(gateway: Gateway) -> None:
    await gateway.ask("her number \u202a0301\u200b1234567\u202c please")
    assert gateway.rasa.received[0].text == "her number [phone] please"


async def test_the_joiner_that_urdu_spelling_uses_stays(gateway: Gateway) -> None:
    await gateway.ask("می\u200cخواہم")
    assert gateway.rasa.received[0].text == "می\u200cخواہم"


async def test_one_megabyte_is_refused_with_413(gateway: Gateway) -> None:
    assert is_problem(await gateway.post("a" * 1_000_000), 413)
    assert (await gateway.ask("hello"))[0]["status"] == "told_greeting"


async def test_a_large_body_without_declared_length_is_refused_with_413(gateway: Gateway) -> None:
    async def parts() -> AsyncIterator[bytes]:
        for _ in range(70):
            yield b" " * 1024

    response = await gateway.browser.post("/api/messages", content=parts(), headers=JSON)
    assert is_problem(response, 413)


async def test_a_body_of_exactly_64_kilobytes_is_read(gateway: Gateway) -> None:
    content = b'{"text": "hello", "client_message_id": "m"}'.ljust(64 * 1024)
    assert (await post_raw(gateway, content)).status_code == 200


@pytest.mark.parametrize("declared", ["-1", "many", "1e3", "٣"])
async def test_a_length_that_is_no_number_is_refused(gateway: Gateway, declared: str) -> None:
    headers = [(b"content-type", b"application/json"), (b"content-length", declared.encode())]
    response = await gateway.browser.post("/api/messages", content=b"{}", headers=headers)
    assert is_problem(response, 413)


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", "", "json"])
async def test_another_content_type_is_refused_with_415(gateway: Gateway, kind: str) -> None:
    response = await post_raw(gateway, b'{"text": "hello"}', **{"Content-Type": kind})
    assert is_problem(response, 415)


async def test_a_charset_beside_the_content_type_is_fine(gateway: Gateway) -> None:
    content = b'{"text": "hello", "client_message_id": "m"}'
    headers = {"Content-Type": "application/json; charset=utf-8"}
    assert (await post_raw(gateway, content, **headers)).status_code == 200


@pytest.mark.parametrize(
    "origin",
    [
        "http://evil.test",
        "null",
        "https://guidebook.test.evil.test",
        "http://guidebook.test:81",
        "x",
    ],
)
async def test_a_foreign_origin_is_refused_with_403(gateway: Gateway, origin: str) -> None:
    for method in ("GET", "POST", "DELETE"):
        headers = {"Origin": origin, **JSON}
        response = await gateway.browser.request(method, "/api/messages", headers=headers)
        assert is_problem(response, 403)


async def test_our_own_origin_and_no_origin_are_accepted(gateway: Gateway) -> None:
    content = b'{"text": "hello", "client_message_id": "m"}'
    own = await post_raw(gateway, content, Origin="http://guidebook.test")
    none = await post_raw(gateway, content)
    assert (own.status_code, none.status_code) == (200, 200)


@pytest.mark.parametrize("path", ["/nothing", "/api/nothing", "/docs", "/redoc", "/api/messages/"])
async def test_an_unknown_address_is_refused_with_404(gateway: Gateway, path: str) -> None:
    assert is_problem(await gateway.browser.get(path), 404)


async def test_a_wrong_method_is_refused_with_405_and_the_right_ones(gateway: Gateway) -> None:
    response = await gateway.browser.patch("/api/feedback", json={})
    assert is_problem(response, 405)
    assert response.headers["allow"] == "POST"


async def test_no_refusal_repeats_what_was_sent(gateway: Gateway) -> None:
    marked = "zebra-42101-1234567-1"
    bodies: list[object] = [
        {"text": marked + "\x00", "client_message_id": "m"},
        {"text": marked * 200, "client_message_id": "m"},
        {"text": "a", "client_message_id": marked + "!"},
        {"text": "a", "client_message_id": "m", "lang": marked},
        {marked: marked},
        marked,
    ]
    for body in bodies:
        response = await post_raw(gateway, json.dumps(body).encode())
        assert response.status_code == 422
        assert "zebra" not in response.text
    assert "zebra" not in (await post_raw(gateway, marked.encode())).text
    assert "zebra" not in (await gateway.browser.get(f"/api/documents/{marked}")).text
