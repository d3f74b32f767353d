"""Secrets as files under the run-time home: made when missing, readable by their owner alone."""

import contextlib
import os
import secrets
import tempfile
from pathlib import Path

from guidebook.errors import SettingsError

LENGTH_BYTES = 32


def ensure(home: Path, name: str) -> str:
    """The secret called `name`; made with 256 random bits and mode 0600 on first use."""
    folder = home / "secrets"
    path = folder / name
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        if not path.exists():
            _make(folder, path)
        secret = path.read_bytes().strip()
    except OSError as error:
        raise SettingsError(
            f"Cannot keep secrets under {folder} ({error.strerror}); "
            "make it writable or set GUIDEBOOK_HOME to a folder that is."
        ) from error
    if not secret or not secret.isascii():
        raise SettingsError(f"{path} holds no secret; remove it, and a new one is made.")
    return secret.decode("ascii")


def _make(folder: Path, path: Path) -> None:
    """Write beside and link: two processes at once agree on one whole secret."""
    descriptor, staged = tempfile.mkstemp(prefix=f".{path.name}-", dir=folder)
    try:
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.write(secrets.token_urlsafe(LENGTH_BYTES) + "\n")
        with contextlib.suppress(FileExistsError):
            os.link(staged, path)
    finally:
        Path(staged).unlink()
