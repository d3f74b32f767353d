"""One run a home: whoever works on the home folder holds its lock."""

import fcntl
from pathlib import Path
from typing import IO

from guidebook.errors import SettingsError


def hold(home: Path) -> IO[str]:
    """Hold the lock of this home until it is closed; SettingsError when another run has it."""
    try:
        (home / "run").mkdir(parents=True, exist_ok=True)
        lock = (home / "run" / "lock").open("w")
    except OSError as error:
        raise SettingsError(
            f"Cannot write under {home} ({error.strerror}); "
            "make it writable or set GUIDEBOOK_HOME to a folder that is."
        ) from error
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        lock.close()
        raise SettingsError(
            f"Another run uses {home}; stop it, or set GUIDEBOOK_HOME to another folder."
        ) from error
    return lock
