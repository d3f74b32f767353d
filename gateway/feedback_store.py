"""What officers said of answers: verdicts, and questions sent to the maintainers on purpose.

Both hang on a receipt, which leads to no session, and go with it. Functions are meant for
Database.read or Database.write, as those of store.py. Words that come in here are masked already.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Table, select

from gateway import tables
from gateway.upsert import upsert


@dataclass(frozen=True)
class Judged:
    """One judged answer as the maintainers see it."""

    at: float
    status: str
    verdict: str
    reason: str | None
    question: str | None
    spans: list[dict[str, Any]]


def rate_answer(
    connection: Connection, receipt: str, verdict: str, reason: str | None, now: float
) -> bool:
    """Keep one verdict a receipt, the latest; False when the receipt is unknown."""
    values = {"verdict": verdict, "reason": reason, "at": now}
    return _keep(connection, tables.feedback, receipt, values)


def keep_question(connection: Connection, receipt: str, text: str, now: float) -> bool:
    """Keep the masked question behind a receipt; False when the receipt is unknown."""
    return _keep(connection, tables.sent_questions, receipt, {"text": text, "at": now})


def judged(connection: Connection) -> Sequence[Judged]:
    """Every judged answer, oldest first, with its question where one was sent."""
    feedback, receipts, sent = tables.feedback, tables.receipts, tables.sent_questions
    rows = connection.execute(
        select(
            feedback.c.at,
            receipts.c.status,
            feedback.c.verdict,
            feedback.c.reason,
            sent.c.text.label("question"),
            receipts.c.spans,
        )
        .join(receipts, receipts.c.id == feedback.c.receipt)
        .outerjoin(sent, sent.c.receipt == feedback.c.receipt)
        .order_by(feedback.c.at)
    )
    return [Judged(**row._mapping) for row in rows]


def _keep(connection: Connection, table: Table, receipt: str, values: dict[str, Any]) -> bool:
    known = select(tables.receipts.c.id).where(tables.receipts.c.id == receipt)
    if connection.execute(known).first() is None:
        return False
    connection.execute(
        upsert(connection, table)
        .values(receipt=receipt, **values)
        .on_conflict_do_update(index_elements=["receipt"], set_=values)
    )
    return True
