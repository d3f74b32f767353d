"""What the room asked the chat page: topics, passages and how each turn ended; never the words.

Noted for participants who joined, and for them alone. A turn counts once however often it is
repeated. The trainer reads counts; a question's words are seen only where its officer sent them on
purpose with feedback.
"""

import hashlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, select

from gateway import tables
from gateway.store import ReplyJson
from gateway.upsert import upsert
from guidebook.corpus import Corpus
from guidebook.vocabulary import family

COUNTED = frozenset({"answered", "clarify", "unanswerable", "refused", "emergency", "failed"})
UNANSWERED = frozenset({"unanswerable", "refused", "failed"})
MOST_SENT = 30


@dataclass(frozen=True)
class Asked:
    """One turn as it is kept."""

    turn: str
    receipt: str | None
    status: str
    topics: list[str]
    passages: list[str]
    at: float


@dataclass(frozen=True)
class Sent:
    """A question that its officer sent on purpose, masked."""

    text: str
    verdict: str
    status: str


@dataclass(frozen=True)
class Asking:
    """Everything the room asked, counted."""

    turns: tuple[Asked, ...]
    verdicts: dict[str, int]
    reasons: dict[str, int]
    sent: tuple[Sent, ...]

    def topics(self) -> list[tuple[str, int]]:
        """Topics asked about, most asked first."""
        return _counted(topic for turn in self.turns for topic in turn.topics)

    def answers(self) -> list[tuple[str, int]]:
        """Passages that answered, most shown first."""
        turns = (turn for turn in self.turns if family(turn.status) == "answered")
        return _counted(turn.passages[0] for turn in turns if turn.passages)

    def unanswered(self) -> list[tuple[str, int]]:
        """How turns ended that brought no answer."""
        return _counted(t.status for t in self.turns if family(t.status) in UNANSWERED)

    def nearest(self) -> list[tuple[str, int]]:
        """The passages nearest to what was not answered."""
        turns = (turn for turn in self.turns if family(turn.status) == "unanswerable")
        return _counted(turn.passages[0] for turn in turns if turn.passages)


def digest(replies: Sequence[ReplyJson], corpus: Corpus | None, turn: str, now: float) -> Asked:
    """What is kept of a turn's replies: of the first that took a position."""
    chosen = next((r for r in replies if family(r["status"]) in COUNTED), replies[0])
    cited = chosen.get("citations") or chosen.get("nearest") or []
    passages = list(dict.fromkeys(str(one["passage_id"]) for one in cited))
    topics: list[str] = []
    for passage in passages[:1]:
        document = corpus.document(passage.partition("/")[0]) if corpus else None
        topics += document.topics[:1] if document else []
    return Asked(turn, chosen.get("receipt"), str(chosen["status"]), topics, passages, now)


def turn_key(session: str, client_message_id: str) -> str:
    """A turn's mark, which leads back to no session."""
    return hashlib.sha256(f"{session}\0{client_message_id}".encode()).hexdigest()


def note_chat(connection: Connection, workshop: str, session: str) -> None:
    """This session is one of the room's, to be forgotten at the end."""
    connection.execute(
        upsert(connection, tables.workshop_chats)
        .values(session=session, workshop=workshop)
        .on_conflict_do_nothing()
    )


def note(connection: Connection, workshop: str, asked: Asked) -> None:
    """Keep a turn of the room, once."""
    table = tables.workshop_asked
    connection.execute(
        upsert(connection, table)
        .values(workshop=workshop, **vars(asked))
        .on_conflict_do_update(index_elements=["turn"], set_=vars(asked))
    )


def read(connection: Connection, workshop: str) -> Asking:
    """Everything the room asked."""
    table, feedback, sent = tables.workshop_asked, tables.feedback, tables.sent_questions
    where = table.c.workshop == workshop
    turns = connection.execute(
        select(
            *(table.c.turn, table.c.receipt, table.c.status),
            *(table.c.topics, table.c.passages, table.c.at),
        )
        .where(where)
        .order_by(table.c.number)
    )
    judged = connection.execute(
        select(feedback.c.verdict, feedback.c.reason, table.c.status, sent.c.text)
        .join(table, table.c.receipt == feedback.c.receipt)
        .outerjoin(sent, sent.c.receipt == feedback.c.receipt)
        .where(where)
        .order_by(feedback.c.at)
    ).all()
    words = (row for row in judged if row.text)
    return Asking(
        turns=tuple(Asked(**row._mapping) for row in turns),
        verdicts=dict(_counted(row.verdict for row in judged)),
        reasons=dict(_counted(row.reason for row in judged if row.reason)),
        sent=tuple(Sent(row.text, row.verdict, row.status) for row in words)[-MOST_SENT:],
    )


def chats(connection: Connection, workshop: str) -> list[str]:
    """The keys of the room's sessions."""
    table = tables.workshop_chats
    where = table.c.workshop == workshop
    return list(connection.execute(select(table.c.session).where(where)).scalars())


def _counted(values: Any) -> list[tuple[str, int]]:
    return Counter(values).most_common()
