"""The real client against real and scripted channels: every outcome is a value."""

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress

import httpx
import pytest

from gateway.rasa_client import (
    LARGEST_ANSWER,
    Down,
    Malformed,
    RasaChannel,
    RasaHealth,
    RasaOutcome,
    RasaReply,
    RasaTurn,
    Replied,
    Silent,
    Slow,
)

pytestmark = pytest.mark.anyio

TURN = RasaTurn("conversation", "m1", "hello", "en", None)
HEALTHY = {"status": "ok", "tracker_store": "SQLTrackerStore", "model": "live.tar.gz"}


def scripted(answer: Callable[[httpx.Request], httpx.Response]) -> RasaChannel:
    return RasaChannel("http://rasa.test", "s3cret", httpx.MockTransport(answer))


async def outcome_of(status: int, content: object) -> RasaOutcome:
    body = content if isinstance(content, bytes) else json.dumps(content).encode()
    channel = scripted(lambda _: httpx.Response(status, content=body))
    try:
        return await channel.send(TURN, 2)
    finally:
        await channel.close()


async def test_the_call_carries_the_secret_and_only_the_fields_of_the_contract() -> None:
    seen: list[httpx.Request] = []

    def answer(request: httpx.Request) -> httpx.Response:
        seen.append(request)
        return httpx.Response(200, json={"message_id": "m1", "replies": []})

    channel = scripted(answer)
    await channel.send(TURN, 2)
    await channel.send(RasaTurn("c", "m1", "hello", "ur", "kp"), 2)
    await channel.close()
    assert str(seen[0].url) == "http://rasa.test/webhooks/guidebook/messages"
    assert seen[0].headers["x-guidebook-secret"] == "s3cret"
    without = {"conversation_id": "conversation", "message_id": "m1", "text": "hello", "lang": "en"}
    assert json.loads(seen[0].content) == without
    assert json.loads(seen[1].content)["province"] == "kp"


async def test_texts_and_objects_come_back_in_order() -> None:
    replies = [
        {
            "text": "Hello.",
            "custom": None,
            "utter_action": "utter_greet",
            "status": "told_greeting",
        },
        {"text": None, "custom": {"status": "answered"}, "utter_action": None, "status": None},
    ]
    assert await outcome_of(200, {"message_id": "m1", "replies": replies}) == Replied(
        (
            RasaReply("Hello.", None, "told_greeting"),
            RasaReply(None, {"status": "answered"}, None),
        )
    )


@pytest.mark.parametrize("replies", [[], [{}], [{"text": "", "custom": {}}], [{"text": " \n"}]])
async def test_nothing_said_is_silence(replies: list[object]) -> None:
    assert await outcome_of(200, {"message_id": "m1", "replies": replies}) == Silent()


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"nonsense",
        b"\xff",
        b"[" * 100_000,
        [],
        {},
        {"message_id": "m1"},
        {"message_id": "m1", "replies": {}},
        {"message_id": "m1", "replies": ["hello"]},
        {"message_id": "m1", "replies": [{"text": 5}]},
        {"message_id": "m1", "replies": [{"custom": "x"}]},
        {"message_id": "m1", "replies": [{"text": "x", "status": 5}]},
        {"message_id": "m1", "replies": [{"text": "x"}] * 21},
        {"message_id": "other", "replies": [{"text": "another officer's reply"}]},
    ],
)
async def test_rubbish_and_another_messages_reply_are_malformed(content: object) -> None:
    assert isinstance(await outcome_of(200, content), Malformed)


async def test_an_endless_answer_is_cut_off() -> None:
    assert await outcome_of(200, b" " * (LARGEST_ANSWER + 1)) == Malformed("too_large")


@pytest.mark.parametrize(
    ("status", "outcome"),
    [
        (400, Malformed("refused")),
        (403, Down("http_403")),
        (404, Down("http_404")),
        (500, Down("http_500")),
        (503, Down("http_503")),
    ],
)
async def test_a_status_other_than_200_is_a_failure(status: int, outcome: RasaOutcome) -> None:
    assert await outcome_of(status, {"message_id": "m1", "replies": [{"text": "x"}]}) == outcome


async def test_nobody_listening_is_down() -> None:
    channel = RasaChannel("http://127.0.0.1:9", "s")
    assert await channel.send(TURN, 2) == Down("ConnectError")
    assert await channel.wipe("c", 2) is False
    assert (await channel.health(2)).reachable is False
    await channel.close()


