"""Copy what a station would miss into one archive: receipts, feedback, secrets. No conversation.

`make` takes a consistent copy of the database while the gateway writes, empties every table that is
not on the list in memory, so that no word reaches the archive or the disk on its way, and notes the
settings. What the archive holds is a secret: mode 0600. restore.py puts it back.
"""

import contextlib
import hashlib
import io
import json
import os
import sqlite3
import tarfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from deploy.errors import BackupError
from gateway.retention import RECEIPT_SECONDS
from gateway.tables import SCHEMA_VERSION
from gateway.workshop import pin

FORMAT = 1
DATABASE = "gateway.db"
SECRETS = "secrets/"
MANIFEST = "manifest.json"
KEPT_TABLES = ("receipts", "feedback")
"""They hold no words and live 90 days. All other tables are copied empty."""
PATTERN = "guidebook-*.tar.gz"
WAIT_S = 10.0


@dataclass(frozen=True)
class Backup:
    """What an archive holds: files by name, with the settings and the moment they were taken."""

    made_at: str
    settings: Sequence[str]
    rows: Mapping[str, int]
    files: Mapping[str, bytes]


def take(home: Path, settings: Sequence[str], made_at: str) -> Backup:
    """Read everything worth keeping under `home`; BackupError when there is nothing."""
    files: dict[str, bytes] = {}
    rows: dict[str, int] = {}
    try:
        if (home / DATABASE).is_file():
            files[DATABASE], rows = _database(home / DATABASE)
        for path in sorted((home / "secrets").glob("[!.]*")):
            if path.name != pin.NAME:  # it ends with its workshop
                files[SECRETS + path.name] = path.read_bytes()
    except (OSError, sqlite3.Error) as error:
        raise BackupError(
            f"{home} could not be read ({type(error).__name__}: {error}); "
            "look at its rights, and run again."
        ) from error
    if not files:
        raise BackupError(f"There is nothing to back up under {home}; check GUIDEBOOK_HOME.")
    return Backup(made_at, settings, rows, files)


def write(backup: Backup, target: Path) -> None:
    """Write the archive whole or not at all, readable by its owner alone; never over another."""
    manifest = {
        "format": FORMAT,
        "schema": SCHEMA_VERSION,
        "made_at": backup.made_at,
        "settings": list(backup.settings),
        "rows": dict(backup.rows),
        "sha256": {name: sha256(content) for name, content in backup.files.items()},
    }
    members = {MANIFEST: json.dumps(manifest, indent=1).encode(), **backup.files}
    staged = target.with_name(f".{target.name}.part")
    try:
        target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        if target.exists():
            raise BackupError(f"{target} is there already; name another file.")
        staged.unlink(missing_ok=True)
        handle = os.open(staged, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "wb") as file:
            with tarfile.open(fileobj=file, mode="w:gz") as archive:
                for name, content in members.items():
                    member = tarfile.TarInfo(name)
                    member.size, member.mode = len(content), 0o600
                    archive.addfile(member, io.BytesIO(content))
            file.flush()
            os.fsync(file.fileno())
        os.link(staged, target)  # fails where a rename would replace
    except OSError as error:
        raise BackupError(
            f"No backup was written to {target} ({error.strerror}); "
            "look at space and rights of the folder, and run again."
        ) from error
    finally:
        with contextlib.suppress(OSError):
            staged.unlink(missing_ok=True)


def forget_old(folder: Path, now: float) -> int:
    """Delete archives in `folder` older than receipts live; how many went."""
    old = [path for path in folder.glob(PATTERN) if path.stat().st_mtime < now - RECEIPT_SECONDS]
    for path in old:
        path.unlink(missing_ok=True)
    return len(old)


def sha256(content: bytes) -> str:
    """The digest of a member."""
    return hashlib.sha256(content).hexdigest()


@contextmanager
def opened(content: bytes) -> Iterator[sqlite3.Connection]:
    """A copied database, in memory."""
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.deserialize(content)
        yield connection


def tables(connection: sqlite3.Connection) -> list[str]:
    """The names of the tables that are not SQLite's own."""
    found = connection.execute(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
    )
    return sorted(name for (name,) in found)


def _database(path: Path) -> tuple[bytes, dict[str, int]]:
    """The database without words, and how many rows each kept table has."""
    source = sqlite3.connect(f"file:{path}?mode=ro", uri=True, timeout=WAIT_S)
    with closing(source), closing(sqlite3.connect(":memory:")) as copy:
        source.backup(copy)  # one consistent state, write-ahead log included
        copy.isolation_level = None
        copy.execute("PRAGMA secure_delete = ON")
        rows = {}
        for name in tables(copy):
            if name in KEPT_TABLES:
                rows[name] = copy.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0]  # noqa: S608  # names from the schema
            else:
                copy.execute(f'DELETE FROM "{name}"')  # noqa: S608  # names from the schema
        copy.execute("VACUUM")
        return _without_log(copy.serialize()), rows


def _without_log(content: bytes) -> bytes:
    """With the header's mark of a write-ahead log taken away: a copy in memory has none, and
    SQLite would not open it. Bytes 18 and 19; the gateway sets its mode again at start."""
    return content[:18] + b"\x01\x01" + content[20:]
