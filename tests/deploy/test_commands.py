"""`guidebook release` and `guidebook backup` are joined to the command by entry points alone."""

import os
import subprocess
import sys
import tomllib
from importlib.metadata import EntryPoint
from pathlib import Path

import click
import pytest

from deploy.doctor import PARTS
from guidebook.settings import ROOT

GROUP = "guidebook.commands"


def declared() -> dict[str, str]:
    """What pyproject.toml tells an installer."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    found: dict[str, str] = project["entry-points"][GROUP]
    return found


@pytest.fixture
def installed(tmp_path: Path) -> Path:
    """A folder with the metadata an installer writes from pyproject.toml."""
    folder = tmp_path / "site" / "guidebook-0.1.0.dist-info"
    folder.mkdir(parents=True)
    (folder / "METADATA").write_text("Metadata-Version: 2.1\nName: guidebook\nVersion: 0.1.0\n")
    lines = [f"{name} = {target}" for name, target in declared().items()]
    (folder / "entry_points.txt").write_text("\n".join([f"[{GROUP}]", *lines]) + "\n")
    return folder.parent


def guidebook(site: Path, home: Path, *words: str) -> "subprocess.CompletedProcess[str]":
    environ = {
        **os.environ,
        "PYTHONPATH": os.pathsep.join([str(ROOT), str(site)]),
        "GUIDEBOOK_HOME": str(home),
    }
    command = "from guidebook.cli import main; main(prog_name='guidebook')"
    return subprocess.run(
        [sys.executable, "-c", command, *words],
        cwd=ROOT,
        env=environ,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize("name", sorted(declared()))
def test_each_declared_command_is_one(name: str) -> None:
    loaded = EntryPoint(name, declared()[name], GROUP).load()
    assert isinstance(loaded, click.Command)
    assert loaded.name == name


def test_help_lists_the_joined_commands_beside_our_own(installed: Path, tmp_path: Path) -> None:
    done = guidebook(installed, tmp_path, "--help")
    assert done.returncode == 0, done.stderr
    listed = [line.split()[0] for line in done.stdout.partition("Commands:\n")[2].splitlines()]
    assert {"release", "backup", "corpus", "index", "answer"} <= set(listed)
    assert listed == sorted(listed)


def test_backup_and_restore_by_command(installed: Path, tmp_path: Path) -> None:
    home, other = tmp_path / "home", tmp_path / "other"
    done = guidebook(installed, home, "backup", "make")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == f"There is nothing to back up under {home}; check GUIDEBOOK_HOME.\n"
    (home / "secrets").mkdir(parents=True)
    (home / "secrets" / "session").write_text("secret\n")
    done = guidebook(installed, home, "backup", "make")
    assert done.returncode == 0, done.stderr
    (archive,) = (home / "backups").iterdir()
    assert done.stdout == f"{archive}: no database yet, 1 secrets; no conversation\n"
    done = guidebook(installed, other, "backup", "restore", str(archive))
    assert done.returncode == 0, done.stderr
    assert (other / "secrets" / "session").read_text() == "secret\n"
    assert f"Setting differs: home = {other} (then: home = {home})" in done.stdout


def test_an_unknown_release_is_one_sentence(installed: Path, tmp_path: Path) -> None:
    done = guidebook(installed, tmp_path, "release", "use", "--anyway", "because")
    assert done.returncode == 2
    assert "--anyway needs the ID of a release." in done.stderr


def test_the_doctor_says_of_each_part_ok_or_the_remedy(installed: Path, tmp_path: Path) -> None:
    done = guidebook(installed, tmp_path / "nowhere", "doctor")
    lines = [line.split() for line in done.stdout.splitlines()]
    assert [line[1] for line in lines] == [part.__name__ for part in PARTS]
    assert {line[0] for line in lines} <= {"ok", "FAULT"}
    (home,) = [line for line in lines if line[1] == "home"]
    assert home[0] == "FAULT"
    assert "GUIDEBOOK_HOME" in home
    assert done.returncode == 2
