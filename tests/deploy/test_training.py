"""Training is due when something it is made from changed; a maintainer's own newer model wins."""

import os
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from deploy import training
from deploy.training import TrainingError, digest, ensure_live, newest_own_archive

FILES = {
    "config.yml": "pipeline: []\n",
    "domain.yml": "version: '3.1'\n",
    "data/nlu/ask.yml": "nlu: []\n",
    "data/rules.yml": "rules: []\n",
    "bot/channel.py": "x = 1\n",
    "requirements/rasa.txt": "rasa==3.6.21\n",
    "models/encoder/manifest.json": "{}\n",
}
SUCCEEDS = """#!{python}
import pathlib, sys
folder = pathlib.Path(sys.argv[sys.argv.index("--out") + 1])
(folder / "candidate.tar.gz").write_bytes(b"trained")
"""
FAILS = """#!{python}
import sys
print("Epochs: 50%|#####", file=sys.stderr)
print("The pipeline names an unknown component.", file=sys.stderr)
raise SystemExit(1)
"""


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A small checkout whose Rasa is a few lines that train at once."""
    for name, text in FILES.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    monkeypatch.setattr(training, "ROOT", tmp_path)
    monkeypatch.setattr(training, "MODELS", tmp_path / "models")
    monkeypatch.setattr(training, "LIVE", tmp_path / "models" / "live.tar.gz")
    monkeypatch.setattr(training, "STAMP", tmp_path / "models" / "live.json")
    monkeypatch.setattr(training, "RASA_PYTHON", tmp_path / "rasa-python")
    rasa(tmp_path, SUCCEEDS)
    return tmp_path


def rasa(root: Path, script: str) -> None:
    path = root / "rasa-python"
    path.write_text(script.format(python=sys.executable))
    path.chmod(0o755)


def made_at(path: Path, content: bytes, when: float) -> None:
    path.write_bytes(content)
    os.utime(path, (when, when))


def live(root: Path) -> Path:
    return root / "models" / "live.tar.gz"


@pytest.mark.parametrize("name", FILES)
def test_the_digest_changes_with_every_input(root: Path, name: str) -> None:
    before = digest()
    assert digest() == before
    (root / name).write_text(FILES[name] + "# changed\n")
    assert digest() != before


def test_the_digest_changes_when_an_input_is_added_or_renamed(root: Path) -> None:
    before = digest()
    (root / "data" / "stories.yml").write_text("stories: []\n")
    added = digest()
    (root / "data" / "stories.yml").rename(root / "data" / "other.yml")
    assert len({before, added, digest()}) == 3


def test_the_digest_stays_when_something_else_changes(root: Path) -> None:
    before = digest()
    (root / "README.md").write_text("other")
    (root / "data" / "notes.txt").write_text("other")
    assert digest() == before


def test_a_missing_encoder_is_told_in_one_sentence(root: Path) -> None:
    (root / "models" / "encoder" / "manifest.json").unlink()
    with pytest.raises(TrainingError, match=r"^There is no encoder .*; run `make index`"):
        ensure_live()


def test_the_first_run_trains_and_the_second_does_not(root: Path) -> None:
    assert ensure_live() == "live model: trained"
    assert live(root).read_bytes() == b"trained"
    assert ensure_live() == "live model: current"


def test_nothing_is_left_behind_by_training(root: Path) -> None:
    ensure_live()
    names = sorted(path.name for path in (root / "models").iterdir())
    assert names == ["encoder", "live.json", "live.tar.gz"]


@pytest.mark.parametrize(
    "change",
    [
        lambda root: (root / "domain.yml").write_text("changed"),
        lambda root: live(root).unlink(),
        lambda root: (root / "models" / "live.json").unlink(),
        lambda root: (root / "models" / "live.json").write_text("{"),
        lambda root: (root / "models" / "live.json").write_text("[]"),
    ],
)
def test_training_is_due_after_a_change(root: Path, change: Callable[[Path], object]) -> None:
    ensure_live()
    change(root)
    assert ensure_live() == "live model: trained"


def test_a_maintainers_own_newer_archive_becomes_the_live_one_once(root: Path) -> None:
    ensure_live()
    own = root / "models" / "20261122-own.tar.gz"
    made_at(own, b"own", live(root).stat().st_mtime + 10)
    assert newest_own_archive() == own
    assert ensure_live() == "live model: taken from your own training, 20261122-own.tar.gz"
    assert live(root).read_bytes() == b"own"
    os.utime(own, (live(root).stat().st_mtime - 10,) * 2)
    assert ensure_live() == "live model: current"


def test_the_newest_of_several_own_archives_is_taken(root: Path) -> None:
    for name, when in (("a.tar.gz", 1000), ("b.tar.gz", 3000), ("c.tar.gz", 2000)):
        made_at(root / "models" / name, name.encode(), when)
    found = newest_own_archive()
    assert found is not None
    assert found.name == "b.tar.gz"


def test_an_older_own_archive_is_left_alone(root: Path) -> None:
    ensure_live()
    made_at(root / "models" / "old.tar.gz", b"old", live(root).stat().st_mtime - 10)
    assert newest_own_archive() is None
    assert ensure_live() == "live model: current"


def test_a_half_copied_archive_of_a_killed_run_is_never_served(root: Path) -> None:
    ensure_live()
    made_at(root / "models" / ".live.tar.gz", b"half", live(root).stat().st_mtime + 10)
    assert newest_own_archive() is None
    assert ensure_live() == "live model: current"


def test_a_failed_training_says_rasas_last_lines_and_keeps_the_old_model(root: Path) -> None:
    ensure_live()
    rasa(root, FAILS)
    (root / "domain.yml").write_text("changed")
    with pytest.raises(TrainingError) as caught:
        ensure_live()
    assert str(caught.value) == (
        "`rasa train` failed; mend this and run again:\nThe pipeline names an unknown component."
    )
    assert live(root).read_bytes() == b"trained"


def test_a_missing_rasa_environment_is_told_in_one_sentence(root: Path) -> None:
    (root / "rasa-python").unlink()
    with pytest.raises(TrainingError, match=r"^There is no .venv-rasa .*; run `make setup`"):
        ensure_live()
