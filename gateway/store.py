"""What the gateway keeps, as questions and changes on one connection.

Each function is meant for Database.read or Database.write, so that a transaction is as wide as
its caller says. Words that come in here are masked already. Times are seconds since 1970 and
come from the caller's clock.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import Connection, Row, delete, insert, select, update

from gateway import tables
from gateway.upsert import upsert
from guidebook.vocabulary import Lang

State = Literal["running", "failed", "final"]
ReplyJson = dict[str, Any]


CHOSEN = ("lang", "page_lang", "last_lang", "province")


@dataclass(frozen=True)
class SessionRow:
    """One browser's session. `conversation_id` is its name inside Rasa and nowhere else."""

    key: str
    conversation_id: str
    conversation_at: float | None
    lang: Lang | None
    page_lang: Lang | None
    last_lang: Lang | None
    province: str | None
    seen_at: float


@dataclass(frozen=True)
class TurnRow:
    """One message and what came back."""

    client_message_id: str
    text: str
    state: State
    replies: list[ReplyJson]
    at: float
    replied_at: float | None


@dataclass(frozen=True)
class Receipt:
    """Which spans one reply rested on: no words, no session."""

    id: str
    at: float
    status: str
    spans: list[dict[str, Any]]
    versions: dict[str, str] | None = None
    scores: dict[str, float | str] | None = None


def find_session(connection: Connection, key: str) -> SessionRow | None:
    """The session with this key, or None."""
    row = connection.execute(select(tables.sessions).where(tables.sessions.c.key == key)).first()
    return None if row is None else SessionRow(**row._mapping)


def add_session(connection: Connection, key: str, conversation_id: str, now: float) -> None:
    """A new session with nothing in it."""
    connection.execute(
        insert(tables.sessions).values(key=key, conversation_id=conversation_id, seen_at=now)
    )


@dataclass(frozen=True)
class Choices:
    """What a message says of its session; None changes nothing. `lang` is asked for or given."""

    lang: Lang | None = None
    page_lang: Lang | None = None
    last_lang: Lang | None = None
    province: str | None = None


def touch_session(connection: Connection, key: str, now: float, choices: Choices) -> None:
    """Note that the session is in use, and what was chosen."""
    values = {name: value for name, value in vars(choices).items() if value is not None}
    where = tables.sessions.c.key == key
    connection.execute(update(tables.sessions).where(where).values(seen_at=now, **values))


def begin_turn(
    connection: Connection, key: str, client_message_id: str, text: str, now: float
) -> str | None:
    """Keep the message before Rasa sees it; the conversation it goes to, None without session."""
    sessions, turns = tables.sessions, tables.turns
    session = find_session(connection, key)
    if session is None:
        return None
    if session.conversation_at is None:
        where = sessions.c.key == key
        connection.execute(update(sessions).where(where).values(conversation_at=now))
    values = {
        "session": key,
        "client_message_id": client_message_id,
        "text": text,
        "state": "running",
        "replies": [],
        "at": now,
    }
    again = {name: values[name] for name in ("state", "replies")}
    connection.execute(
        upsert(connection, turns)
        .values(**values)
        .on_conflict_do_update(
            index_elements=["session", "client_message_id"],
            set_=again,
            where=turns.c.state != "final",
        )
    )
    return session.conversation_id


def end_turn(
    connection: Connection,
    key: str,
    client_message_id: str,
    state: State,
    replies: Sequence[ReplyJson],
    receipts: Sequence[Receipt],
    now: float,
) -> None:
    """Keep how the turn ended, and its receipts, together or not at all."""
    turns = tables.turns
    connection.execute(
        update(turns)
        .where(turns.c.session == key, turns.c.client_message_id == client_message_id)
        .values(state=state, replies=list(replies), replied_at=now)
    )
    for receipt in receipts:
        connection.execute(insert(tables.receipts).values(**vars(receipt)))


def find_turn(connection: Connection, key: str, client_message_id: str) -> TurnRow | None:
    """The turn this session made under this id, or None."""
    turns = tables.turns
    row = connection.execute(
        _turn_columns().where(
            turns.c.session == key, turns.c.client_message_id == client_message_id
        )
    ).first()
    return None if row is None else _turn(row)


