"""Too much, too fast: a clear refusal with a time to come back, and no harm to others."""

import asyncio

import pytest
from gateway_under_test import Clock, Gateway, running
from starlette.requests import HTTPConnection

from gateway.bounds import Bounds
from gateway.errors import BUSY, TOO_MANY_NEW
from gateway.limits import SWEEP_AT, Limits, Places, address_of
from guidebook.settings import Settings

pytestmark = pytest.mark.anyio


async def test_one_session_too_fast_gets_429_and_may_come_back(settings: Settings) -> None:
    bounds = Bounds(session_burst=3, session_per_second=0.5)
    async with running(settings, bounds=bounds) as gateway:
        for _ in range(3):
            await gateway.ask("hello")
        response = await gateway.post("hello", "kept")
        assert response.status_code == 429
        assert response.headers["retry-after"] == "2"  # half a message a second
        assert set(response.json()) == {"error", "next"}
        gateway.ticks.forward(seconds=2)
        await gateway.ask("hello", "kept")


async def test_one_fast_session_does_not_stop_another(settings: Settings) -> None:
    async with running(settings, bounds=Bounds(session_burst=1)) as gateway:
        await gateway.ask("hello")
        assert (await gateway.post("hello")).status_code == 429
        async with gateway.another_browser() as other:
            body = {"text": "hello", "client_message_id": "m"}
            assert (await other.post("/api/messages", json=body)).status_code == 200


async def test_all_sessions_together_too_fast_get_429_on_every_route(settings: Settings) -> None:
    bounds = Bounds(overall_burst=2, overall_per_second=1)
    async with running(settings, bounds=bounds) as gateway:
        await gateway.ask("hello")
        await gateway.ask("hello")
        body = {"receipt": "x", "verdict": "up"}
        refused = [
            await gateway.post("hello"),
            await gateway.browser.get("/api/messages"),
            await gateway.browser.delete("/api/messages"),
            await gateway.browser.get("/api/documents/x"),
            await gateway.browser.post("/api/feedback", json=body),
        ]
        assert [response.status_code for response in refused] == [429] * 5
        assert all(response.headers["retry-after"] == "1" for response in refused)
        assert (await gateway.browser.get("/healthz")).status_code == 200


async def test_a_message_without_a_place_is_told_busy_at_once(settings: Settings) -> None:
    async with running(settings, bounds=Bounds(turns_at_once=2)) as gateway:
        await gateway.ask("hello")
        gateway.rasa.open.clear()
        waiting = [asyncio.create_task(gateway.ask(f"question {n}", f"q{n}")) for n in range(2)]
        while len(gateway.rasa.received) < 2:
            await asyncio.sleep(0.005)
        await asyncio.sleep(0.05)
        response = await gateway.post("one more", "more")
        assert (response.status_code, response.headers["retry-after"]) == (429, "2")
        assert response.json() == BUSY.body("en")
        joined = asyncio.create_task(gateway.ask("question 0", "q0"))
        gateway.rasa.open.set()
        await asyncio.gather(*waiting, joined)
        await gateway.ask("one more", "more")


async def settled(gateway: Gateway) -> bytes:
    """What is kept, once the turn that waits has written all it writes."""
    before = gateway.kept_bytes()
    await asyncio.sleep(0.2)
    while (after := gateway.kept_bytes()) != before:
        before = after
        await asyncio.sleep(0.2)
    return after


async def test_a_message_without_a_place_costs_no_look_into_the_database(
    settings: Settings,
) -> None:
    async with running(settings, bounds=Bounds(turns_at_once=1)) as gateway:
        gateway.rasa.open.clear()
        waiting = asyncio.create_task(gateway.ask("a question"))
        while not gateway.rasa.received:
            await asyncio.sleep(0.005)
        before = await settled(gateway)
        async with gateway.another_browser() as other:
            body = {"text": "hello", "client_message_id": "m", "lang": "ur"}
            response = await other.post("/api/messages", json=body)
        assert response.json() == BUSY.body("ur")
        assert "set-cookie" not in response.headers
        assert gateway.kept_bytes() == before
        gateway.rasa.open.set()
        await waiting


def test_a_repeat_shares_the_place_of_its_message() -> None:
    places = Places(1)
    with places.take("first") as refusal:
        assert refusal is None
        with places.take("first") as repeat, places.take("second") as other:
            assert (repeat, other) == (None, BUSY)
        with places.take("second") as other:
            assert other == BUSY
    with places.take("second") as refusal:
        assert refusal is None


