"""Pages of the origins we were told of may call the API; no other page may read anything."""

from collections.abc import AsyncIterator

import httpx
import pytest
from gateway_under_test import BASE, Gateway, running, settings_for

from guidebook.errors import SettingsError
from guidebook.settings import Settings

pytestmark = pytest.mark.anyio

PORTAL = "http://guidebook.test:8081"
FOREIGN = "http://evil.test"


@pytest.fixture
async def gateway(settings: Settings) -> AsyncIterator[Gateway]:
    """A gateway that was told of one origin."""
    told = settings_for(
        settings.home, settings.corpus, settings.widget, GUIDEBOOK_ORIGINS=f" {PORTAL.upper()},"
    )
    async with running(told) as started:
        yield started


async def ask_from(gateway: Gateway, origin: str) -> httpx.Response:
    body = {"text": "hello", "client_message_id": "m1"}
    headers = {"Origin": origin, "Sec-Fetch-Site": "same-site"}
    return await gateway.browser.post("/api/messages", json=body, headers=headers)


async def preflight(gateway: Gateway, origin: str) -> httpx.Response:
    headers = {"Origin": origin, "Access-Control-Request-Method": "POST"}
    return await gateway.browser.options("/api/messages", headers=headers)


async def test_the_origin_asks_and_may_read_the_answer(gateway: Gateway) -> None:
    response = await ask_from(gateway, PORTAL)
    assert response.status_code == 200
    assert response.headers["access-control-allow-origin"] == PORTAL
    assert response.headers["access-control-allow-credentials"] == "true"
    assert "origin" in response.headers["vary"].lower()


async def test_its_preflight_allows_the_methods_and_headers_the_page_uses(
    gateway: Gateway,
) -> None:
    response = await preflight(gateway, PORTAL)
    assert response.status_code == 204
    assert response.headers["access-control-allow-origin"] == PORTAL
    assert response.headers["access-control-allow-methods"] == "GET, POST, DELETE"
    assert response.headers["access-control-allow-headers"] == "content-type, x-guidebook-device"
    assert "set-cookie" not in response.headers


async def test_it_may_read_a_refusal_too(gateway: Gateway) -> None:
    response = await gateway.browser.get("/api/documents/none", headers={"Origin": PORTAL})
    assert response.status_code == 404
    assert response.headers["access-control-allow-origin"] == PORTAL


async def test_it_may_load_the_widget_by_cors(gateway: Gateway) -> None:
    response = await gateway.browser.get("/widget/chat.js", headers={"Origin": PORTAL})
    assert response.status_code == 200
    assert response.headers["access-control-allow-origin"] == PORTAL


@pytest.mark.parametrize(
    "origin",
    [FOREIGN, "null", PORTAL + "0", "https://guidebook.test:8081", "http://guidebook.test"],
)
async def test_every_other_origin_is_refused_and_reads_nothing(
    gateway: Gateway, origin: str
) -> None:
    if origin == BASE:
        assert (await ask_from(gateway, origin)).status_code == 200  # the page itself
        return
    for response in (await ask_from(gateway, origin), await preflight(gateway, origin)):
        assert response.status_code == 403
        assert "access-control-allow-origin" not in response.headers


async def test_without_the_setting_nobody_is_allowed(settings: Settings) -> None:
    async with running(settings) as alone:
        response = await ask_from(alone, PORTAL)
        assert response.status_code == 403
        assert "access-control-allow-origin" not in response.headers
        assert "vary" not in response.headers


async def test_the_chat_is_never_framed(gateway: Gateway) -> None:
    response = await gateway.browser.get("/", headers={"Origin": PORTAL})
    assert "frame-ancestors 'none'" in response.headers["content-security-policy"]
    assert response.headers["x-frame-options"] == "DENY"


@pytest.mark.parametrize(
    "value", ["*", "portal.test", "https://portal.test/", "https://*.test", "ftp://portal.test"]
)
def test_anything_but_plain_origins_is_refused_at_the_start(value: str) -> None:
    with pytest.raises(SettingsError, match="GUIDEBOOK_ORIGINS"):
        Settings.from_environ({"GUIDEBOOK_ORIGINS": value})


def test_origins_are_read_in_order_and_once() -> None:
    value = "https://a.test, http://10.0.0.5:8081,https://a.test,http://[::1]:80"
    found = Settings.from_environ({"GUIDEBOOK_ORIGINS": value}).origins
    assert found == ("https://a.test", "http://10.0.0.5:8081", "http://[::1]:80")
