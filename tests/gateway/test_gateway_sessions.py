"""The session cookie: a signed secret that scripts cannot read; a bad one starts afresh."""

import pytest
from gateway_under_test import Gateway, running

from guidebook.settings import Settings

pytestmark = pytest.mark.anyio


async def test_the_cookie_is_http_only_same_site_and_for_the_whole_page(gateway: Gateway) -> None:
    response = await gateway.post("hello")
    parts = [part.strip().lower() for part in response.headers["set-cookie"].split(";")]
    assert parts[0].startswith("guidebook_session=")
    assert {"httponly", "samesite=strict", "path=/", "max-age=86400"} <= set(parts)
    assert "secure" not in parts


async def test_over_https_the_cookie_is_secure(gateway: Gateway) -> None:
    response = await gateway.browser.get("https://guidebook.test/api/messages")
    assert "Secure" in response.headers["set-cookie"]


async def test_on_a_shared_device_the_cookie_ends_with_the_browser(gateway: Gateway) -> None:
    shared = {"X-Guidebook-Device": "shared"}
    response = await gateway.browser.get("/api/messages", headers=shared)
    cookie = response.headers["set-cookie"].lower()
    assert "max-age" not in cookie
    assert "expires" not in cookie
    assert "httponly" in cookie


@pytest.mark.parametrize(
    "cookie",
    ["", "nonsense", "a.b.c", "x" * 3000, "..", "%00", '"quoted"'],
    ids=["empty", "a word", "dots", "long", "only dots", "escaped NUL", "quoted"],
)
async def test_a_forged_cookie_starts_a_new_session_and_is_no_error(
    gateway: Gateway, cookie: str
) -> None:
    async with gateway.another_browser(guidebook_session=cookie) as other:
        response = await other.get("/api/messages")
    assert (response.status_code, response.json()["messages"]) == (200, [])
    assert "guidebook_session=" in response.headers["set-cookie"]


async def test_a_cookie_with_one_letter_changed_opens_nothing(gateway: Gateway) -> None:
    await gateway.ask("mine")
    good = gateway.browser.cookies["guidebook_session"]
    for place in (0, 10, len(good) - 5):
        letter = "A" if good[place] != "A" else "B"
        forged = good[:place] + letter + good[place + 1 :]
        async with gateway.another_browser(guidebook_session=forged) as other:
            assert (await other.get("/api/messages")).json()["messages"] == []


async def test_a_cookie_signed_elsewhere_opens_nothing(
    gateway: Gateway, settings: Settings
) -> None:
    await gateway.ask("mine")
    cookie = gateway.browser.cookies["guidebook_session"]
    (settings.home / "secrets" / "session").write_text("another secret")
    async with running(settings) as restarted:
        restarted.browser.cookies.set("guidebook_session", cookie)
        assert await restarted.transcript() == []


async def test_a_well_signed_cookie_of_an_unknown_session_starts_a_new_one(
    gateway: Gateway,
) -> None:
    await gateway.ask("mine")
    cookie = gateway.browser.cookies["guidebook_session"]
    gateway.clock.forward(hours=25)
    await gateway.purge()
    assert await gateway.transcript() == []
    assert gateway.browser.cookies["guidebook_session"] != cookie


async def test_a_session_quiet_for_a_day_is_over_even_before_the_purge(gateway: Gateway) -> None:
    await gateway.ask("mine")
    cookie = gateway.browser.cookies["guidebook_session"]
    gateway.clock.forward(hours=25)
    await gateway.ask("another day")
    assert gateway.browser.cookies["guidebook_session"] != cookie
    assert len({turn.conversation_id for turn in gateway.rasa.received}) == 2


async def test_each_new_browser_gets_another_session(gateway: Gateway) -> None:
    async with gateway.another_browser() as one, gateway.another_browser() as two:
        await one.get("/api/messages")
        await two.get("/api/messages")
        assert one.cookies["guidebook_session"] != two.cookies["guidebook_session"]
