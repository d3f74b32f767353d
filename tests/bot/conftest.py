"""One trained model and one running bot for the whole run: a Rasa import alone costs seconds."""

from __future__ import annotations

import importlib.util
import logging
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

if importlib.util.find_spec("rasa") is None:
    # This folder belongs to the Rasa environment; another interpreter has nothing to collect here.
    collect_ignore_glob = ["test_*.py"]

os.environ.update(
    RASA_TELEMETRY_ENABLED="false",
    TF_CPP_MIN_LOG_LEVEL="3",
    SQLALCHEMY_SILENCE_UBER_WARNING="1",
    CUDA_VISIBLE_DEVICES="",
)


@pytest.fixture(scope="session")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A home of its own, with the channel's secret in it."""
    from loopback import SECRET

    folder = tmp_path_factory.mktemp("home")
    (folder / "secrets").mkdir()
    (folder / "secrets" / "channel").write_text(SECRET + "\n", "utf-8")
    before = os.environ.get("GUIDEBOOK_HOME")
    os.environ["GUIDEBOOK_HOME"] = str(folder)
    yield folder
    if before is None:
        del os.environ["GUIDEBOOK_HOME"]
    else:
        os.environ["GUIDEBOOK_HOME"] = before


@pytest.fixture(scope="session")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The project's own configuration and data, trained into a temporary folder."""
    folder = tmp_path_factory.mktemp("model")
    os.environ["RASA_CACHE_DIRECTORY"] = str(folder / "cache")
    from rasa.model_training import train
    from rasa.utils.log_utils import configure_structlog

    configure_structlog(logging.INFO)  # as the rasa command does
    before = Path.cwd()
    os.chdir(ROOT)
    try:
        result = train("domain.yml", "config.yml", ["data"], str(folder), fixed_model_name="live")
    finally:
        os.chdir(before)
    assert result.code == 0
    return Path(result.model)


@pytest.fixture(scope="session")
def running(model: Path, home: Path):  # type: ignore[no-untyped-def]  # Loopback imports Rasa
    """Rasa with our channel, listening on loopback."""
    import loopback

    return loopback.start(model, home)


@pytest.fixture
def bot(running):  # type: ignore[no-untyped-def]
    """The running bot with an action server that answers."""
    running.actions.behaviour = "answer"
    running.actions.calls.clear()
    running.loop.call_soon_threadsafe(running.actions.let_go.clear)
    return running
