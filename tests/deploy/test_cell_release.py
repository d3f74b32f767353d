"""A release goes to a cell whole, checked, in one step; what is damaged or unfit goes nowhere."""

import json
import tarfile
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

from deploy.cell_commands import cell
from deploy.cell_release import current, forget_old, pack, pull
from deploy.errors import CellError
from guidebook.errors import GuidebookError
from guidebook.settings import ROOT, Settings


@pytest.fixture
def trained(tmp_path: Path) -> Settings:
    """A corpus and an index of one file each."""
    for name in ("corpus", "index"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "words").write_text(f"{name} one")
    settings = Settings.from_environ({})
    return replace(settings, corpus=tmp_path / "corpus", index=tmp_path / "index")


@pytest.fixture
def model(tmp_path: Path) -> Path:
    """A model is copied and never opened."""
    path = tmp_path / "live.tar.gz"
    path.write_bytes(b"model one")
    return path


def test_a_release_arrives_as_it_was_packed(trained: Settings, model: Path, tmp_path: Path) -> None:
    shelf, home = tmp_path / "shelf", tmp_path / "home"
    packed = pack(trained, model, shelf)
    assert current(home) is None
    assert pull(str(shelf), home).id == packed
    release = current(home)
    assert release is not None
    assert release.id == packed
    assert release.model.read_bytes() == b"model one"
    assert (release.folder / "corpus" / "words").read_text() == "corpus one"
    assert (release.folder / "index" / "words").read_text() == "index one"
    assert pull(str(shelf), home).id == packed  # there already: nothing is fetched again


def test_a_damaged_release_leaves_the_cell_with_what_it_served(
    trained: Settings, model: Path, tmp_path: Path
) -> None:
    shelf, home = tmp_path / "shelf", tmp_path / "home"
    before = pack(trained, model, shelf)
    pull(str(shelf), home)
    model.write_bytes(b"model two")
    after = pack(trained, model, shelf)
    assert after != before
    archive = shelf / f"{after}.tar"
    archive.write_bytes(archive.read_bytes()[:-1] + b"x")
    with pytest.raises(CellError, match="is not what current names"):
        pull(str(shelf), home)
    release = current(home)
    assert release is not None
    assert release.id == before
    assert [path.name for path in (home / "releases").iterdir()] == [before]


def test_a_release_of_another_version_is_refused(
    trained: Settings, model: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pack(trained, model, tmp_path / "shelf")
    monkeypatch.setattr("deploy.cell_release.version", lambda _: "9.9")
    with pytest.raises(CellError, match=r"this cell of 9\.9; bring the cell to that version first"):
        pull(str(tmp_path / "shelf"), tmp_path / "home")


def test_old_releases_go_and_the_served_one_stays(
    trained: Settings, model: Path, tmp_path: Path
) -> None:
    shelf, home = tmp_path / "shelf", tmp_path / "home"
    ids = []
    for number in range(3):
        model.write_bytes(b"model %d" % number)
        ids.append(pack(trained, model, shelf))
        pull(str(shelf), home)
    (home / "current").unlink()
    (home / "current").symlink_to(home / "releases" / ids[0])
    forget_old(home, keep=1)
    left = {path.name for path in (home / "releases").iterdir()}
    assert ids[0] in left
    assert len(left) == 2
    with tarfile.open(shelf / f"{ids[0]}.tar") as archive:  # the shelf keeps every one
        assert "manifest.json" in archive.getnames()


def test_an_index_of_another_corpus_is_not_packed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    index = tmp_path / "index"
    index.mkdir()
    manifest = json.loads((ROOT / "index" / "manifest.json").read_text(encoding="utf-8"))
    manifest["corpus_digest"] = "0" * 64
    (index / "manifest.json").write_text(json.dumps(manifest))
    monkeypatch.setenv("GUIDEBOOK_INDEX", str(index))
    done = CliRunner().invoke(cell, ["pack", str(tmp_path / "shelf")])
    assert isinstance(done.exception, GuidebookError)
    assert "built from another corpus" in str(done.exception)
    assert not (tmp_path / "shelf").exists()
