"""Read one receipt from the gateway's database without being able to change it."""

import sqlite3
from pathlib import Path

from sqlalchemy import Engine, create_engine
from sqlalchemy.exc import SQLAlchemyError

from gateway import store
from gateway.bounds import Bounds
from gateway.postgres import engine_for
from gateway.store import Receipt
from guidebook.errors import GuidebookError
from guidebook.settings import Settings


def read_kept(settings: Settings, receipt_id: str) -> Receipt:
    """The receipt, from the file of the home or the server that cells share."""
    if not settings.database_url:
        return read_receipt(settings.home / "gateway.db", receipt_id)
    engine = engine_for(settings.database_url, Bounds().lock_wait)
    return _read(engine, "the database of GUIDEBOOK_DATABASE_URL", receipt_id)


def read_receipt(database: Path, receipt_id: str) -> Receipt:
    """The receipt; GuidebookError in one sentence when there is none."""
    if not database.is_file():
        raise GuidebookError(
            f"There is no {database}; set GUIDEBOOK_HOME to the folder of the run."
        )
    engine = create_engine(
        "sqlite://",
        creator=lambda: sqlite3.connect(f"{database.as_uri()}?mode=ro", uri=True),
        hide_parameters=True,
    )
    return _read(engine, str(database), receipt_id)


def _read(engine: Engine, place: str, receipt_id: str) -> Receipt:
    try:
        with engine.connect() as connection:
            found = store.find_receipt(connection, receipt_id)
    except SQLAlchemyError as error:
        raise GuidebookError(
            f"{place} cannot be read ({type(error).__name__}); start the gateway once, "
            "so that it brings the tables up to this version."
        ) from None
    finally:
        engine.dispose()
    if found is None:
        raise GuidebookError(
            f"No receipt {receipt_id!r} is kept; receipts live 90 days, so check the id."
        )
    return found
