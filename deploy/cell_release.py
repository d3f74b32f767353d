"""One release for all cells: model, documents and index in one file, pulled and checked by each.

`pack` writes `<id>.tar` and `current`, which names it with its digest, into a folder that the cells
can read: shared, copied, or served by the front under /releases/. `pull` takes it into
`<home>/releases/<id>/`; `<home>/current` is a link, moved in one step. Code is not in it: a cell
refuses a release of another version. Which cell pulls when is rolling.py's.
"""

import json
import os
import shutil
import tarfile
import tempfile
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from deploy import digests
from deploy.errors import CellError
from guidebook.settings import Settings

CURRENT = "current"
MANIFEST = "manifest.json"
MODEL = "model.tar.gz"
FETCH_S = 60


@dataclass(frozen=True)
class CellRelease:
    """What a cell serves. `folder` holds the model, the corpus and the index."""

    id: str
    folder: Path

    @property
    def model(self) -> Path:
        """Rasa's archive."""
        return self.folder / MODEL


def pack(settings: Settings, model: Path, target: Path) -> str:
    """Write what this checkout serves into `target`; the id of the release."""
    parts = {MODEL: model.resolve(), "corpus": settings.corpus, "index": settings.index}
    try:
        files = dict(sorted(_files(parts)))
        sums = {name: digests.of_file(path) for name, path in files.items()}
        release_id = digests.of_words(json.dumps(sums))[:16]
        manifest = {"id": release_id, "version": version("guidebook"), "sha256": sums}
        target.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=".packing-", dir=target) as folder:
            listed, packed = Path(folder) / MANIFEST, Path(folder) / "packed.tar"
            listed.write_text(json.dumps(manifest, indent=1), encoding="utf-8")
            with tarfile.open(packed, "w") as archive:
                archive.add(listed, MANIFEST)
                for name, path in files.items():
                    archive.add(path, name)
            packed.chmod(0o644)  # a web server of another account may serve it
            packed.replace(target / f"{release_id}.tar")
        named = f"{release_id} {digests.of_file(target / f'{release_id}.tar')}\n"
        staged = target / f".{CURRENT}.part"
        staged.write_text(named, encoding="ascii")
        staged.replace(target / CURRENT)
    except OSError as error:
        raise CellError(
            f"No release was written to {target} ({error.strerror}: {error.filename}); run "
            "`make train`, look at space and rights of the folder, and run again."
        ) from error
    return release_id


def pull(source: str, home: Path) -> CellRelease:
    """Fetch the current release of `source`, check all of it, and make it this cell's."""
    releases = home / "releases"
    try:
        releases.mkdir(parents=True, exist_ok=True, mode=0o700)
        with tempfile.TemporaryDirectory(prefix=".pulling-", dir=releases) as folder:
            here = Path(folder)
            _fetch(source, CURRENT, here / CURRENT)
            release_id, _, digest = (here / CURRENT).read_text("ascii").strip().partition(" ")
            if not release_id.isalnum():
                raise CellError(f"{source} names no release; pack one there first.")
            target = releases / release_id
            if not (target / MANIFEST).is_file():
                _fetch(source, f"{release_id}.tar", here / "packed.tar")
                if digests.of_file(here / "packed.tar") != digest:
                    raise CellError(f"{release_id}.tar is not what {CURRENT} names; pull again.")
                unpacked = here / "unpacked"
                with tarfile.open(here / "packed.tar") as archive:
                    archive.extractall(unpacked, filter="data")
                _check(unpacked, release_id)
                unpacked.rename(target)
            link = here / "link"
            link.symlink_to(target)
            link.replace(home / CURRENT)
    except (OSError, urllib.error.URLError, tarfile.TarError, ValueError) as error:
        raise CellError(
            f"The release of {source} was not taken ({type(error).__name__}: {error}); "
            "what was served before still is."
        ) from error
    return CellRelease(release_id, target)


def current(home: Path) -> CellRelease | None:
    """What this cell serves; None when it never pulled and serves its checkout."""
    link = home / CURRENT
    return CellRelease(link.resolve().name, link.resolve()) if link.exists() else None


def forget_old(home: Path, keep: int = 3) -> None:
    """Delete all but the latest releases; never the one that is served."""
    served = current(home)
    found = sorted((home / "releases").glob("[!.]*"), key=lambda path: path.stat().st_mtime)
    for path in found[:-keep]:
        if served is None or path.name != served.id:
            shutil.rmtree(path, ignore_errors=True)


def _files(parts: dict[str, Path]) -> Iterator[tuple[str, Path]]:
    for name, path in parts.items():
        if path.is_dir():
            inside = (found for found in path.rglob("*") if found.is_file())
            yield from ((f"{name}/{found.relative_to(path)}", found) for found in inside)
        else:
            yield name, path


def _fetch(source: str, name: str, target: Path) -> None:
    if not source.startswith(("http://", "https://")):
        shutil.copyfile(Path(source) / name, target)
        return
    with (
        urllib.request.urlopen(f"{source.rstrip('/')}/{name}", timeout=FETCH_S) as answer,  # noqa: S310
        target.open("wb") as file,
    ):
        shutil.copyfileobj(answer, file)


def _check(folder: Path, release_id: str) -> None:
    manifest = json.loads((folder / MANIFEST).read_text("utf-8"))
    if manifest["version"] != version("guidebook"):
        raise CellError(
            f"Release {release_id} is of version {manifest['version']} and this cell of "
            f"{version('guidebook')}; bring the cell to that version first."
        )
    found = {
        str(path.relative_to(folder)): digests.of_file(path)
        for path in folder.rglob("*")
        if path.is_file() and path != folder / MANIFEST
    }
    if manifest["id"] != release_id or manifest["sha256"] != found:
        raise CellError(f"Release {release_id} is damaged; pull again.")
    os.sync()
