"""Open the database of the settings: the file in the home, or the server that cells share."""

from gateway.database import Database, open_database
from gateway.postgres import open_postgres
from guidebook.settings import Settings


def open_storage(settings: Settings, wait: float) -> Database:
    """The database, ready; a GuidebookError in one sentence when it cannot be used."""
    if settings.database_url:
        return open_postgres(settings.database_url, wait)
    return open_database(settings.home / "gateway.db", wait)