Script = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


@asynccontextmanager
async def listening(script: Script) -> AsyncIterator[RasaChannel]:
    """A channel to a real socket that behaves as scripted."""
    ended: list[asyncio.Event] = []

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        ended.append(end := asyncio.Event())
        with suppress(OSError, EOFError):
            await reader.readuntil(b"\r\n\r\n")
            await script(reader, writer)
        writer.close()
        with suppress(OSError):
            await writer.wait_closed()
        end.set()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    channel = RasaChannel(f"http://127.0.0.1:{port}", "s")
    try:
        yield channel
    finally:
        await channel.close()
        for end in ended:
            await end.wait()
        server.close()
        await server.wait_closed()


async def test_a_proxy_from_the_environment_is_never_used(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")  # nobody listens there
    monkeypatch.setenv("ALL_PROXY", "http://127.0.0.1:9")
    monkeypatch.delenv("NO_PROXY", raising=False)
    monkeypatch.delenv("no_proxy", raising=False)

    async def silence(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        body = b'{"message_id": "m1", "replies": []}'
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%s" % (len(body), body))

    async with listening(silence) as channel:
        assert await channel.send(TURN, 2) == Silent()


async def test_a_connection_that_breaks_before_the_answer_is_down() -> None:
    async def nothing(_: asyncio.StreamReader, __: asyncio.StreamWriter) -> None:
        return

    async with listening(nothing) as channel:
        assert isinstance(await channel.send(TURN, 2), Down)


async def test_a_connection_that_breaks_inside_the_answer_is_down() -> None:
    async def half(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b'HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{"message_id"')

    async with listening(half) as channel:
        assert isinstance(await channel.send(TURN, 2), Down)


async def test_something_that_is_not_http_is_down() -> None:
    async def smtp(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"220 mail.test ready\r\n")

    async with listening(smtp) as channel:
        assert isinstance(await channel.send(TURN, 2), Down)


async def test_a_channel_that_never_answers_is_slow() -> None:
    async def hang(reader: asyncio.StreamReader, _: asyncio.StreamWriter) -> None:
        await reader.read()

    async with listening(hang) as channel, asyncio.timeout(2):
        assert await channel.send(TURN, 0.2) == Slow()


async def test_a_channel_that_drips_its_answer_is_slow() -> None:
    async def drip(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n")
        for _byte in range(20):
            writer.write(b" ")
            await asyncio.sleep(0.05)

    async with listening(drip) as channel, asyncio.timeout(3):
        assert await channel.send(TURN, 0.3) == Slow()


async def test_a_wipe_counts_only_when_rasa_says_wiped() -> None:
    for status, body, wiped in [
        (200, {"wiped": True}, True),
        (200, {"wiped": False}, False),
        (200, {}, False),
        (500, {"wiped": True}, False),
    ]:
        channel = scripted(lambda _, s=status, b=body: httpx.Response(s, json=b))  # type: ignore[misc]
        assert await channel.wipe("c", 2) is wiped
        await channel.close()


async def test_health_names_the_tracker_store_and_the_model() -> None:
    channel = scripted(lambda _: httpx.Response(200, json=HEALTHY))
    assert await channel.health(2) == RasaHealth(True, "SQLTrackerStore", "live.tar.gz")
    await channel.close()


async def test_a_rasa_that_keeps_conversations_in_memory_is_reachable_and_says_so() -> None:
    degraded = HEALTHY | {"status": "degraded", "tracker_store": "InMemoryTrackerStore"}
    channel = scripted(lambda _: httpx.Response(200, json=degraded))
    assert (await channel.health(2)).tracker_store == "InMemoryTrackerStore"
    await channel.close()


@pytest.mark.parametrize("body", [b"nonsense", b"[]", b"{}", b'{"status": "ill"}'])
async def test_a_health_answer_that_is_not_the_contracts_is_unreachable(body: bytes) -> None:
    channel = scripted(lambda _: httpx.Response(200, content=body))
    assert (await channel.health(2)).reachable is False
    await channel.close()


async def test_a_wrong_secret_is_named_in_the_health_reason() -> None:
    channel = scripted(lambda _: httpx.Response(403, json={}))
    health = await channel.health(2)
    assert (health.reachable, "secret" in (health.reason or "")) == (False, True)
    await channel.close()
