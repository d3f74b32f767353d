"""Count and delete what a workshop left in the database.

Functions are meant for Database.read or Database.write. Deleted rows are overwritten by SQLite
(secure_delete); Database.flush then empties the write-ahead log.
"""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, Connection, Table, delete, func, select

from gateway import tables

PART = 500  # of keys in one statement; SQLite bounds them


def count(connection: Connection, workshop: str, chats: Sequence[str]) -> dict[str, int]:
    """How many rows of each kind there are."""
    asked, answers, run = tables.workshop_asked, tables.workshop_answers, tables.workshop_runs
    receipts = select(asked.c.receipt).where(asked.c.workshop == workshop)
    own_runs = select(run.c.number).where(run.c.workshop == workshop)
    participants = tables.workshop_participants
    return {
        "participants": _of(connection, participants, participants.c.workshop == workshop),
        "answers": _of(connection, answers, answers.c.run.in_(own_runs)),
        "runs": _of(connection, run, run.c.workshop == workshop),
        "turns_noted": _of(connection, asked, asked.c.workshop == workshop),
        "receipts": _of(connection, tables.receipts, tables.receipts.c.id.in_(receipts)),
        "feedback": _of(connection, tables.feedback, tables.feedback.c.receipt.in_(receipts)),
        "questions_sent": _of(
            connection, tables.sent_questions, tables.sent_questions.c.receipt.in_(receipts)
        ),
        "conversations": _sum(connection, tables.sessions, tables.sessions.c.key, chats),
        "messages": _sum(connection, tables.turns, tables.turns.c.session, chats),
        "trainer_sessions": _of(connection, tables.workshop_trainers),
        "workshop": _of(connection, tables.workshops, tables.workshops.c.id == workshop),
    }


def shut_the_door(connection: Connection, workshop: str) -> None:
    """Forget the phones and their answers: from here on nobody asks as one of the room."""
    participants = tables.workshop_participants
    connection.execute(delete(participants).where(participants.c.workshop == workshop))


def erase(connection: Connection, workshop: str, chats: Sequence[str]) -> None:
    """Delete all the rest of the workshop."""
    asked = tables.workshop_asked
    receipts = select(asked.c.receipt).where(asked.c.workshop == workshop)
    connection.execute(delete(tables.receipts).where(tables.receipts.c.id.in_(receipts)))
    for part in _parts(chats):
        connection.execute(delete(tables.sessions).where(tables.sessions.c.key.in_(part)))
    connection.execute(delete(tables.workshop_trainers))
    connection.execute(delete(tables.workshops).where(tables.workshops.c.id == workshop))


def _of(connection: Connection, table: Table, *where: ColumnElement[bool]) -> int:
    counted = select(func.count()).select_from(table).where(*where)
    return int(connection.execute(counted).scalar_one())


def _sum(
    connection: Connection, table: Table, column: ColumnElement[str], keys: Sequence[str]
) -> int:
    return sum(_of(connection, table, column.in_(part)) for part in _parts(keys))


def _parts(keys: Sequence[str]) -> list[Sequence[str]]:
    return [keys[at : at + PART] for at in range(0, len(keys), PART)]
