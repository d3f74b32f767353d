"""Models that were or may be served: one folder a release, one link to the live one.

`models/releases/<id>/` holds `model.tar.gz` and `manifest.json`. It appears whole or not at all.
`models/live.tar.gz` is a link into one of them, and moving that link is one step of the file
system: whatever fails or is killed before it, the old model stays live. `history.jsonl` notes each
move before it is made. Whether a release may be served is the gate's matter.
"""

import contextlib
import fcntl
import json
import os
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from deploy import digests, rasa_commands
from deploy.checkout import Checkout
from deploy.digests import Surroundings
from deploy.errors import ReleaseError
from guidebook.evaluation.errors import EvaluationError
from guidebook.evaluation.files import read_object, write_object

MODEL = "model.tar.gz"
MANIFEST = "manifest.json"
STAGING = ".making-"


@dataclass(frozen=True)
class Release:
    """One release. `gate` is what the gate found, None when it was never put through it."""

    id: str
    made_at: str
    origin: str
    model_sha256: str
    model_inputs: str
    corpus: str
    index: str
    fusion: str
    commit: str | None = None
    gate: Mapping[str, Any] | None = None

    @property
    def surroundings(self) -> Surroundings:
        """What it was judged with."""
        return Surroundings(self.corpus, self.index, self.fusion)


class Releases:
    """The releases of one checkout."""

    def __init__(self, checkout: Checkout) -> None:
        self._checkout = checkout
        self._folder = checkout.releases
        self._history = self._folder / "history.jsonl"

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Hold the right to change releases; ReleaseError when another process has it."""
        with _told("The releases cannot be changed"):
            self._folder.mkdir(parents=True, exist_ok=True)
            lock = (self._folder / ".lock").open("w")
        with lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError as error:
                raise ReleaseError(
                    "Another training or switch is under way in this checkout; "
                    "wait until it ends, and run again."
                ) from error
            yield

    def all(self) -> list[Release]:
        """Every whole release, oldest first."""
        manifests = self._folder.glob(f"[!.]*/{MANIFEST}")
        found = [release for path in manifests if (release := _read(path)) is not None]
        return sorted(found, key=lambda release: (release.made_at, release.id))

    def get(self, release_id: str) -> Release:
        """The release of this id, or of the one id that begins so."""
        found = [release for release in self.all() if release.id.startswith(release_id)]
        if len(found) != 1 or not release_id:
            raise ReleaseError(
                f'{len(found)} releases begin with "{release_id}"; '
                "see the ids with `guidebook release list`."
            )
        return found[0]

    def model(self, release: Release) -> Path:
        """The release's archive."""
        return self._folder / release.id / MODEL

    def live(self) -> Release | None:
        """The release that is served; None when there is none, or its model is damaged."""
        live = self._checkout.live
        if not live.is_symlink() or not live.exists():
            return None
        release = _read(live.resolve().parent / MANIFEST)
        if release is None or digests.of_file(live) != release.model_sha256:
            return None
        return release

    def make(self, archive: Path, release: Release) -> Release:
        """Copy the archive into a new release; `id` and `model_sha256` are filled in here."""
        digest = digests.of_file(archive)
        made = replace(release, id=self._free_id(release, digest), model_sha256=digest)
        target = self._folder / made.id
        with _told(f"No release could be made of {archive.name}"):
            for left in self._folder.glob(f"{STAGING}*"):  # by a run that was killed
                shutil.rmtree(left, ignore_errors=True)
            staging = Path(tempfile.mkdtemp(prefix=STAGING, dir=self._folder))
            try:
                shutil.copyfile(archive, staging / MODEL)
                _sync(staging / MODEL)
                write_object(staging / MANIFEST, asdict(made))
                staging.chmod(0o755)
                staging.replace(target)
            finally:
                shutil.rmtree(staging, ignore_errors=True)
        return made

    def note(self, release: Release) -> None:
        """Write the release's manifest again, with what the gate found since."""
        with _told(f"The manifest of {release.id} could not be written"):
            write_object(self._folder / release.id / MANIFEST, asdict(release))

    def switch(self, release: Release, reason: str) -> None:
        """Make a release the live one, in one step."""
        model = self.model(release)
        if not model.is_file() or digests.of_file(model) != release.model_sha256:
            raise ReleaseError(
                f"The model of release {release.id} is missing or damaged; "
                "the live model stays. Use another release, or run `make train`."
            )
        before = self.live()
        live = self._checkout.live
        step = {
            "at": now(),
            "from": None if before is None else before.id,
            "to": release.id,
            "reason": reason,
        }
        with _told(f"Release {release.id} could not be made live"):
            with self._history.open("a", encoding="utf-8") as file:
                file.write(json.dumps(step) + "\n")
                file.flush()
                os.fsync(file.fileno())
            staged = live.with_name(f".{live.name}-link")
            staged.unlink(missing_ok=True)
            staged.symlink_to(model.relative_to(live.parent))
            staged.replace(live)
            _sync(live.parent)

    def previous(self) -> Release:
        """What was live before the live one; ReleaseError when that is not known."""
        live = self.live()
        for step in reversed(self._steps()):
            came_from = step.get("from")
            if live and step.get("to") == live.id and came_from not in (None, live.id):
                return self.get(str(came_from))
        raise ReleaseError("No model was live before this one; see `guidebook release list`.")

    def adopt(self, surroundings: Surroundings) -> None:
        """Make a release of a `live.tar.gz` that is a plain file, as somebody copied it there.
        What it was trained from is not known."""
        live = self._checkout.live
        if live.is_symlink() or not live.is_file() or not rasa_commands.is_whole(live):
            return
        made = self.make(live, draft("found as live.tar.gz", "", surroundings))
        self.switch(made, "found as live.tar.gz")

    def _free_id(self, release: Release, digest: str) -> str:
        """Moment and model: `20261122T052445-3fa9c1`."""
        moment = release.made_at.translate({ord("-"): None, ord(":"): None})[:15]
        wanted = free = f"{moment}-{digest[:6]}"
        number = 2
        while (self._folder / free).exists():
            free = f"{wanted}-{number}"
            number += 1
        return free

    def _steps(self) -> list[dict[str, Any]]:
        """The history; a line that a killed run left half is not a step."""
        try:
            lines = self._history.read_text(encoding="utf-8").splitlines()
        except OSError:
            return []
        steps = []
        for line in lines:
            with contextlib.suppress(ValueError):
                steps.append(json.loads(line))
        return [step for step in steps if isinstance(step, dict)]


def draft(
    origin: str, model_inputs: str, surroundings: Surroundings, commit: str | None = None
) -> Release:
    """A release that is not made yet."""
    around = asdict(surroundings)
    return Release("", now(), origin, "", model_inputs, commit=commit, **around)


def with_gate(release: Release, gate: Mapping[str, Any], accepted: str | None) -> Release:
    """The release with what the gate found, and the reason new baselines were accepted for."""
    return replace(release, gate={**gate, "at": now(), "accepted": accepted})


def now() -> str:
    """This moment, to the second, in UTC."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def _read(path: Path) -> Release | None:
    try:
        return Release(**read_object(path))
    except (OSError, TypeError, ValueError, EvaluationError):
        return None  # not a release of this version: it is neither listed nor served


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


@contextmanager
def _told(what: str) -> Iterator[None]:
    """Tell a fault of the disk in one sentence."""
    try:
        yield
    except OSError as error:
        raise ReleaseError(
            f"{what} ({error.strerror}); the live model stays. "
            "Look at space and rights of models/, and run again."
        ) from error
