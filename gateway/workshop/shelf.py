"""The workshop's content as the gateway holds it, watched by watched.py.

Content that no longer loads leaves the last good one in use; `fault` is the first thing to mend,
for the trainer to read.
"""

from collections.abc import Callable
from pathlib import Path

from gateway.watched import Watched
from guidebook.training.content import Training, load_training


class Shelf(Watched[Training]):
    """The quizzes, forms and scenarios; `fault` says why they are not the newest."""

    def __init__(self, folder: Path, look_every: float, monotonic: Callable[[], float]) -> None:
        super().__init__("training", folder, load_training, look_every, monotonic)

    async def current(self) -> Training | None:
        """As Watched has it, but the first load is waited for: no console opens empty."""
        if self.held is None and self.defect is None:
            return await self.latest()
        return await super().current()

    @property
    def fault(self) -> str | None:
        """The first line of what is wrong, with paths as a trainer knows them."""
        if self.defect is None:
            return None
        return str(self.defect).splitlines()[0].replace(f"{self._folder.parent}/", "")
