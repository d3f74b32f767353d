"""The gateway's tables on PostgreSQL, for several cells: the same tables, the same Database.

The address comes without a password; libpq reads that from the file PGPASSFILE names. A server that
is gone is told within seconds and used again as soon as it is back. PostgreSQL does not overwrite
what is deleted: docs/cells.md says what follows from that.
"""

from sqlalchemy import (
    Column,
    Connection,
    Engine,
    Integer,
    MetaData,
    Table,
    create_engine,
    insert,
    select,
)
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, SQLAlchemyError

from gateway.database import THREADS, Database
from gateway.tables import SCHEMA_VERSION, UPGRADES, metadata
from guidebook.errors import GuidebookError, SettingsError

OPENING = 7_483_001
"""The advisory lock under which one cell at a time brings the tables up to date."""
LONGEST_STATEMENT = 10.0

schema = Table("gateway_schema", MetaData(), Column("version", Integer, primary_key=True))
"""SQLite keeps this number in its header; here it is a row."""


def open_postgres(url: str, wait: float) -> Database:
    """Open the database and make or upgrade its tables; GuidebookError when it cannot be used."""
    engine = engine_for(url, wait)
    try:
        with engine.begin() as connection:
            connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({OPENING})")
            prepare(connection)
    except SQLAlchemyError as error:
        engine.dispose()
        raise GuidebookError(
            f"The database of GUIDEBOOK_DATABASE_URL cannot be used ({type(error).__name__}); "
            "look whether the server runs, and at its address, user and password file."
        ) from None
    readers = engine.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
    return Database(readers, engine)


def engine_for(url: str, wait: float) -> Engine:
    """An engine that gives up instead of hanging; nothing is opened yet."""
    try:
        address = make_url(url).set(drivername="postgresql+psycopg")
    except ArgumentError:
        raise SettingsError("GUIDEBOOK_DATABASE_URL is no address of a database.") from None
    limits = f"-c lock_timeout={int(wait * 1000)} -c statement_timeout={LONGEST_STATEMENT:.0f}s"
    return create_engine(
        address,
        hide_parameters=True,
        pool_size=THREADS,
        max_overflow=0,
        pool_pre_ping=True,  # after a restart of the server the first turn must not fail
        connect_args={"connect_timeout": max(2, int(wait)), "options": limits},
    )


def prepare(connection: Connection) -> None:
    """Bring the tables to this version; GuidebookError when they are of one it does not know."""
    schema.create(connection, checkfirst=True)
    metadata.create_all(connection)
    version = connection.execute(select(schema.c.version)).scalar()
    if version is None:
        connection.execute(insert(schema).values(version=SCHEMA_VERSION))
        return
    while version in UPGRADES:
        for statement in UPGRADES[version]:
            connection.exec_driver_sql(statement)
        version += 1
    if version != SCHEMA_VERSION:
        raise GuidebookError(
            f"The database has schema {version}, this version needs {SCHEMA_VERSION}; "
            "bring every cell to the newer version."
        )
    connection.execute(schema.update().values(version=version))
