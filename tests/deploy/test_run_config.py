"""A run's own configuration names its own ports, store and secrets, and supervisord reads it."""

import os
import shlex
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml
from supervisor.options import ServerOptions

from deploy.run_config import RASA_PYTHON, YIELDING, Ports, write
from deploy.stack import STOP_S
from gateway.__main__ import GRACE_SECONDS
from guidebook.errors import SettingsError
from guidebook.settings import ROOT, Settings

PORTS = Ports(gateway=18080, rasa=15005, actions=15055)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return replace(Settings.from_environ({"GUIDEBOOK_PROVINCE": "sindh"}), home=tmp_path / "home")


def programs_of(config: Path) -> dict[str, Any]:
    """What supervisord itself reads out of its file."""
    options = ServerOptions()
    options.realize(["-c", str(config)])
    groups = list(options.process_group_configs)
    return {process.name: process for group in groups for process in group.process_configs}


@pytest.fixture
def programs(settings: Settings) -> dict[str, Any]:
    return programs_of(write(settings, PORTS, Path("/models/live.tar.gz")))


def test_supervisord_starts_three_programs_and_restarts_a_dead_one(
    programs: dict[str, Any],
) -> None:
    assert sorted(programs) == ["actions", "gateway", "rasa"]
    for process in programs.values():
        assert process.autorestart is not False
        assert process.startretries >= 1000
        assert process.stopasgroup
        assert process.killasgroup
        assert process.directory == str(ROOT)


def test_the_gateway_ends_its_turns_before_what_answers_them_is_stopped(
    programs: dict[str, Any],
) -> None:
    stopped = sorted(programs.values(), key=lambda process: -process.priority)
    assert [process.name for process in stopped] == ["gateway", "rasa", "actions"]
    assert programs["gateway"].stopwaitsecs > GRACE_SECONDS
    assert sum(process.stopwaitsecs for process in stopped) < STOP_S


def test_each_program_has_its_command(programs: dict[str, Any], settings: Settings) -> None:
    run = settings.home / "run"
    assert shlex.split(programs["gateway"].command) == [sys.executable, "-m", "gateway"]
    assert shlex.split(programs["actions"].command) == [
        *YIELDING, sys.executable, "-m", "actions", "--port", "15055",
    ]  # fmt: skip
    assert shlex.split(programs["rasa"].command) == [
        *YIELDING, str(RASA_PYTHON), "-m", "rasa", "run", "--model", "/models/live.tar.gz",
        "--interface", "127.0.0.1", "--port", "15005",
        "--endpoints", str(run / "endpoints.yml"), "--credentials", str(run / "credentials.yml"),
    ]  # fmt: skip


def test_every_program_hears_of_the_runs_places_and_ports(
    programs: dict[str, Any], settings: Settings
) -> None:
    for process in programs.values():
        environment = process.environment
        assert environment["GUIDEBOOK_HOME"] == str(settings.home)
        assert environment["GUIDEBOOK_PROVINCE"] == "sindh"
        assert environment["GUIDEBOOK_RASA_URL"] == "http://127.0.0.1:15005"
        assert environment["GUIDEBOOK_ACTIONS_URL"] == "http://127.0.0.1:15055"
        assert environment["PORT"] == "18080"
    assert programs["rasa"].environment["RASA_TELEMETRY_ENABLED"] == "false"


def test_a_programs_environment_gives_the_settings_back(
    programs: dict[str, Any], settings: Settings
) -> None:
    found = Settings.from_environ(programs["gateway"].environment)
    assert found == replace(
        settings,
        port=PORTS.gateway,
        rasa_url="http://127.0.0.1:15005",
        actions_url="http://127.0.0.1:15055",
    )


@pytest.mark.parametrize(
    "name",
    [
        "plain",
        "a,b",
        "خانہ",
        "with space",
        "100%",
        "it's",
    ],
)
def test_a_folder_of_any_name_works(settings: Settings, tmp_path: Path, name: str) -> None:
    home = tmp_path / name
    programs = programs_of(write(replace(settings, home=home), PORTS, home / "live.tar.gz"))
    assert programs["gateway"].environment["GUIDEBOOK_HOME"] == str(home)
    command = shlex.split(programs["rasa"].command)
    assert command[command.index("--endpoints") + 1] == str(home / "run" / "endpoints.yml")
    assert command[command.index("--model") + 1] == str(home / "live.tar.gz")


def test_rasa_calls_this_runs_action_server_and_keeps_its_own_store(
    programs: dict[str, Any], settings: Settings
) -> None:
    own = yaml.safe_load((settings.home / "run" / "endpoints.yml").read_text())
    plain = yaml.safe_load((ROOT / "endpoints.yml").read_text())
    assert own["action_endpoint"]["url"] == "http://127.0.0.1:15055/webhook"
    assert own["tracker_store"]["db"] == str(settings.home / "tracker.db")
    assert own["tracker_store"]["type"] == plain["tracker_store"]["type"]
    assert own.keys() == plain.keys()


def test_rasas_channel_is_the_repositorys(programs: dict[str, Any], settings: Settings) -> None:
    own = (settings.home / "run" / "credentials.yml").read_bytes()
    assert own == (ROOT / "credentials.yml").read_bytes()


def test_writing_twice_gives_the_same_files(settings: Settings) -> None:
    first = write(settings, PORTS, Path("m")).read_bytes()
    assert write(settings, PORTS, Path("m")).read_bytes() == first


def test_a_home_that_cannot_be_written_is_told_in_one_sentence(
    settings: Settings, tmp_path: Path
) -> None:
    home = tmp_path / "file"
    home.write_text("not a folder")
    with pytest.raises(SettingsError) as caught:
        write(replace(settings, home=home), PORTS, Path("m"))
    assert str(caught.value).startswith(f"Cannot write under {home} (")
    assert str(caught.value).endswith("or set GUIDEBOOK_HOME to a folder that is.")


@pytest.mark.skipif(os.geteuid() != 0, reason="supervisord warns only when it runs as root")
def test_as_root_supervisord_is_told_so(settings: Settings) -> None:
    assert "user = root" in write(settings, PORTS, Path("m")).read_text()
