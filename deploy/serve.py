"""Serve the bot until Ctrl-C: `python -m deploy.serve` (what `make serve` ends in)."""

import fcntl
import os
import signal
import sys
from pathlib import Path
from types import FrameType
from typing import IO

from deploy.stack import Stack
from deploy.training import LIVE
from guidebook.errors import GuidebookError, SettingsError
from guidebook.settings import Settings

READY_S = 300


def main() -> int:
    """Start, say when it answers, wait, stop. Exit code 2 with one sentence when it cannot."""
    try:
        settings = Settings.from_environ(os.environ)
        with _only_one(settings.home), Stack(settings, LIVE) as stack:
            signal.signal(signal.SIGTERM, _interrupt)
            stack.wait_until("/healthz", READY_S)
            print(f"The page is up at {stack.url} and is warming up ...", flush=True)
            stack.wait_until("/readyz", READY_S)
            print(f"Ready: {stack.url}   (Ctrl-C stops it)", flush=True)
            stack.wait()
    except GuidebookError as error:
        print(error, file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print("Stopped.", flush=True)
    return 0


def _only_one(home: Path) -> IO[str]:
    """Hold the lock of this home; SettingsError when another run has it."""
    try:
        (home / "run").mkdir(parents=True, exist_ok=True)
        lock = (home / "run" / "lock").open("w")
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        raise SettingsError(
            f"Another run uses {home}; stop it, or set GUIDEBOOK_HOME to another folder."
        ) from error
    except OSError as error:
        raise SettingsError(
            f"Cannot write under {home} ({error.strerror}); "
            "make it writable or set GUIDEBOOK_HOME to a folder that is."
        ) from error
    return lock


def _interrupt(signum: int, frame: FrameType | None) -> None:
    raise KeyboardInterrupt


if __name__ == "__main__":
    raise SystemExit(main())
