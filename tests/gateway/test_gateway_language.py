"""A refusal is in the officer's language: the request's, the session's, or the browser's."""

import pytest
from gateway_under_test import Gateway, locked, running

from gateway import errors
from gateway.bounds import TEXT_CHARACTERS, Bounds
from gateway.errors import FIELDS, TEXT_KEYS, Problem
from gateway.language import preferred
from guidebook import messages
from guidebook.settings import Settings

URDU = {"Accept-Language": "ur-PK,ur;q=0.9,en;q=0.8"}
ENGLISH = {"Accept-Language": "en-GB,en;q=0.9,ur;q=0.5"}

PROBLEMS = [value for value in vars(errors).values() if isinstance(value, Problem)]
KEYS = {*(p.key for p in PROBLEMS), *TEXT_KEYS, *(f"field_{name}" for name in FIELDS)}


def test_every_refusal_has_its_two_sentences_in_both_languages_and_none_is_left_over() -> None:
    wanted = {f"{part}_{key}" for part in ("error", "next") for key in KEYS}
    for lang in ("en", "ur"):
        known = messages.catalogue("ur" if lang == "ur" else "en")
        assert {key for key in known if key.startswith(("error_", "next_"))} == wanted


def test_the_sentences_say_the_bounds_as_they_are() -> None:
    for key in ("next_body_too_large", "error_text_long", "next_field_text"):
        assert str(TEXT_CHARACTERS) in messages.text(key, "en")
        assert str(TEXT_CHARACTERS) in messages.text(key, "ur")
    assert f"{Bounds().body_bytes // 1024} KB" in messages.text("error_body_too_large", "en")


@pytest.mark.parametrize(
    ("header", "lang"),
    [
        ("", "en"),
        ("ur", "ur"),
        ("ur-PK", "ur"),
        ("UR", "ur"),
        ("en", "en"),
        ("ur-PK,ur;q=0.9,en;q=0.8", "ur"),
        ("en-GB,en;q=0.9,ur;q=0.5", "en"),
        ("ur,en", "ur"),
        ("en,ur", "en"),
        ("ps,ur;q=0.5", "ur"),
        ("ps,ar", "en"),
        ("ur;q=0", "en"),
        ("en;q=0.1, ur;q=0.2", "ur"),
        ("ur;q=many,en;q=0.1", "en"),
        ("ur;q=9,en", "en"),
        ("*", "en"),
        (",;=,;q=,", "en"),
        ("x," * 5000 + "ur", "en"),
    ],
)
def test_the_browsers_preference_is_read(header: str, lang: str) -> None:
    assert preferred(header) == lang


async def said(gateway: Gateway, lang: str | None, headers: dict[str, str]) -> dict[str, str]:
    """What is said to an empty message."""
    body = {"text": "", "client_message_id": "m"} | ({"lang": lang} if lang else {})
    response = await gateway.browser.post("/api/messages", json=body, headers=headers)
    assert response.status_code == 422
    assert response.headers["content-language"] in ("en", "ur")
    found: dict[str, str] = response.json()
    assert set(found) == {"error", "next"}
    return found


@pytest.mark.anyio
@pytest.mark.parametrize(
    ("lang", "session", "headers", "expected"),
    [
        (None, None, {}, "en"),
        (None, None, URDU, "ur"),
        (None, "ur", {}, "ur"),
        (None, "ur", ENGLISH, "ur"),
        (None, "en", URDU, "en"),
        ("ur", "en", ENGLISH, "ur"),
        ("en", "ur", URDU, "en"),
        ("ur", None, {}, "ur"),
        ("fr", None, URDU, "ur"),
    ],
)
async def test_the_request_comes_before_the_session_and_that_before_the_browser(
    gateway: Gateway,
    lang: str | None,
    session: str | None,
    headers: dict[str, str],
    expected: str,
) -> None:
    if session:
        await gateway.ask("hello", lang=session)
    found = await said(gateway, lang, headers)
    assert found["next"] == messages.text("next_text_empty", "ur" if expected == "ur" else "en")


@pytest.mark.anyio
@pytest.mark.parametrize(
    ("method", "path", "more", "key"),
    [
        ("POST", "/api/messages", {"content": b"nonsense"}, "not_json"),
        ("POST", "/api/messages", {"content": b"x" * 70_000}, "body_too_large"),
        ("POST", "/api/messages", {"headers": {"Content-Type": "text/plain"}}, "wrong_type"),
        ("POST", "/api/messages", {"headers": {"Origin": "http://evil.test"}}, "foreign_origin"),
        ("GET", "/api/messages", {"headers": {"Host": "evil.test"}}, "wrong_host"),
        ("POST", "/api/feedback", {"content": b"{}"}, "field_receipt"),
        ("GET", "/api/documents/none", {}, "no_document"),
        ("GET", "/widget/none.js", {}, "no_page"),
        ("GET", "/nothing", {}, "not_found"),
        ("PATCH", "/api/messages", {}, "wrong_method"),
    ],
)
async def test_every_layer_refuses_in_the_language_of_the_session(
    gateway: Gateway, method: str, path: str, more: dict[str, object], key: str
) -> None:
    await gateway.ask("hello", lang="ur")
    headers = {"Content-Type": "application/json"} | dict(more.get("headers", {}))  # type: ignore[call-overload]
    content = more.get("content", b"")
    assert isinstance(content, bytes)
    response = await gateway.browser.request(method, path, content=content, headers=headers)
    assert response.json() == Problem(0, key).body("ur")


@pytest.mark.anyio
async def test_a_broken_store_refuses_in_the_language_of_the_request(settings: Settings) -> None:
    async with running(settings, bounds=Bounds(lock_wait=0.2)) as gateway:
        with locked(settings.home):
            response = await gateway.post("hello", lang="ur")
            assert response.json() == errors.STORE_DOWN.body("ur")
            response = await gateway.browser.get("/api/messages", headers=URDU)
            assert response.json() == errors.STORE_DOWN.body("ur")


@pytest.mark.anyio
async def test_a_defect_is_told_in_the_language_of_the_browser(gateway: Gateway) -> None:
    @gateway.app.get("/defect")
    async def defect() -> None:
        raise RuntimeError

    response = await gateway.browser.get("/defect", headers=URDU)
    assert response.json() == errors.DEFECT.body("ur")


@pytest.mark.anyio
async def test_not_ready_is_said_in_urdu_too(settings: Settings) -> None:
    async with running(settings, actions_status=500) as gateway:
        body = (await gateway.browser.get("/readyz", headers=URDU)).json()
    assert (body["error"], body["ready"]) == (messages.text("error_not_ready", "ur"), False)
