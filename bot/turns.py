"""Run each message once, in order, under the conversation's lock.

A repeat joins the turn in flight or gets the recorded replies. A turn runs as a task of its own,
so a gateway that hangs up does not stop it half-way. Turns._run lists the steps, in order.
"""

from __future__ import annotations

import asyncio
import logging
from typing import Any

from rasa.core.agent import Agent
from rasa.core.channels.channel import UserMessage
from rasa.shared.core.events import SlotSet
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.nlu.constants import (
    ENTITIES,
    INTENT,
    INTENT_NAME_KEY,
    PREDICTED_CONFIDENCE_KEY,
    TEXT,
)

from bot import history
from bot.incoming import TurnRequest
from bot.recorded import find_turn
from bot.replies import CapturingOutput, Reply
from bot.store import sql_store
from bot.wipe import wipe_conversation

CHANNEL = "guidebook"
LANGUAGE_SLOT = "language"
FALLBACK_INTENT = "nlu_fallback"
# Rasa waits a whole second between looks at a lock; fifty messages at once then take 51 s.
LOCK_POLL_SECONDS = 0.05

logger = logging.getLogger(__name__)


class Turns:
    """Take messages for one agent."""

    def __init__(self, agent: Agent, keep_events: int) -> None:
        """Begin with nothing in flight."""
        self._agent = agent
        self._keep_events = keep_events
        self._in_flight: dict[tuple[str, str], asyncio.Task[list[Reply]]] = {}

    async def take(self, request: TurnRequest) -> list[Reply]:
        """Return the replies to a message; run it only if it never ran."""
        key = (request.conversation_id, request.message_id)
        task = self._in_flight.get(key)
        if task is None:
            task = asyncio.ensure_future(self._run(request))
            self._in_flight[key] = task
            task.add_done_callback(lambda done: self._finish(key, done))
        return await asyncio.shield(task)

    async def wipe(self, conversation_id: str) -> int:
        """Delete a conversation once its turn in flight is over."""
        async with self._agent.lock_store.lock(
            conversation_id, wait_time_in_seconds=LOCK_POLL_SECONDS
        ):
            return wipe_conversation(self._agent.tracker_store, conversation_id)

    def _finish(self, key: tuple[str, str], task: asyncio.Task[list[Reply]]) -> None:
        self._in_flight.pop(key, None)
        if not task.cancelled():
            task.exception()  # read it, so that asyncio does not log it when nobody waits

    async def _run(self, request: TurnRequest) -> list[Reply]:
        async with self._agent.lock_store.lock(
            request.conversation_id, wait_time_in_seconds=LOCK_POLL_SECONDS
        ):
            tracker = await self._agent.tracker_store.retrieve_full_tracker(request.conversation_id)
            recorded = find_turn(tracker, request.message_id) if tracker else None
            if recorded is not None and not recorded.may_run_again:
                logger.info("turn_repeated replies=%d", len(recorded.replies))
                return recorded.replies
            if recorded is not None:
                logger.warning("turn_rerun finished=%s", recorded.finished)
                self._forget_turn(request)
            await self._set_language(request)
            output = CapturingOutput()
            await self._agent.processor.handle_message(await self._message(request, output))
            await self._roll(request.conversation_id)
            return output.replies

    def _forget_turn(self, request: TurnRequest) -> None:
        """Delete a turn that broke off or said nothing: running it again makes no double turn."""
        store = sql_store(self._agent.tracker_store)
        history.cut_last_turn(store, request.conversation_id, request.message_id)

    async def _set_language(self, request: TurnRequest) -> None:
        """Set the language slot when the officer's language changed."""
        processor = self._agent.processor
        tracker = await processor.fetch_tracker_and_update_session(
            request.conversation_id, CapturingOutput(), _metadata(request)
        )
        if tracker.get_slot(LANGUAGE_SLOT) != request.lang:
            tracker.update(SlotSet(LANGUAGE_SLOT, request.lang), processor.domain)
            await processor.save_tracker(tracker)

    async def _message(self, request: TurnRequest, output: CapturingOutput) -> UserMessage:
        return UserMessage(
            request.text,
            output,
            request.conversation_id,
            parse_data=await self._parse_data(request),
            input_channel=CHANNEL,
            message_id=request.message_id,
            metadata=_metadata(request),
        )

    async def _parse_data(self, request: TurnRequest) -> dict[str, Any] | None:
        """Return nothing for most texts; parse `/intent{...}` ourselves, as plain text.

        Rasa would execute it as that intent. Without its slash it is a text like any other.
        """
        if not request.looks_like_intent:
            return None
        if request.plain_text:
            message = UserMessage(request.plain_text, CapturingOutput(), request.conversation_id)
            parsed: dict[str, Any] = await self._agent.processor.parse_message(message)
        else:
            intent = {INTENT_NAME_KEY: FALLBACK_INTENT, PREDICTED_CONFIDENCE_KEY: 0.0}
            parsed = {INTENT: intent, ENTITIES: []}
        return {**parsed, TEXT: request.text.strip()}

    async def _roll(self, conversation_id: str) -> None:
        """Cut a long conversation. The turn is saved by now, so a failure here costs only time."""
        try:
            store = sql_store(self._agent.tracker_store)
            if history.count_events(store, conversation_id) <= self._keep_events:
                return
            tracker: DialogueStateTracker | None = await store.retrieve_full_tracker(
                conversation_id
            )
            if tracker is not None and history.roll(store, tracker, self._keep_events):
                logger.info("history_rolled")
        except Exception as failure:
            logger.warning("history_not_rolled cause=%s", type(failure).__name__)


def _metadata(request: TurnRequest) -> dict[str, Any]:
    return {"lang": request.lang, "province": request.province}
