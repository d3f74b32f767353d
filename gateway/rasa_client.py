"""Talk to Rasa's one open channel, on loopback, with the shared secret.

Every outcome is a value: what Rasa said, or which way it failed. Nothing is raised and nothing is
logged here. `Rasa` is the seam: the rest of the gateway knows only this Protocol. What a failure
means for the officer is replies.py's.
"""

import asyncio
import json
from dataclasses import dataclass
from typing import Any, Protocol

import httpx

PATH = "/webhooks/guidebook"
LARGEST_ANSWER = 2 * 1024 * 1024
MOST_REPLIES = 20
# Rasa's server drops idle connections after five seconds; reusing one at that moment fails.
KEEPALIVE_SECONDS = 2.0
# Degraded means that it runs but keeps conversations in memory: health.py names that part.
WELL_ENOUGH = ("ok", "degraded")


@dataclass(frozen=True)
class RasaTurn:
    """One masked message on its way to Rasa."""

    conversation_id: str
    message_id: str
    text: str
    lang: str
    province: str | None


@dataclass(frozen=True)
class RasaReply:
    """One thing Rasa said: a whole reply from an action (`custom`), or a fixed text."""

    text: str | None
    custom: dict[str, Any] | None
    status: str | None


@dataclass(frozen=True)
class Replied:
    """Rasa answered, with at least one reply."""

    replies: tuple[RasaReply, ...]


@dataclass(frozen=True)
class Down:
    """Rasa could not be reached, broke off, or refused us."""

    reason: str


@dataclass(frozen=True)
class Slow:
    """Rasa did not answer within the time it had. The turn may still be running there."""


@dataclass(frozen=True)
class Silent:
    """Rasa answered with nothing."""


@dataclass(frozen=True)
class Malformed:
    """Rasa answered with something that is not the contract's."""

    reason: str


RasaOutcome = Replied | Down | Slow | Silent | Malformed


@dataclass(frozen=True)
class RasaHealth:
    """What Rasa's channel says of itself; `reason` is set when it cannot be asked."""

    reachable: bool
    tracker_store: str | None = None
    model: str | None = None
    reason: str | None = None


class Rasa(Protocol):
    """What the gateway needs of Rasa."""

    async def send(self, turn: RasaTurn, wait: float) -> RasaOutcome: ...

    async def wipe(self, conversation_id: str, wait: float) -> bool: ...

    async def health(self, wait: float) -> RasaHealth: ...

    async def close(self) -> None: ...


class RasaChannel:
    """The channel of bot/ over HTTP."""

    def __init__(
        self, url: str, secret: str, transport: httpx.AsyncBaseTransport | None = None
    ) -> None:
        self._client = httpx.AsyncClient(
            base_url=url,
            headers={"X-Guidebook-Secret": secret},
            timeout=httpx.Timeout(
                None
            ),  # each call has one deadline of its own, over all its parts
            limits=httpx.Limits(keepalive_expiry=KEEPALIVE_SECONDS),
            trust_env=False,  # a proxy from the environment must never see a message
            transport=transport,
        )

    async def send(self, turn: RasaTurn, wait: float) -> RasaOutcome:
        """Run one turn. Safe to repeat: the channel runs a message id once."""
        body = {name: value for name, value in vars(turn).items() if value is not None}
        try:
            async with asyncio.timeout(wait):
                status, content = await self._call("POST", "/messages", body)
        except TimeoutError:
            return Slow()
        except (httpx.HTTPError, httpx.StreamError) as error:
            return Down(type(error).__name__)
        if content is None:
            return Malformed("too_large")
        if status != 200:
            return Malformed("refused") if status in (400, 422) else Down(f"http_{status}")
        return read_replies(content, turn.message_id)

    async def wipe(self, conversation_id: str, wait: float) -> bool:
        """True when Rasa has forgotten the conversation."""
        try:
            async with asyncio.timeout(wait):
                body = {"conversation_id": conversation_id}
                status, content = await self._call("POST", "/wipe", body)
        except (TimeoutError, httpx.HTTPError, httpx.StreamError):
            return False
        return status == 200 and _object(content).get("wiped") is True

    async def health(self, wait: float) -> RasaHealth:
        """Ask the channel how it is."""
        try:
            async with asyncio.timeout(wait):
                status, content = await self._call("GET", "/health", None)
        except TimeoutError:
            return RasaHealth(False, reason="Rasa does not answer in time.")
        except (httpx.HTTPError, httpx.StreamError):
            return RasaHealth(False, reason="Rasa is not reachable; it may still be loading.")
        if status == 403:
            return RasaHealth(False, reason="Rasa refuses the channel secret; restart both.")
        found = _object(content)
        if status != 200 or found.get("status") not in WELL_ENOUGH:
            return RasaHealth(False, reason="Rasa's channel does not say that it is well.")
        store, model = found.get("tracker_store"), found.get("model")
        return RasaHealth(
            True,
            tracker_store=store if isinstance(store, str) else None,
            model=model if isinstance(model, str) else None,
        )

    async def close(self) -> None:
        """Close the connections."""
        await self._client.aclose()

    async def _call(
        self, method: str, path: str, body: dict[str, Any] | None
    ) -> tuple[int, bytes | None]:
        """Status and content; content is None when there is more than anybody should send."""
        content = bytearray()
        async with self._client.stream(method, PATH + path, json=body) as response:
            async for part in response.aiter_bytes():
                content += part
                if len(content) > LARGEST_ANSWER:
                    return response.status_code, None
            return response.status_code, bytes(content)


def read_replies(content: bytes, message_id: str) -> RasaOutcome:
    """The replies in Rasa's answer to one message; anything unexpected makes it malformed."""
    answer = _object(content)
    if answer.get("message_id") != message_id:
        return Malformed("other_message")  # never show one officer another's reply
    found = answer.get("replies")
    if not isinstance(found, list) or len(found) > MOST_REPLIES:
        return Malformed("replies")
    replies = []
    for item in found:
        if not isinstance(item, dict):
            return Malformed("reply")
        text, custom, status = item.get("text"), item.get("custom"), item.get("status")
        if not (
            isinstance(text, str | None)
            and isinstance(custom, dict | None)
            and isinstance(status, str | None)
        ):
            return Malformed("reply_fields")
        if custom or (text and text.strip()):
            replies.append(RasaReply(text=text, custom=custom or None, status=status))
    return Replied(tuple(replies)) if replies else Silent()


def _object(content: bytes | None) -> dict[str, Any]:
    """The JSON object in `content`, or an empty one."""
    try:
        value = json.loads(content or b"")
    except (ValueError, RecursionError):
        return {}
    return value if isinstance(value, dict) else {}
