"""Rasa as it comes: its default pipeline and policies, its REST channel, nothing of ours tuned.

A model is trained once for the training data that stands and kept under results/bench/; how long
that took is kept beside it. The server has the same action server behind it as Guidebook's own.
"""

import hashlib
import json
import os
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import yaml

from deploy.ports import free_port
from deploy.run_config import QUIET_RASA, RASA_PYTHON
from deploy.stack import answers
from guidebook.errors import GuidebookError
from guidebook.settings import ROOT

CONFIG = Path(__file__).with_suffix(".yml")
KEPT = ROOT / "results" / "bench"
START_S = 300


@dataclass(frozen=True)
class Trained:
    """A model, and what its training took."""

    archive: Path
    seconds: float
    epochs: int


def train(name: str, config: Path, epochs: int | None = None) -> Trained:
    """The model of `config`, trained afresh unless it was kept; `epochs` for every component."""
    text = config.read_text(encoding="utf-8")
    settings = yaml.safe_load(text)
    for component in (*settings["pipeline"], *settings["policies"]):
        if epochs is not None and "epochs" in component:
            component["epochs"] = epochs
    counted = max((c.get("epochs", 0) for c in settings["pipeline"]), default=0)
    chosen = yaml.safe_dump(settings, sort_keys=False)
    folder = KEPT / f"{name}-{_digest(chosen)}"
    archive, took = folder / "model.tar.gz", folder / "seconds.json"
    if not (archive.is_file() and took.is_file()):
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "config.yml").write_text(chosen, encoding="utf-8")
        command = ["rasa", "train", "--force", "--config", str(folder / "config.yml")]
        command += ["--out", str(folder), "--fixed-model-name", "model"]
        started = time.monotonic()
        _run(command)
        took.write_text(json.dumps(time.monotonic() - started), encoding="utf-8")
    return Trained(archive, json.loads(took.read_text(encoding="utf-8")), counted)


@contextmanager
def serving(
    model: Path, action_port: int, folder: Path, *, keeps: bool = False
) -> Iterator[tuple[str, int]]:
    """A running server on its REST channel: its address and process id. It `keeps` every turn in
    SQLite, or in memory as Rasa does unless told otherwise."""
    port = free_port()
    folder.mkdir()
    (folder / "credentials.yml").write_text("rest:\n", encoding="utf-8")
    endpoints = {"action_endpoint": {"url": f"http://127.0.0.1:{action_port}/webhook"}}
    if keeps:
        database = str(folder / "tracker.db")
        endpoints["tracker_store"] = {"type": "SQL", "dialect": "sqlite", "db": database}
    (folder / "endpoints.yml").write_text(yaml.safe_dump(endpoints), encoding="utf-8")
    command = [str(RASA_PYTHON), "-m", "rasa", "run", "--model", str(model)]
    command += ["--interface", "127.0.0.1", "--port", str(port)]
    command += ["--endpoints", str(folder / "endpoints.yml")]
    command += ["--credentials", str(folder / "credentials.yml")]
    with (folder / "rasa.log").open("w", encoding="utf-8") as log:
        process = subprocess.Popen(
            command, cwd=ROOT, env={**os.environ, **QUIET_RASA}, stdout=log, stderr=log
        )
    try:
        url = f"http://127.0.0.1:{port}"
        until = time.monotonic() + START_S
        while not answers(url + "/webhooks/rest/"):
            if process.poll() is not None or time.monotonic() > until:
                raise GuidebookError(f"Rasa did not start; read {folder / 'rasa.log'}.")
            time.sleep(0.5)
        yield url, process.pid
    finally:
        process.terminate()
        process.wait(timeout=30)


def _digest(config: str) -> str:
    whole = hashlib.sha256(config.encode("utf-8"))
    for path in (ROOT / "domain.yml", *sorted((ROOT / "data").rglob("*.yml"))):
        whole.update(path.read_bytes())
    return whole.hexdigest()[:12]


def _run(command: list[str]) -> None:
    done = subprocess.run(
        [RASA_PYTHON, "-m", *command],
        cwd=ROOT,
        env={**os.environ, **QUIET_RASA},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode != 0:
        raise GuidebookError(f"`{' '.join(command)}` failed:\n{done.stderr[-2000:]}")
