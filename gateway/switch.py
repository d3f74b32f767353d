"""The off-switch: which answers are stopped, why, since when and by whom.

One file under the run-time home, `switch.json`, written whole or not at all and read at each turn,
so that a change holds from the next message on, without a restart. `off` and `on` are the only
doors to it, for the command line and for whatever page may get a button. A file that cannot be
read counts as off: somebody meant to stop something. Danger steps never ask the switch. What an
officer reads is switched_off.py's.
"""

import json
import os
import tempfile
import unicodedata
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from guidebook.errors import SettingsError
from guidebook.masking import mask

MOST_REASON = 200
MOST_ACTOR = 60
UNREADABLE = "switch.json"


@dataclass(frozen=True)
class Stopped:
    """One thing that is off. `reason` is the maintainer's own words, shown to officers."""

    reason: str
    actor: str
    at: str


@dataclass(frozen=True)
class State:
    """What is off: everything, or topics, or nothing."""

    everything: Stopped | None = None
    topics: Mapping[str, Stopped] = field(default_factory=dict)


class Switch:
    """The switch of one run-time home."""

    def __init__(self, home: Path) -> None:
        self._path = home / "switch.json"
        self._log = home / "logs" / "switch.log"

    def state(self) -> State:
        """The state now."""
        try:
            found = json.loads(self._path.read_text(encoding="utf-8"))
            everything = found["everything"]
            return State(
                everything=Stopped(**everything) if everything else None,
                topics={name: Stopped(**stopped) for name, stopped in found["topics"].items()},
            )
        except FileNotFoundError:
            return State()
        except (OSError, ValueError, TypeError, KeyError, AttributeError):
            return State(everything=Stopped(reason="", actor=UNREADABLE, at=""))

    def off(self, reason: str, actor: str, topic: str | None = None) -> State:
        """Stop answers on `topic`, or all; SettingsError when it cannot be written."""
        stopped = Stopped(_line(mask(reason).text, MOST_REASON), _line(actor, MOST_ACTOR), _now())
        if not stopped.reason:
            raise SettingsError("The reason is empty; officers read it, so give one.")
        before = self.state()
        if topic is None:
            after = State(stopped, before.topics)
        else:
            after = State(before.everything, {**before.topics, topic: stopped})
        self._write(after, "off", topic, stopped)
        return after

    def on(self, actor: str, topic: str | None = None) -> State:
        """Answer again on `topic`; without one on everything."""
        before = self.state()
        after = State()
        if topic is not None:
            left = {name: each for name, each in before.topics.items() if name != topic}
            after = State(before.everything, left)
        self._write(after, "on", topic, Stopped("", _line(actor, MOST_ACTOR), _now()))
        return after

    def _write(self, state: State, change: str, topic: str | None, stopped: Stopped) -> None:
        """The log line first: a change nobody can trace must not take effect."""
        line = {"change": change, "topic": topic, **asdict(stopped)}
        content = {
            "everything": asdict(state.everything) if state.everything else None,
            "topics": {name: asdict(each) for name, each in state.topics.items()},
        }
        try:
            self._log.parent.mkdir(parents=True, exist_ok=True)
            with os.fdopen(
                os.open(self._log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600), "a"
            ) as log:
                log.write(json.dumps(line, ensure_ascii=False) + "\n")
            descriptor, staged = tempfile.mkstemp(prefix=".switch-", dir=self._path.parent)
            with os.fdopen(descriptor, "w", encoding="utf-8") as file:
                json.dump(content, file, ensure_ascii=False)
                file.flush()
                os.fsync(file.fileno())
            Path(staged).replace(self._path)
        except OSError as error:
            raise SettingsError(
                f"Cannot write {self._path} ({error.strerror}), so nothing was switched; make "
                "the folder writable, or stop the run with Ctrl-C on `make serve`."
            ) from error


def _line(text: str, most: int) -> str:
    """One line without control or formatting signs, cut to `most` characters."""
    spaced = " ".join(text.split())
    shown = (
        c for c in spaced if not unicodedata.category(c).startswith("C") or c in "\u200c\u200d"
    )
    return "".join(shown)[:most].strip()


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