def transcript(connection: Connection, key: str, since: float) -> list[TurnRow]:
    """The session's turns since a time, oldest first."""
    turns = tables.turns
    where = (turns.c.session == key, turns.c.at >= since)
    rows = connection.execute(_turn_columns().where(*where).order_by(turns.c.number))
    return [_turn(row) for row in rows]


def wipe_session(connection: Connection, key: str, conversation_id: str, now: float) -> str | None:
    """Delete the session's words; its old conversation, now owed a wipe in Rasa, or None."""
    connection.execute(delete(tables.turns).where(tables.turns.c.session == key))
    old = renew_conversation(connection, key, conversation_id, now)
    where = tables.sessions.c.key == key
    connection.execute(update(tables.sessions).where(where).values(**dict.fromkeys(CHOSEN)))
    return old


def renew_conversation(
    connection: Connection, key: str, conversation_id: str, now: float
) -> str | None:
    """Give the session a new conversation; the old one, now owed a wipe in Rasa, or None."""
    session = find_session(connection, key)
    if session is None:
        return None
    connection.execute(
        update(tables.sessions)
        .where(tables.sessions.c.key == key)
        .values(conversation_id=conversation_id, conversation_at=None)
    )
    if session.conversation_at is None:
        return None
    _owe_wipe(connection, session.conversation_id, now)
    return session.conversation_id


def purge(connection: Connection, before: float, now: float) -> tuple[int, int]:
    """Delete words and sessions not seen since `before`; how many turns and sessions went."""
    sessions, turns = tables.sessions, tables.turns
    gone_turns = connection.execute(delete(turns).where(turns.c.at < before)).rowcount
    idle = connection.execute(select(sessions).where(sessions.c.seen_at < before)).all()
    for row in idle:
        if row.conversation_at is not None:
            _owe_wipe(connection, row.conversation_id, now)
    gone = connection.execute(delete(sessions).where(sessions.c.seen_at < before)).rowcount
    return gone_turns, gone


def purge_receipts(connection: Connection, before: float) -> int:
    """Delete receipts given before a time, and the feedback on them; how many receipts went."""
    receipts = tables.receipts
    return connection.execute(delete(receipts).where(receipts.c.at < before)).rowcount


def old_conversations(connection: Connection, before: float) -> list[str]:
    """Keys of sessions still in use whose conversation began before a time."""
    sessions = tables.sessions
    where = sessions.c.conversation_at < before
    return list(connection.execute(select(sessions.c.key).where(where)).scalars())


def owed_wipes(connection: Connection) -> list[str]:
    """Conversations that Rasa has still to forget."""
    return list(connection.execute(select(tables.wipes.c.conversation_id)).scalars())


def settle_wipe(connection: Connection, conversation_id: str) -> None:
    """Rasa has forgotten this conversation."""
    wipes = tables.wipes
    connection.execute(delete(wipes).where(wipes.c.conversation_id == conversation_id))


def find_receipt(connection: Connection, receipt: str) -> Receipt | None:
    """The receipt with this id, or None."""
    row = connection.execute(select(tables.receipts).where(tables.receipts.c.id == receipt)).first()
    return None if row is None else Receipt(**row._mapping)


def is_writable(connection: Connection) -> bool:
    """True when a change can be made; the change is undone by being none."""
    connection.execute(update(tables.wipes).where(tables.wipes.c.at < 0).values(at=0.0))
    return True


def _owe_wipe(connection: Connection, conversation_id: str, now: float) -> None:
    values = {"conversation_id": conversation_id, "at": now}
    connection.execute(upsert(connection, tables.wipes).values(**values).on_conflict_do_nothing())


def _turn_columns() -> Any:
    turns = tables.turns
    return select(
        turns.c.client_message_id,
        turns.c.text,
        turns.c.state,
        turns.c.replies,
        turns.c.at,
        turns.c.replied_at,
    )


def _turn(row: Row[Any]) -> TurnRow:
    return TurnRow(**row._mapping)