def test_buckets_of_sessions_long_quiet_are_dropped() -> None:
    ticks = Clock(0.0)
    limits = Limits(Bounds(session_burst=1, session_per_second=1), ticks)
    for number in range(SWEEP_AT):
        assert limits.admit_session(f"s{number}") is None
    ticks.forward(seconds=2)
    assert limits.admit_session("newest") is None
    assert len(limits._sessions) == 1


async def test_many_sessions_of_one_address_share_its_bucket(settings: Settings) -> None:
    bounds = Bounds(address_burst=3, address_per_second=0.5)
    async with running(settings, bounds=bounds) as gateway:
        for number in range(4):
            async with gateway.another_browser("192.168.1.9") as phone:
                body = {"text": "hello", "client_message_id": f"m{number}"}
                response = await phone.post("/api/messages", json=body)
        assert (response.status_code, response.headers["retry-after"]) == (429, "2")
        async with gateway.another_browser("192.168.1.10") as other:
            assert (await other.post("/api/messages", json=body)).status_code == 200
        gateway.ticks.forward(seconds=2)
        async with gateway.another_browser("192.168.1.9") as phone:
            assert (await phone.post("/api/messages", json=body)).status_code == 200


async def test_dropping_cookies_does_not_help(settings: Settings) -> None:
    async with running(settings, bounds=Bounds(new_sessions_burst=2)) as gateway:
        for method, status in (("GET", 200), ("DELETE", 200), ("GET", 429), ("POST", 429)):
            async with gateway.another_browser("192.168.1.9") as phone:
                body = {"text": "hello", "client_message_id": "m"} if method == "POST" else None
                response = await phone.request(method, "/api/messages", json=body)
                assert response.status_code == status
        assert response.json() == TOO_MANY_NEW.body("en")
        assert response.headers["retry-after"] == "3"
        async with gateway.another_browser("192.168.1.9") as phone:
            danger = {"text": "He is beating her now", "client_message_id": "m"}
            replies = (await phone.post("/api/messages", json=danger)).json()["replies"]
            assert replies[0]["status"] == "emergency"


async def test_a_session_already_begun_goes_on_when_its_address_may_begin_none(
    settings: Settings,
) -> None:
    async with (
        running(settings, bounds=Bounds(new_sessions_burst=1)) as gateway,
        gateway.another_browser("192.168.1.9") as phone,
    ):
        for number in range(3):
            body = {"text": "hello", "client_message_id": f"m{number}"}
            assert (await phone.post("/api/messages", json=body)).status_code == 200


async def test_a_workshop_of_forty_phones_asks_at_once_and_is_served(settings: Settings) -> None:
    async with running(settings) as gateway:

        async def phone(number: int) -> list[int]:
            async with gateway.another_browser(f"192.168.43.{number}") as browser:
                opened = await browser.get("/api/messages")
                body = {"text": "hello", "client_message_id": "m"}
                asked = await browser.post("/api/messages", json=body)
                return [opened.status_code, asked.status_code]

        seen = await asyncio.gather(*(phone(number) for number in range(2, 42)))
    assert seen == [[200, 200]] * 40


async def test_this_machine_itself_has_no_bucket_for_its_address(settings: Settings) -> None:
    bounds = Bounds(address_burst=1, new_sessions_burst=1)
    async with running(settings, bounds=bounds) as gateway:
        for address in ("127.0.0.1", "::1", "127.0.0.9", "::ffff:127.0.0.1"):
            async with gateway.another_browser(address) as browser:
                body = {"text": "hello", "client_message_id": "m"}
                assert (await browser.post("/api/messages", json=body)).status_code == 200


@pytest.mark.parametrize(
    ("host", "address"),
    [
        ("192.168.1.9", "192.168.1.9"),
        ("::ffff:192.168.1.9", "192.168.1.9"),
        ("fe80::1%eth0", "fe80::1%eth0"),
        ("127.0.0.1", None),
        ("", None),
        ("/run/socket", None),
    ],
)
def test_one_client_has_one_address_however_it_is_written(host: str, address: str | None) -> None:
    assert address_of(HTTPConnection({"type": "http", "client": (host, 1)})) == address


def test_a_client_without_address_is_bounded_by_the_rest() -> None:
    assert address_of(HTTPConnection({"type": "http"})) is None


async def test_a_refused_message_is_not_kept(settings: Settings) -> None:
    async with running(settings, bounds=Bounds(session_burst=1)) as gateway:
        await gateway.ask("hello")
        await gateway.post("zebra question")
        assert b"zebra" not in gateway.kept_bytes()


async def test_a_full_gateway_still_serves_the_page(gateway: Gateway) -> None:
    for _ in range(250):
        await gateway.browser.get("/api/documents/x")
    assert (await gateway.browser.get("/api/documents/x")).status_code == 429
    assert (await gateway.browser.get("/")).status_code == 200
