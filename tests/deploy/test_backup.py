"""A backup holds receipts, feedback and secrets, and no word anybody typed; a restore gives them
back whole or changes nothing."""

import gzip
import io
import json
import os
import sqlite3
import stat
import tarfile
import threading
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from deploy import backup as backups
from deploy import home_lock, restore
from deploy.backup import KEPT_TABLES, take, write
from deploy.errors import BackupError
from gateway import feedback_store, store, tables
from gateway.database import open_database
from gateway.retention import RECEIPT_SECONDS
from guidebook import secret_files
from guidebook.errors import SettingsError

NOW = 1_800_000_000.0
WORD = b"zebra"
SETTINGS = ["port = 8080"]
pytestmark = pytest.mark.anyio


async def lived_in(home: Path, receipts: int = 2) -> Path:
    """A home after some conversations, with its database open no longer."""
    database = open_database(home / "gateway.db", 1)
    await database.write(store.add_session, "key", "conversation-zebra", NOW)
    for number in range(receipts):
        message = f"m{number}"
        await database.write(store.begin_turn, "key", message, "zebra question", NOW)
        receipt = store.Receipt(f"r{number}", NOW, "answered", [{"start": 1}])
        await database.write(
            store.end_turn, "key", message, "final", [{"text": "zebra"}], [receipt], NOW
        )
        await database.write(feedback_store.rate_answer, f"r{number}", "up", None, NOW)
    database.close()
    secret_files.ensure(home, "session")
    secret_files.ensure(home, "channel")
    (home / "tracker.db").write_bytes(b"zebra in Rasa")
    return home


def backed_up(home: Path, target: Path) -> Path:
    write(take(home, SETTINGS, "2026-11-22T05:00:00+00:00"), target)
    return target


def unpacked(archive: Path) -> dict[str, bytes]:
    with tarfile.open(archive) as packed:
        found = {member.name: packed.extractfile(member) for member in packed}
        return {name: file.read() for name, file in found.items() if file is not None}


def ids(home: Path, table: str, column: str) -> list[str]:
    with closing(sqlite3.connect(home / "gateway.db")) as connection:
        return [row[0] for row in connection.execute(f"SELECT {column} FROM {table} ORDER BY 1")]


def test_every_table_is_kept_or_left_empty_by_decision() -> None:
    left_empty = {"sessions", "turns", "wipes", "sent_questions"}
    left_empty |= {name for name in tables.metadata.tables if name.startswith("workshop")}
    assert set(tables.metadata.tables) == left_empty | set(KEPT_TABLES)


async def test_a_backup_gives_back_receipts_feedback_and_secrets(tmp_path: Path) -> None:
    home = await lived_in(tmp_path / "home")
    archive = backed_up(home, tmp_path / "b.tar.gz")
    other = tmp_path / "other"
    restore.put_back(restore.read(archive), other, replace=False)
    assert ids(other, "receipts", "id") == ["r0", "r1"]
    assert ids(other, "feedback", "receipt") == ["r0", "r1"]
    for name in ("session", "channel"):
        assert secret_files.ensure(other, name) == secret_files.ensure(home, name)
        assert stat.S_IMODE((other / "secrets" / name).stat().st_mode) == 0o600
    assert stat.S_IMODE((other / "gateway.db").stat().st_mode) == 0o600
    assert stat.S_IMODE((other / "secrets").stat().st_mode) == 0o700
    assert list(other.glob(".restoring-*")) == []


async def test_no_word_and_no_conversation_is_in_a_backup(tmp_path: Path) -> None:
    home = await lived_in(tmp_path / "home")
    assert WORD in (home / "gateway.db").read_bytes(), "the search must be able to find it"
    files = unpacked(backed_up(home, tmp_path / "b.tar.gz"))
    assert set(files) == {"manifest.json", "gateway.db", "secrets/channel", "secrets/session"}
    assert not [name for name, content in files.items() if WORD in content]
    assert b"r1" in files["gateway.db"]
    assert not [path for path in home.rglob("*") if ".part" in path.name]


async def test_a_backup_is_readable_by_its_owner_alone_and_replaces_none(tmp_path: Path) -> None:
    home = await lived_in(tmp_path / "home")
    archive = backed_up(home, tmp_path / "deep" / "b.tar.gz")
    assert stat.S_IMODE(archive.stat().st_mode) == 0o600
    before = archive.read_bytes()
    with pytest.raises(BackupError, match="is there already"):
        backed_up(home, archive)
    assert archive.read_bytes() == before


