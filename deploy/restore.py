"""Put a backup back into a home folder on which nothing runs.

Everything is checked before anything is changed: the archive's form, each digest, the database's
integrity and version. Conversations are in no backup; those that stand in the home go, as the
sessions that would have purged them go too. Old receipts fall to the purge at the next start.
"""

import contextlib
import json
import os
import sqlite3
import tarfile
import tempfile
import zlib
from pathlib import Path
from typing import Any

from deploy import home_lock
from deploy.backup import (
    DATABASE,
    FORMAT,
    KEPT_TABLES,
    MANIFEST,
    SECRETS,
    Backup,
    opened,
    sha256,
    tables,
)
from deploy.errors import BackupError
from gateway.tables import SCHEMA_VERSION

TRACKER = "tracker.db"
LARGEST = 1 << 30
UNREADABLE = (OSError, EOFError, zlib.error, tarfile.TarError)


def read(archive: Path) -> Backup:
    """The backup in an archive; BackupError when it is not whole, or of another version."""
    try:
        with tarfile.open(archive, "r:gz") as packed:
            files = {member.name: _content(packed, member) for member in packed}
        manifest = json.loads(files.pop(MANIFEST))
        version = (manifest["format"], manifest["schema"])
        backup = Backup(str(manifest["made_at"]), manifest["settings"], manifest["rows"], files)
        digests = manifest["sha256"]
    except (*UNREADABLE, ValueError, LookupError, TypeError) as error:
        raise BackupError(
            f"{archive} is no whole backup ({type(error).__name__}); use another."
        ) from error
    if version != (FORMAT, SCHEMA_VERSION):
        raise BackupError(
            f"{archive} was made by another version (format and schema {version}); "
            "restore it with that version."
        )
    if digests != {name: sha256(content) for name, content in files.items()}:
        raise BackupError(f"{archive} was changed since it was made; use another.")
    _check(archive, backup)
    return backup


def put_back(backup: Backup, home: Path, replace: bool) -> None:
    """Make `home` hold what the backup holds. What stands there goes only with `replace`."""
    with home_lock.hold(home):
        present = [name for name in (DATABASE, TRACKER) if (home / name).exists()]
        present += [SECRETS + path.name for path in (home / "secrets").glob("[!.]*")]
        if present and not replace:
            raise BackupError(
                f"{home} holds {', '.join(present)} already, which a restore deletes; "
                "add --replace, or set GUIDEBOOK_HOME to another folder."
            )
        try:
            _put_back(backup, home)
        except OSError as error:
            raise BackupError(
                f"The restore into {home} did not end ({error.strerror}); "
                "mend the disk and run it again with --replace."
            ) from error


def _put_back(backup: Backup, home: Path) -> None:
    with tempfile.TemporaryDirectory(prefix=".restoring-", dir=home) as folder:
        staged = {}
        for number, (name, content) in enumerate(backup.files.items()):
            staged[name] = Path(folder) / str(number)
            handle = os.open(staged[name], os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(handle, "wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
        for name in (TRACKER, DATABASE):
            for left in home.glob(f"{name}*"):
                left.unlink()
        (home / "secrets").mkdir(mode=0o700, exist_ok=True)
        for path in (home / "secrets").glob("*"):
            path.unlink()
        for name, path in staged.items():
            path.replace(home / name)


def _content(packed: tarfile.TarFile, member: tarfile.TarInfo) -> bytes:
    secret = member.name.removeprefix(SECRETS)
    plain = secret == Path(secret).name and not secret.startswith(".")
    if not member.isfile() or member.size > LARGEST or not plain:
        raise ValueError(member.name)
    if member.name not in (MANIFEST, DATABASE) and not member.name.startswith(SECRETS):
        raise ValueError(member.name)
    file = packed.extractfile(member)
    return b"" if file is None else file.read()


def _check(archive: Path, backup: Backup) -> None:
    """The database opens, is whole, and holds rows where rows may be."""
    content = backup.files.get(DATABASE)
    if content is None:
        return
    found: Any = "unreadable"
    with contextlib.suppress(sqlite3.Error), opened(content) as connection:
        found = connection.execute("PRAGMA integrity_check").fetchone()[0]
        if connection.execute("PRAGMA foreign_key_check").fetchone():
            found = "rows without the rows they belong to"
        count = 'SELECT count(*) FROM "{}"'
        filled = [
            name
            for name in tables(connection)
            if connection.execute(count.format(name)).fetchone()[0]
        ]
        if not set(filled) <= set(KEPT_TABLES):
            found = "rows in tables that no backup fills"
    if found != "ok":
        raise BackupError(f"The database in {archive} is damaged ({found}); use another backup.")
