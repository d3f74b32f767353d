"""Receive messages from the gateway, and from nobody else.

It knows HTTP and the secret, and nothing about guidance. Every failure leaves as JSON with `error`
and `next`; what an officer typed is never logged. What a turn does is in turns.py.
"""

from __future__ import annotations

import hmac
import logging
import os
from collections.abc import Awaitable, Callable
from functools import wraps
from typing import Any

from rasa.core.agent import Agent
from rasa.core.channels.channel import InputChannel, UserMessage
from rasa.core.lock_store import LockError
from sanic import Blueprint
from sanic.request import Request
from sanic.response import HTTPResponse, json

from bot import incoming, locations, quiet_logs, store, tuning
from bot.errors import MalformedRequestError, SecretMissingError, StoreUnavailableError
from bot.turns import CHANNEL, Turns

SECRET_HEADER = "X-Guidebook-Secret"  # noqa: S105  # a name, not the secret
ACTION_TIMEOUT_SECONDS = 8.0
KEEP_EVENTS = 80

logger = logging.getLogger(__name__)

Route = Callable[[Request], Awaitable[HTTPResponse]]


class GuidebookChannel(InputChannel):
    """The one input channel in credentials.yml."""

    def __init__(self, keep_events: int = KEEP_EVENTS) -> None:
        """Hold the settings; nothing is read or patched yet."""
        self._keep_events = keep_events
        self._turns: Turns | None = None

    @classmethod
    def name(cls) -> str:
        """Return the name that stands in the routes."""
        return CHANNEL

    @classmethod
    def from_credentials(cls, credentials: dict[str, Any] | None) -> GuidebookChannel:
        """Make the channel, and tune Rasa: a process with this channel is one that serves."""
        settings = credentials or {}
        tuning.apply(float(settings.get("action_timeout", ACTION_TIMEOUT_SECONDS)))
        quiet_logs.apply()
        return cls(int(settings.get("keep_events", KEEP_EVENTS)))

    def blueprint(
        self,
        on_new_message: Callable[[UserMessage], Awaitable[Any]],
    ) -> Blueprint:
        """Return the three routes.

        Rasa's `on_new_message` is not used: turns.py looks into the tracker under the same lock.
        """
        blueprint = Blueprint("guidebook_channel")

        @_guarded
        async def messages(request: Request) -> HTTPResponse:
            turn = incoming.read_turn(request.body)
            replies = await self._turns_of(_agent(request)).take(turn)
            return json({"message_id": turn.message_id, "replies": replies})

        @_guarded
        async def wipe(request: Request) -> HTTPResponse:
            conversation_id = incoming.read_wipe(request.body)
            gone = await self._turns_of(_agent(request)).wipe(conversation_id)
            logger.info("conversation_wiped events=%d", gone)
            return json({"wiped": True})

        @_guarded
        async def health(request: Request) -> HTTPResponse:
            agent = _agent(request)
            in_use = store.class_in_use(agent.tracker_store)
            status = "degraded" if in_use == store.IN_MEMORY else "ok"
            return json({"status": status, "tracker_store": in_use, "model": agent.model_id})

        blueprint.add_route(messages, "/messages", methods=["POST"])
        blueprint.add_route(wipe, "/wipe", methods=["POST"])
        blueprint.add_route(health, "/health", methods=["GET"])
        return blueprint

    def _turns_of(self, agent: Agent) -> Turns:
        if self._turns is None:
            store.refuse_memory(agent.tracker_store)
            store.sql_store(agent.tracker_store)
            self._turns = Turns(agent, self._keep_events)
        return self._turns


def _guarded(route: Route) -> Route:
    """Check the secret first, and turn every failure into an answer."""

    @wraps(route)
    async def answer(request: Request) -> HTTPResponse:
        try:
            if not _secret_matches(request):
                return _failure(403, "wrong_secret", "Call through the gateway.")
            return await route(request)
        except MalformedRequestError as fault:
            return _failure(fault.status, fault.error, fault.next_step)
        except SecretMissingError as fault:
            logger.error("channel_closed %s", fault)
            return _failure(503, "no_secret", str(fault))
        except StoreUnavailableError as fault:
            logger.error("store_unavailable %s", fault)
            return _failure(503, "store_unavailable", str(fault))
        except _NotReadyError:
            return _failure(503, "not_ready", "Wait until the model is loaded.")
        except LockError:
            return _failure(503, "conversation_busy", "Send the message again.")
        except Exception as failure:  # the type alone: a message could hold what was typed
            logger.error("turn_failed cause=%s", type(failure).__name__)
            return _failure(500, "turn_failed", "Send the message again.")

    return answer


class _NotReadyError(Exception):
    """No model is loaded yet."""


def _agent(request: Request) -> Agent:
    agent: Agent | None = getattr(request.app.ctx, "agent", None)
    if agent is None or not agent.is_ready():
        raise _NotReadyError
    return agent


def _secret_matches(request: Request) -> bool:
    given = request.headers.get(SECRET_HEADER, "")
    return hmac.compare_digest(given.encode("utf-8", "surrogatepass"), _secret().encode("utf-8"))


def _secret() -> str:
    """Return the secret; read each time, so that a new one needs no restart."""
    path = locations.channel_secret(os.environ)
    try:
        secret = path.read_text("utf-8").strip()
    except OSError:
        secret = ""
    if not secret:
        raise SecretMissingError(
            f"No channel secret in {path}. Start the gateway once; it makes one."
        )
    return secret


def _failure(status: int, error: str, next_step: str) -> HTTPResponse:
    headers = {"Retry-After": "2"} if status == 503 else None
    return json({"error": error, "next": next_step}, status=status, headers=headers)
