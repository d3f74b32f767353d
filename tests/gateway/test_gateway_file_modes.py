"""What a run writes is its owner's alone: conversations, logs, configuration."""

import os
import stat
import sys
import time
from collections.abc import Callable
from configparser import RawConfigParser
from pathlib import Path

import pytest
from gateway_under_test import settings_for

from deploy import run_config
from deploy.run_config import Ports
from deploy.stack import Stack
from guidebook.settings import Settings

PORTS = Ports(gateway=1, rasa=2, actions=3)


@pytest.fixture
def open_umask() -> object:
    """Whoever starts a run may have the most generous umask."""
    before = os.umask(0)
    yield
    os.umask(before)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return settings_for(tmp_path / "home", tmp_path, tmp_path)


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def written(settings: Settings) -> RawConfigParser:
    config = RawConfigParser()
    config.read(run_config.write(settings, PORTS, Path("model.tar.gz")))
    return config


def test_supervisord_and_every_program_have_a_umask_that_shuts_others_out(
    settings: Settings,
) -> None:
    config = written(settings)
    programs = [name for name in config.sections() if name.startswith("program:")]
    assert len(programs) == 3
    assert {config[name]["umask"] for name in ["supervisord", *programs]} == {"077"}


def test_the_names_that_count_reach_the_gateway(settings: Settings) -> None:
    environment = written(settings)["program:gateway"]["environment"]
    assert 'GUIDEBOOK_ALLOWED_HOSTS="guidebook.test"' in environment


@pytest.mark.usefixtures("open_umask")
def test_an_older_runs_folders_and_tracker_are_closed(settings: Settings) -> None:
    for folder in ("run", "logs"):
        (settings.home / folder).mkdir(parents=True)
    tracker = settings.home / "tracker.db"
    tracker.write_text("")
    assert mode(tracker) == 0o666
    written(settings)
    assert mode(tracker) == 0o600
    assert [mode(settings.home / folder) for folder in ("run", "logs")] == [0o700, 0o700]


@pytest.mark.usefixtures("open_umask")
def test_a_tracker_and_logs_made_by_a_run_are_its_owners_alone(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = run_config.write

    def with_small_programs(settings: Settings, ports: Ports, model: Path) -> Path:
        """The run's own configuration; its programs only write a file where Rasa writes."""
        path = real(settings, ports, model)
        config = RawConfigParser()
        config.read(path)
        code = f"open({str(settings.home / 'tracker.db')!r}, 'a'); print('up', flush=True); input()"
        for name in ("gateway", "actions", "rasa"):
            config[f"program:{name}"]["command"] = f'{sys.executable} -c "{code}"'
            config[f"program:{name}"]["autorestart"] = "false"
        with path.open("w") as file:
            config.write(file)
        return path

    monkeypatch.setattr(run_config, "write", with_small_programs)
    logs = settings.home / "logs"
    names = {"supervisord.log", "gateway.log", "actions.log", "rasa.log"}
    with Stack(settings, Path("model.tar.gz")):
        wait_for(lambda: names <= {path.name for path in logs.glob("*")})
        wait_for((settings.home / "tracker.db").exists)
        modes = {path.name: mode(path) for path in (*logs.iterdir(), settings.home / "tracker.db")}
    assert {modes[name] for name in (*names, "tracker.db")} == {0o600}


def wait_for(condition: Callable[[], bool]) -> None:
    until = time.monotonic() + 20
    while not condition():
        assert time.monotonic() < until, "waited 20 seconds for nothing"
        time.sleep(0.05)
