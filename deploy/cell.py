"""Run one cell: gateway, Rasa and action server behind a front, `python -m deploy.cell`.

It is `deploy.serve` with two differences. It serves the release the cell pulled, where it pulled
one. SIGHUP ends the turns in flight and starts again with what is current, so that
`systemctl reload` is the switch; the front sends its officers elsewhere meanwhile.
"""

import os
import signal
import sys
from dataclasses import replace
from types import FrameType

from deploy import cell_release, home_lock
from deploy.serve import READY_S
from deploy.stack import Stack
from deploy.training import LIVE
from guidebook.errors import GuidebookError
from guidebook.settings import Settings


class _Signals:
    """What was asked for since the last start."""

    again = False

    def hear(self, signum: int, frame: FrameType | None) -> None:
        """Note a reload and leave the wait."""
        self.again = signum == signal.SIGHUP
        raise KeyboardInterrupt


def main() -> int:
    """Serve until told to stop; exit code 2 with one sentence when it cannot."""
    signals = _Signals()
    signal.signal(signal.SIGTERM, signals.hear)
    signal.signal(signal.SIGHUP, signals.hear)
    try:
        settings = Settings.from_environ(os.environ)
        with home_lock.hold(settings.home):
            while True:
                signals.again = False
                _serve(settings)
                if not signals.again:
                    return 0
    except GuidebookError as error:
        print(error, file=sys.stderr)
        return 2


def _serve(settings: Settings) -> None:
    """One start of the cell, until a signal or the end of its processes."""
    release = cell_release.current(settings.home)
    if release is not None:
        settings = replace(
            settings, corpus=release.folder / "corpus", index=release.folder / "index"
        )
    name = "its checkout" if release is None else f"release {release.id}"
    stack = Stack(settings, LIVE if release is None else release.model)
    try:
        stack.start()
        stack.wait_until("/readyz", READY_S)
        print(f"Ready: {stack.url} with {name}", flush=True)
        stack.wait()
    except KeyboardInterrupt:
        print("Stopping.", flush=True)
    finally:
        stack.stop()


if __name__ == "__main__":
    raise SystemExit(main())
