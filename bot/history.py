"""Keep a conversation short.

The cost of a turn grows with the number of events, and the SQL store ignores Rasa's own limit.
When a conversation is longer than allowed, its older rows are deleted: what stays is a session
start, the slots as they are, and the latest turns. A form that is under way is never cut.
"""

from __future__ import annotations

import json
from dataclasses import dataclass

from rasa.core.tracker_store import SQLTrackerStore
from rasa.shared.core.constants import ACTION_LISTEN_NAME, ACTION_SESSION_START_NAME
from rasa.shared.core.events import (
    ActionExecuted,
    Event,
    SessionStarted,
    SlotSet,
    UserUttered,
)
from rasa.shared.core.trackers import DialogueStateTracker

KEPT_TURNS = 6


@dataclass(frozen=True)
class Row:
    """One stored event, as the store keeps it."""

    type_name: str
    timestamp: float
    intent_name: str | None
    action_name: str | None
    data: str


def count_events(store: SQLTrackerStore, conversation_id: str) -> int:
    """Return how many events the store holds for the conversation."""
    with store.session_scope() as session:
        return int(
            session.query(store.SQLEvent)
            .filter(store.SQLEvent.sender_id == conversation_id)
            .count()
        )


def roll(store: SQLTrackerStore, tracker: DialogueStateTracker, keep_events: int) -> bool:
    """Cut the conversation back when it is too long. The caller holds the lock.

    Returns whether anything was cut. `tracker` is the conversation as it stands in the store.
    """
    if tracker.active_loop is not None and tracker.active_loop.name:
        return False
    rows = _rows(store, tracker.sender_id)
    if len(rows) <= keep_events:
        return False
    turns = [place for place, row in enumerate(rows) if row.type_name == UserUttered.type_name]
    if len(turns) <= KEPT_TURNS:
        return False
    latest = rows[turns[-KEPT_TURNS] :]
    _replace(store, tracker.sender_id, [*_head(tracker, latest[0].timestamp), *latest])
    return True


def cut_last_turn(store: SQLTrackerStore, conversation_id: str, message_id: str) -> None:
    """Delete the turn of `message_id` and all after it, so that it may run again as if new."""
    rows = _rows(store, conversation_id)
    for place, row in enumerate(rows):
        is_user = row.type_name == UserUttered.type_name
        if is_user and json.loads(row.data).get("message_id") == message_id:
            _replace(store, conversation_id, rows[:place])
            return


def _head(tracker: DialogueStateTracker, timestamp: float) -> list[Row]:
    """Return the events that stand for everything before the turns that stay."""
    slots = [
        SlotSet(slot.name, slot.value)
        for slot in tracker.slots.values()
        if slot.value != slot.initial_value
    ]
    events: list[Event] = [
        ActionExecuted(ACTION_SESSION_START_NAME),
        SessionStarted(),
        *slots,
        ActionExecuted(ACTION_LISTEN_NAME),
    ]
    # The store reads events from the latest session start on: none may be younger than the turns.
    for event in events:
        event.timestamp = timestamp
    return [_row_of(event) for event in events]


def _row_of(event: Event) -> Row:
    data = event.as_dict()
    return Row(event.type_name, event.timestamp, None, data.get("name"), json.dumps(data))


def _rows(store: SQLTrackerStore, conversation_id: str) -> list[Row]:
    with store.session_scope() as session:
        stored = (
            session.query(store.SQLEvent)
            .filter(store.SQLEvent.sender_id == conversation_id)
            .order_by(store.SQLEvent.id)
            .all()
        )
        return [
            Row(row.type_name, row.timestamp, row.intent_name, row.action_name, row.data)
            for row in stored
        ]


def _replace(store: SQLTrackerStore, conversation_id: str, rows: list[Row]) -> None:
    """Put `rows` in the place of all the conversation's events, in one transaction."""
    with store.session_scope() as session:
        session.query(store.SQLEvent).filter(store.SQLEvent.sender_id == conversation_id).delete(
            synchronize_session=False
        )
        for row in rows:
            session.add(
                store.SQLEvent(
                    sender_id=conversation_id,
                    type_name=row.type_name,
                    timestamp=row.timestamp,
                    intent_name=row.intent_name,
                    action_name=row.action_name,
                    data=row.data,
                )
            )
            session.flush()  # ids must follow the order of the list
        session.commit()
