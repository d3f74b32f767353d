"""A workshop, its trainers and its participants, as questions and changes on one connection.

Functions are meant for Database.read or Database.write, as those of store.py. One workshop is open
at a time; ending it deletes its row and all that hangs on it. Times come from the caller's clock.
"""

import secrets
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, delete, func, insert, select, update

from gateway import tables
from guidebook.vocabulary import Lang

CODE_DIGITS = 6


@dataclass(frozen=True)
class Workshop:
    """The open workshop. `projected` is what the wall shows instead of the join page."""

    id: str
    code: str
    opened_at: float
    projected: dict[str, Any]


@dataclass(frozen=True)
class Trainer:
    """A signed-in trainer."""

    key: str
    lang: Lang
    signed_in_at: float
    seen_at: float


@dataclass(frozen=True)
class Participant:
    """A phone in the room: no name, no account."""

    key: str
    workshop: str
    lang: Lang
    joined_at: float
    seen_at: float


def open_workshop(connection: Connection) -> Workshop | None:
    """The open workshop, or None."""
    row = connection.execute(select(tables.workshops)).first()
    return None if row is None else Workshop(**row._mapping)


def open_or_continue(connection: Connection, now: float) -> tuple[Workshop, bool]:
    """The open workshop, made when there is none; true when it was open already."""
    found = open_workshop(connection)
    if found is not None:
        return found, True
    code = f"{secrets.randbelow(9 * 10 ** (CODE_DIGITS - 1)) + 10 ** (CODE_DIGITS - 1)}"
    made = Workshop(secrets.token_urlsafe(9), code, now, {})
    connection.execute(insert(tables.workshops).values(**vars(made)))
    return made, False


def project(connection: Connection, workshop: str, projected: dict[str, Any]) -> None:
    """Show this on the wall; {} is the join page."""
    where = tables.workshops.c.id == workshop
    connection.execute(update(tables.workshops).where(where).values(projected=projected))


def add_trainer(connection: Connection, key: str, lang: Lang, now: float) -> None:
    """A trainer signed in."""
    values = {"key": key, "lang": lang, "signed_in_at": now, "seen_at": now}
    connection.execute(insert(tables.workshop_trainers).values(**values))


def find_trainer(connection: Connection, key: str) -> Trainer | None:
    """The trainer with this key, or None."""
    trainers = tables.workshop_trainers
    row = connection.execute(select(trainers).where(trainers.c.key == key)).first()
    return None if row is None else Trainer(**row._mapping)


def touch_trainer(connection: Connection, key: str, now: float, lang: Lang | None = None) -> None:
    """Note that the trainer is at work, and in which language."""
    trainers = tables.workshop_trainers
    values: dict[str, Any] = {"seen_at": now} | ({"lang": lang} if lang else {})
    connection.execute(update(trainers).where(trainers.c.key == key).values(**values))


def drop_trainers(connection: Connection, key: str | None = None, before: float = 0.0) -> int:
    """Sign out one trainer, those who signed in before a time, or with neither all of them."""
    trainers = tables.workshop_trainers
    gone = delete(trainers)
    if key is not None:
        gone = gone.where(trainers.c.key == key)
    elif before:
        gone = gone.where(trainers.c.signed_in_at < before)
    return connection.execute(gone).rowcount


def add_participant(
    connection: Connection, key: str, workshop: str, lang: Lang, now: float, most: int
) -> bool:
    """One more phone in the room; False when the room is full."""
    if count_participants(connection, workshop) >= most:
        return False
    values = {"key": key, "workshop": workshop, "lang": lang, "joined_at": now, "seen_at": now}
    connection.execute(insert(tables.workshop_participants).values(**values))
    return True


def find_participant(connection: Connection, key: str) -> Participant | None:
    """The participant with this key, or None."""
    participants = tables.workshop_participants
    row = connection.execute(select(participants).where(participants.c.key == key)).first()
    return None if row is None else Participant(**row._mapping)


def touch_participant(
    connection: Connection, key: str, now: float, lang: Lang | None = None
) -> None:
    """Note that the phone is there, and its language."""
    participants = tables.workshop_participants
    values: dict[str, Any] = {"seen_at": now} | ({"lang": lang} if lang else {})
    connection.execute(update(participants).where(participants.c.key == key).values(**values))


def drop_participant(connection: Connection, key: str) -> None:
    """The phone leaves; its answers go with it."""
    participants = tables.workshop_participants
    connection.execute(delete(participants).where(participants.c.key == key))


def count_participants(connection: Connection, workshop: str, since: float = 0.0) -> int:
    """How many phones joined and were seen since a time."""
    participants = tables.workshop_participants
    where = (participants.c.workshop == workshop, participants.c.seen_at >= since)
    counted = select(func.count()).select_from(participants).where(*where)
    return int(connection.execute(counted).scalar_one())
