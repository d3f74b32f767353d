"""Read one receipt from the gateway's database without being able to change it."""

import sqlite3
from pathlib import Path

from sqlalchemy import create_engine
from sqlalchemy.exc import SQLAlchemyError

from gateway import store
from gateway.store import Receipt
from guidebook.errors import GuidebookError


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
    try:
        with engine.connect() as connection:
            found = store.find_receipt(connection, receipt_id)
    except SQLAlchemyError as error:
        raise GuidebookError(
            f"{database} cannot be read ({type(error).__name__}); start the gateway once, "
            "so that it brings the file up to this version."
        ) from None
    finally:
        engine.dispose()
    if found is None:
        raise GuidebookError(
            f"No receipt {receipt_id!r} is kept; receipts live 90 days, so check the id."
        )
    return found
