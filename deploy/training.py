"""Find the candidate: the model that stands here and is not a release yet, trained when due.

An archive that a plain `rasa train` left in models/ is a maintainer's own and goes first when it is
newer than every release. Else training is due when nothing was made from the inputs as they stand.
A refused candidate is kept, so that refusing it again costs no training. Judging is the gate's.
"""

import contextlib
import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from deploy import digests, rasa_commands
from deploy.checkout import HERE, Checkout
from deploy.errors import TrainingError
from deploy.releases import Releases
from guidebook.evaluation.errors import EvaluationError
from guidebook.evaluation.files import read_object, write_object

LIVE = HERE.live
NOTE = "candidate.json"


@dataclass(frozen=True)
class Candidate:
    """A model that might become a release."""

    archive: Path
    model_inputs: str
    origin: str
    own: bool


class Training:
    """Candidates of one checkout. `say` is told what takes long before it begins."""

    def __init__(self, checkout: Checkout, say: Callable[[str], None]) -> None:
        self._checkout = checkout
        self._releases = Releases(checkout)
        self._say = say

    def candidate(self, inputs: str) -> Candidate | None:
        """The maintainer's own archive, or one trained from these inputs; None when a release
        was made from them already."""
        own = self.newest_own_archive()
        if own is not None and self._set_aside(own) in (None, inputs):
            return Candidate(own, inputs, f"own training, {own.name}", own=True)
        if any(release.model_inputs == inputs for release in self._releases.all()):
            return None
        return Candidate(self._trained(inputs), inputs, "trained here", own=False)

    def newest_own_archive(self) -> Path | None:
        """The newest archive of a plain `rasa train`, when it is newer than every release and
        none of them."""
        found = [
            path
            for path in self._checkout.models.glob("[!.]*.tar.gz")
            if path != self._checkout.live and path.is_file()
        ]
        newest = max(found, key=lambda path: path.stat().st_mtime, default=None)
        if newest is None:
            return None
        releases = self._releases.all()
        last = max((_moment(release.made_at) for release in releases), default=0.0)
        if newest.stat().st_mtime <= last:
            return None
        if not rasa_commands.is_whole(newest):
            self._say(f"{newest.name} is not a whole archive and is left alone; train again.")
            return None
        digest = digests.of_file(newest)
        known = any(release.model_sha256 == digest for release in releases)
        return None if known else newest

    def set_aside(self, candidate: Candidate) -> None:
        """Note that an own archive was refused, so that changed inputs are trained after it."""
        if candidate.own:
            whole = {digests.of_file(candidate.archive): candidate.model_inputs}
            write_object(self._checkout.candidate / "refused.json", whole)

    def forget(self, candidate: Candidate) -> None:
        """Remove the kept candidate once it is a release; an own archive is its owner's."""
        if not candidate.own:
            shutil.rmtree(self._checkout.candidate, ignore_errors=True)

    def _set_aside(self, archive: Path) -> str | None:
        try:
            whole = read_object(self._checkout.candidate / "refused.json")
        except (OSError, EvaluationError):
            return None
        found = whole.get(digests.of_file(archive))
        return None if found is None else str(found)

    def _trained(self, inputs: str) -> Path:
        """The kept candidate when it was made from these inputs, else a new one in its place."""
        folder = self._checkout.candidate
        archive = folder / "candidate.tar.gz"
        with contextlib.suppress(OSError, EvaluationError, KeyError):
            made_from = read_object(folder / NOTE)["model_inputs"]
            if made_from == inputs and rasa_commands.is_whole(archive):
                return archive
        self._say("Training ...")
        try:
            folder.mkdir(parents=True, exist_ok=True)
            with tempfile.TemporaryDirectory(prefix=".training-", dir=folder.parent) as made:
                trained = rasa_commands.train(self._checkout, Path(made))
                (folder / NOTE).unlink(missing_ok=True)  # until the new one stands
                shutil.move(trained, archive)
            write_object(folder / NOTE, {"model_inputs": inputs})
        except OSError as error:
            raise TrainingError(
                f"The model could not be kept under {folder} ({error.strerror}); "
                "look at space and rights of models/, and run again."
            ) from error
        return archive


def _moment(text: str) -> float:
    return datetime.fromisoformat(text).timestamp()
