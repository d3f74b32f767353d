"""Decide which Rasa model is served, and train one when that is due: `python -m deploy.training`.

A stamp over digests of everything a model is made from says whether training is due. An archive
in `models/` newer than the live one is a maintainer's own `rasa train`: it becomes the live one.
"""

import hashlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from deploy.run_config import QUIET_RASA, RASA_PYTHON
from guidebook.errors import GuidebookError
from guidebook.settings import ROOT

MODELS = ROOT / "models"
LIVE = MODELS / "live.tar.gz"
STAMP = MODELS / "live.json"
INPUTS = ("config.yml", "domain.yml", "data/**/*.yml", "bot/*.py", "requirements/rasa.txt")


class TrainingError(GuidebookError):
    """`rasa train` did not make a model."""


def digest() -> str:
    """Of everything a model is made from."""
    whole = hashlib.sha256()
    for pattern in INPUTS:
        for path in sorted(ROOT.glob(pattern)):
            whole.update(str(path.relative_to(ROOT)).encode() + b"\0" + path.read_bytes())
    try:
        whole.update((MODELS / "encoder" / "manifest.json").read_bytes())
    except OSError as error:
        raise TrainingError(
            f"There is no encoder under {MODELS / 'encoder'}; run `make index`."
        ) from error
    return whole.hexdigest()


def ensure_live() -> str:
    """Make `models/live.tar.gz` the model to serve; the line says what was done."""
    wanted = digest()
    own = newest_own_archive()
    if own is not None:
        _make_live(own, wanted)
        return f"live model: taken from your own training, {own.name}"
    if LIVE.exists() and _stamped() == wanted:
        return "live model: current"
    with tempfile.TemporaryDirectory(prefix=".candidate-", dir=MODELS) as folder:
        _make_live(train(Path(folder)), wanted)
    return "live model: trained"


def newest_own_archive() -> Path | None:
    """The newest archive of a plain `rasa train`, when it is newer than the live model."""
    found = (path for path in MODELS.glob("*.tar.gz") if not path.name.startswith("."))
    archives = [path for path in found if path != LIVE]
    newest = max(archives, key=lambda path: path.stat().st_mtime, default=None)
    if newest is None or (LIVE.exists() and newest.stat().st_mtime <= LIVE.stat().st_mtime):
        return None
    return newest


def train(folder: Path) -> Path:
    """Train into `folder` and return the archive; TrainingError carries Rasa's last lines."""
    command = [str(RASA_PYTHON), "-m", "rasa", "train", "--out", str(folder)]
    command += ["--fixed-model-name", "candidate"]
    if not RASA_PYTHON.exists():
        raise TrainingError("There is no .venv-rasa to train in; run `make setup`.")
    done = subprocess.run(
        command,
        cwd=ROOT,
        env={**os.environ, **QUIET_RASA},
        capture_output=True,
        text=True,
        check=False,
    )
    archive = folder / "candidate.tar.gz"
    if done.returncode != 0 or not archive.exists():
        lines = [line for line in done.stderr.splitlines() if "%|" not in line]
        raise TrainingError(
            "`rasa train` failed; mend this and run again:\n" + "\n".join(lines[-15:])
        )
    return archive


def _make_live(archive: Path, wanted: str) -> None:
    staged = MODELS / ".live.tar.gz"
    shutil.copyfile(archive, staged)
    staged.replace(LIVE)
    STAMP.write_text(json.dumps({"digest": wanted, "from": archive.name}) + "\n")


def _stamped() -> str | None:
    try:
        return str(json.loads(STAMP.read_text())["digest"])
    except (OSError, ValueError, KeyError, TypeError):
        return None


if __name__ == "__main__":
    try:
        print(ensure_live())
    except GuidebookError as error:
        print(error, file=sys.stderr)
        raise SystemExit(2) from None
