"""Wipe one conversation from the tracker store.

Rasa has no call for this, and rows deleted while a turn runs come back when the turn is saved. So
the caller holds the conversation lock. Deleted bytes are overwritten and the write-ahead log is
emptied: what an officer typed stays in no file. The gateway then changes the conversation id.
"""

from __future__ import annotations

from rasa.core.tracker_store import TrackerStore
from sqlalchemy.engine import Engine

from bot.errors import StoreUnavailableError
from bot.store import sql_store


def wipe_conversation(store: TrackerStore, conversation_id: str) -> int:
    """Delete the conversation; return how many events went. The caller holds the lock."""
    sql = sql_store(store)
    with sql.session_scope() as session:
        gone = (
            session.query(sql.SQLEvent)
            .filter(sql.SQLEvent.sender_id == conversation_id)
            .delete(synchronize_session=False)
        )
        session.commit()
    if sql.engine.dialect.name == "sqlite":
        _empty_write_ahead_log(sql.engine)
    return int(gone)


def _empty_write_ahead_log(engine: Engine) -> None:
    with engine.connect() as connection:
        row = connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    if row is not None and row[0] != 0:
        raise StoreUnavailableError(
            "The conversation was deleted, but another reader kept the write-ahead log open. "
            "Ask for the wipe again."
        )