async def test_a_backup_while_the_gateway_writes_is_of_one_moment(tmp_path: Path) -> None:
    home = await lived_in(tmp_path / "home", receipts=1)
    stop = threading.Event()

    def write_pairs() -> None:
        with closing(sqlite3.connect(home / "gateway.db", timeout=10)) as connection:
            connection.execute("PRAGMA journal_mode = WAL")
            number = 0
            while not stop.is_set():
                with connection:
                    connection.execute(
                        "INSERT INTO receipts VALUES (?, 1, 'answered', '[]', NULL, NULL)",
                        (f"w{number}",),
                    )
                    connection.execute(
                        "INSERT INTO feedback VALUES (?, 'up', NULL, 1)", (f"w{number}",)
                    )
                number += 1
                time.sleep(0.001)

    writer = threading.Thread(target=write_pairs)
    writer.start()
    try:
        taken = [take(home, SETTINGS, "now").rows]
        until = time.monotonic() + 20
        while taken[-1]["receipts"] < taken[0]["receipts"] + 50 and time.monotonic() < until:
            taken.append(take(home, SETTINGS, "now").rows)
    finally:
        stop.set()
        writer.join()
    assert all(rows["receipts"] == rows["feedback"] for rows in taken)
    assert len({rows["receipts"] for rows in taken}) > 2, "the writer must write meanwhile"


async def test_restored_receipts_fall_to_the_purge_when_their_time_is_over(tmp_path: Path) -> None:
    home = await lived_in(tmp_path / "home")
    archive = backed_up(home, tmp_path / "b.tar.gz")
    other = tmp_path / "other"
    restore.put_back(restore.read(archive), other, replace=False)
    database = open_database(other / "gateway.db", 1)
    try:
        early = NOW + RECEIPT_SECONDS - 1
        assert await database.write(store.purge_receipts, early - RECEIPT_SECONDS) == 0
        late = NOW + RECEIPT_SECONDS + 1
        assert await database.write(store.purge_receipts, late - RECEIPT_SECONDS) == 2
    finally:
        database.close()
    assert ids(other, "feedback", "receipt") == []


async def test_a_restore_deletes_nothing_unasked(tmp_path: Path) -> None:
    home = await lived_in(tmp_path / "home")
    archive = backed_up(home, tmp_path / "b.tar.gz")
    before = {path.name: path.read_bytes() for path in home.glob("*.db")}
    with pytest.raises(BackupError, match=r"holds gateway.db, tracker.db, .* add --replace"):
        restore.put_back(restore.read(archive), home, replace=False)
    assert {path.name: path.read_bytes() for path in home.glob("*.db")} == before


async def test_a_restore_in_place_takes_rasas_conversations_away(tmp_path: Path) -> None:
    home = await lived_in(tmp_path / "home")
    archive = backed_up(home, tmp_path / "b.tar.gz")
    (home / "gateway.db-wal").write_bytes(b"of another database")
    (home / "secrets" / "later").write_bytes(b"made since")
    restore.put_back(restore.read(archive), home, replace=True)
    names = {path.name for path in home.glob("*") if path.is_file()}
    assert names == {"gateway.db"}
    assert WORD not in (home / "gateway.db").read_bytes()
    assert not (home / "secrets" / "later").exists()


async def test_a_restore_waits_for_nobody_while_guidebook_runs(tmp_path: Path) -> None:
    home = await lived_in(tmp_path / "home")
    archive = backed_up(home, tmp_path / "b.tar.gz")
    with home_lock.hold(home), pytest.raises(SettingsError, match="Another run uses"):
        restore.put_back(restore.read(archive), home, replace=True)
    assert (home / "tracker.db").exists()


async def test_a_restored_database_is_one_the_gateway_opens(tmp_path: Path) -> None:
    home = await lived_in(tmp_path / "home")
    archive = backed_up(home, tmp_path / "b.tar.gz")
    other = tmp_path / "other"
    restore.put_back(restore.read(archive), other, replace=False)
    database = open_database(other / "gateway.db", 1)
    try:
        await database.write(store.add_session, "new", "conversation", NOW)
        assert await database.write(feedback_store.rate_answer, "r0", "down", "other", NOW)
    finally:
        database.close()


