"""Serve the bot until Ctrl-C: `python -m deploy.serve` (what `make serve` ends in)."""

import os
import signal
import sys
from types import FrameType

from deploy import home_lock
from deploy.stack import Stack
from deploy.training import LIVE
from guidebook.errors import GuidebookError
from guidebook.settings import Settings

READY_S = 300


def main() -> int:
    """Start, say when it answers, wait, stop. Exit code 2 with one sentence when it cannot."""
    try:
        settings = Settings.from_environ(os.environ)
        with home_lock.hold(settings.home), Stack(settings, LIVE) as stack:
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


def _interrupt(signum: int, frame: FrameType | None) -> None:
    raise KeyboardInterrupt


if __name__ == "__main__":
    raise SystemExit(main())
