"""Where things stand in one checkout that training, the gate and releases read and write.

`HERE` is the checkout this code runs in; a test makes a small one of its own.
"""

from dataclasses import dataclass
from pathlib import Path

from guidebook.settings import ROOT

HELD_OUT = "tests/bot/held_out.yml"
"""A pattern: the files with the lines the intents are judged by, `nonsense` for what fits none."""


@dataclass(frozen=True)
class Checkout:
    """One checkout of the project."""

    root: Path

    @property
    def rasa_python(self) -> Path:
        """The Python that has Rasa."""
        return self.root / ".venv-rasa" / "bin" / "python"

    @property
    def models(self) -> Path:
        """Where Rasa writes archives, and everything below."""
        return self.root / "models"

    @property
    def live(self) -> Path:
        """What is served: a link to the model of one release."""
        return self.models / "live.tar.gz"

    @property
    def releases(self) -> Path:
        """One folder a release."""
        return self.models / "releases"

    @property
    def candidate(self) -> Path:
        """The folder of the model trained last that is not a release yet."""
        return self.models / "candidate"

    @property
    def conversations(self) -> Path:
        """Stories that `rasa test core` plays."""
        return self.root / "tests" / "conversations"

    @property
    def baselines(self) -> Path:
        """The committed floors: dialogue.json and baseline.json."""
        return self.root / "evaluation" / "baselines"

    @property
    def kept(self) -> Path:
        """Measurements that need not be made twice."""
        return self.root / "results" / "gate"

    def held_out(self) -> list[Path]:
        """The files with the lines the intents are judged by."""
        return sorted(self.root.glob(HELD_OUT))


HERE = Checkout(ROOT)
