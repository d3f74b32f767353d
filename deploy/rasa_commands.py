"""Run Rasa's own commands in its own environment: train, validate, predict, converse.

A command that fails becomes one error with Rasa's last lines in it. Nothing is judged here.
"""

import gzip
import json
import os
import re
import subprocess
import tarfile
import tempfile
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml

from deploy.checkout import Checkout
from deploy.errors import GateError, TrainingError
from deploy.run_config import QUIET_RASA
from guidebook.errors import GuidebookError

LAST_LINES = 15
PREDICTED = re.compile(r"#\s*predicted: (.*)")


@dataclass(frozen=True)
class Prediction:
    """The intent a model finds in one line."""

    intent: str
    confidence: float


@dataclass(frozen=True)
class Conversations:
    """How many stories were played, and those that went otherwise, each in one line."""

    total: int
    failed: tuple[str, ...]


def train(checkout: Checkout, folder: Path) -> Path:
    """Train into `folder` and return the archive."""
    command = ["rasa", "train", "--out", str(folder), "--fixed-model-name", "candidate"]
    archive = folder / "candidate.tar.gz"
    _run(checkout, command, TrainingError("`rasa train` failed; mend this and run again:"))
    if not is_whole(archive):
        raise TrainingError("`rasa train` left no whole archive; look at the disk and run again.")
    return archive


def validate(checkout: Checkout) -> None:
    """Let Rasa look for contradictions in domain and training data."""
    _run(checkout, ["rasa", "data", "validate"], TrainingError("`rasa data validate` found this:"))


def predict(checkout: Checkout, model: Path, lines: Sequence[str]) -> list[Prediction]:
    """The model's intent for each line, in order."""
    with tempfile.TemporaryDirectory(prefix="guidebook-predict-") as name:
        asked, answered = Path(name) / "lines.json", Path(name) / "answers.json"
        asked.write_text(json.dumps(list(lines)), encoding="utf-8")
        command = ["bot.predictions", str(model), str(asked), str(answered)]
        _run(checkout, command, GateError(f"{model.name} could not be asked:"))
        found = [Prediction(*pair) for pair in json.loads(answered.read_text(encoding="utf-8"))]
    if len(found) != len(lines):
        raise GateError(f"{model.name} answered {len(found)} of {len(lines)} lines; run it again.")
    return found


def converse(checkout: Checkout, model: Path) -> Conversations:
    """Play the conversations. `--e2e`, as without it Rasa takes each intent from the story."""
    total = sum(
        len(yaml.safe_load(path.read_text(encoding="utf-8"))["stories"])
        for path in checkout.conversations.rglob("test_*.yml")
    )
    with tempfile.TemporaryDirectory(prefix="guidebook-converse-") as folder:
        command = ["rasa", "test", "core", "--e2e", "--no-plot", "--model", str(model)]
        command += ["--stories", str(checkout.conversations), "--out", folder]
        _run(checkout, command, GateError(f"{model.name} could not play the conversations:"))
        failed = Path(folder) / "failed_test_stories.yml"
        if not failed.is_file():
            raise GateError(f"`rasa test core` wrote no result for {model.name}; run it again.")
        return Conversations(total, _failed_stories(failed.read_text(encoding="utf-8"), checkout))


def is_whole(archive: Path) -> bool:
    """True when the archive can be read to its end: a killed training leaves half of one."""
    try:
        with gzip.open(archive) as packed:  # to the end, where the checksum stands
            while packed.read(1 << 20):
                pass
        with tarfile.open(archive, "r:gz") as opened:
            return bool(opened.getnames())
    except (OSError, EOFError, zlib.error, tarfile.TarError):
        return False


def _failed_stories(text: str, checkout: Checkout) -> tuple[str, ...]:
    """Each failed story with what was wrong; files as they are called on every machine."""
    found: list[str] = []
    for line in text.replace(f"{checkout.root}{os.sep}", "").splitlines():
        if line.startswith("- story: "):
            found.append(line.removeprefix("- story: "))
        elif found and (predicted := PREDICTED.search(line)):
            wanted = line.split("#")[0].strip().removeprefix("- ")
            found[-1] += f"; {wanted}, predicted {predicted[1].strip()}"
    return tuple(found)


def _run(checkout: Checkout, command: Sequence[str], failure: GuidebookError) -> None:
    if not checkout.rasa_python.exists():
        raise TrainingError("There is no .venv-rasa to run Rasa in; run `make setup`.")
    done = subprocess.run(
        [str(checkout.rasa_python), "-m", *command],
        cwd=checkout.root,
        env={**os.environ, **QUIET_RASA},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode != 0:
        lines = [line for line in done.stderr.splitlines() if "%|" not in line]
        raise type(failure)(f"{failure}\n" + "\n".join(lines[-LAST_LINES:]))
