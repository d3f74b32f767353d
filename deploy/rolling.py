"""Switch cells to the current release, one after another, and stop at the first that fails.

A cell is told by its own two commands, so that it may be anywhere: `pull` fetches the release,
`reload` starts again with it. The next one comes when this one answers /readyz again; so all but
one serve at any moment, and a release that does not come up reaches one cell alone.
"""

import subprocess
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from deploy.errors import CellError
from deploy.stack import answers

POLL_S = 0.5
RELOAD_S = 30.0
"""How long a cell may go on answering before a reload shows."""


@dataclass(frozen=True)
class CellPlace:
    """One cell: where it answers, and what to run for it."""

    name: str
    url: str
    pull: tuple[str, ...]
    reload: tuple[str, ...]


def read(path: Path) -> list[CellPlace]:
    """The cells of a file; CellError names what is wrong with it."""
    try:
        found: Any = yaml.safe_load(path.read_text("utf-8"))
        cells = [
            CellPlace(
                str(cell["name"]), str(cell["url"]), tuple(cell["pull"]), tuple(cell["reload"])
            )
            for cell in found["cells"]
        ]
    except (OSError, yaml.YAMLError, LookupError, TypeError) as error:
        raise CellError(
            f"{path} names no cells ({type(error).__name__}: {error}); "
            "see deploy/cells/cells.yml for the form."
        ) from error
    return cells


def roll(cells: Sequence[CellPlace], ready_s: float, say: Callable[[str], None]) -> None:
    """Switch every cell; CellError when one does not come back, with the others untouched."""
    missing = [cell.name for cell in cells if not answers(f"{cell.url}/readyz")]
    if missing:
        raise CellError(f"Not ready before the switch: {', '.join(missing)}; mend that first.")
    for cell in cells:
        say(f"{cell.name}: pulling")
        _run(cell, cell.pull)
        started = time.monotonic()
        _run(cell, cell.reload)
        _wait(cell, ready_s)
        say(f"{cell.name}: ready again after {time.monotonic() - started:.0f} s")


def _run(cell: CellPlace, command: Sequence[str]) -> None:
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=False)
    except OSError as error:
        raise CellError(f"{cell.name}: {command[0]} cannot be run ({error.strerror}).") from error
    if done.returncode != 0:
        last = (done.stderr.strip().splitlines() or ["no reason given"])[-1]
        raise CellError(f"{cell.name}: {' '.join(command)} ended with {done.returncode}: {last}")


def _wait(cell: CellPlace, ready_s: float) -> None:
    """Until the cell went and came back."""
    gone = time.monotonic() + RELOAD_S
    while answers(f"{cell.url}/readyz"):
        if time.monotonic() > gone:
            raise CellError(f"{cell.name} goes on as before its reload; look at its log.")
        time.sleep(POLL_S)
    deadline = time.monotonic() + ready_s
    while not answers(f"{cell.url}/readyz"):
        if time.monotonic() > deadline:
            raise CellError(
                f"{cell.name} is not ready {ready_s:.0f} s after its reload; the other cells keep "
                "what they had. Pack the release before, and roll again."
            )
        time.sleep(POLL_S)