def repacked(archive: Path, change: Callable[[dict[str, bytes]], object], sign: bool) -> Path:
    """The archive with other content; `sign` writes digests that fit."""
    files = unpacked(archive)
    change(files)
    if sign:
        manifest = json.loads(files["manifest.json"])
        manifest["sha256"] = {
            name: backups.sha256(content)
            for name, content in files.items()
            if name != "manifest.json"
        }
        files["manifest.json"] = json.dumps(manifest).encode()
    with tarfile.open(archive, "w:gz") as packed:
        for name, content in files.items():
            member = tarfile.TarInfo(name)
            member.size = len(content)
            packed.addfile(member, io.BytesIO(content))
    return archive


def with_words(files: dict[str, bytes]) -> None:
    with backups.opened(files["gateway.db"]) as connection:
        connection.execute("INSERT INTO wipes VALUES ('conversation', 1)")
        connection.commit()
        files["gateway.db"] = connection.serialize()


def torn(files: dict[str, bytes]) -> None:
    files["gateway.db"] = files["gateway.db"][:4096] + b"\xff" * (len(files["gateway.db"]) - 4096)


@pytest.mark.parametrize(
    ("change", "sign", "told"),
    [
        (lambda f: f.update({"secrets/session": b"x"}), False, "was changed since it was made"),
        (lambda f: f.pop("secrets/session"), False, "was changed since it was made"),
        (lambda f: f.update({"../../etc/x": b"x"}), True, "no whole backup"),
        (lambda f: f.update({"secrets/../../x": b"x"}), True, "no whole backup"),
        (lambda f: f.update({"secrets/.x": b"x"}), True, "no whole backup"),
        (lambda f: f.update({"tracker.db": b"x"}), True, "no whole backup"),
        (lambda f: f.update({"manifest.json": b"[]"}), False, "no whole backup"),
        (lambda f: f.pop("manifest.json"), False, "no whole backup"),
        (with_words, True, "rows in tables that no backup fills"),
        (torn, True, "is damaged"),
        (lambda f: f.update({"gateway.db": b"no database"}), True, "is damaged"),
    ],
)
async def test_what_is_no_backup_of_ours_is_refused(
    tmp_path: Path, change: Callable[[dict[str, bytes]], object], sign: bool, told: str
) -> None:
    archive = backed_up(await lived_in(tmp_path / "home"), tmp_path / "b.tar.gz")
    assert restore.read(archive).files
    with pytest.raises(BackupError, match=told):
        restore.read(repacked(archive, change, sign))


async def test_a_backup_of_another_version_is_refused(tmp_path: Path) -> None:
    def newer(files: dict[str, bytes]) -> None:
        manifest = json.loads(files["manifest.json"])
        files["manifest.json"] = json.dumps({**manifest, "schema": 99}).encode()

    archive = backed_up(await lived_in(tmp_path / "home"), tmp_path / "b.tar.gz")
    with pytest.raises(BackupError, match="made by another version"):
        restore.read(repacked(archive, newer, sign=False))


async def test_half_an_archive_is_refused(tmp_path: Path) -> None:
    archive = backed_up(await lived_in(tmp_path / "home"), tmp_path / "b.tar.gz")
    whole = archive.read_bytes()
    for content in (b"", whole[: len(whole) // 2], gzip.compress(b"no archive")):
        archive.write_bytes(content)
        with pytest.raises(BackupError, match="no whole backup"):
            restore.read(archive)


def test_an_empty_home_is_told(tmp_path: Path) -> None:
    with pytest.raises(BackupError, match="nothing to back up"):
        take(tmp_path, SETTINGS, "now")


def test_backups_older_than_receipts_are_deleted(tmp_path: Path) -> None:
    for name, age in (("guidebook-a.tar.gz", 1), ("guidebook-b.tar.gz", -1), ("other.gz", 1)):
        path = tmp_path / name
        path.write_bytes(b"x")
        when = NOW - RECEIPT_SECONDS - age
        os.utime(path, (when, when))
    assert backups.forget_old(tmp_path, NOW) == 1
    assert sorted(path.name for path in tmp_path.iterdir()) == ["guidebook-b.tar.gz", "other.gz"]
