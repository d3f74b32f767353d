"""Keep what was measured, by the digest of all it depends on.

A file that cannot be read is measured again; a file that cannot be written costs time next time
and nothing else.
"""

import contextlib
import json
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

from deploy import digests
from guidebook.evaluation.files import write_object


class Kept:
    """Measurements in one folder, one file each."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def ensure(self, name: str, depends_on: Iterable[str], measure: Callable[[], Any]) -> Any:
        """What was measured before from the same, else `measure()`. JSON values alone."""
        depends_on = tuple(depends_on)
        try:
            return json.loads(self._path(name, depends_on).read_text(encoding="utf-8"))
        except (OSError, ValueError):
            value = measure()
        self.keep(name, depends_on, value)
        return value

    def keep(self, name: str, depends_on: Sequence[str], value: Any) -> None:
        """Keep what was measured just now, in the place of what was measured before."""
        with contextlib.suppress(OSError):
            write_object(self._path(name, depends_on), value)

    def _path(self, name: str, depends_on: Sequence[str]) -> Path:
        return self._folder / f"{name}-{digests.of_words(*depends_on)[:16]}.json"
