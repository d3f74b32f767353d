"""The examination as the gate sees it: the development questions, asked of the library.

Asking is `guidebook evaluate run` in a process of its own, so that the command a maintainer types
and the gate are one; its run stays under results/gate-examination for `--explain`.
"""

import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from deploy import digests
from deploy.checkout import Checkout
from deploy.dialogue import Measured
from deploy.errors import GateError
from guidebook.evaluation import places
from guidebook.evaluation.baseline import TOLERANCES, save_baseline
from guidebook.evaluation.cases import cases_of
from guidebook.evaluation.missed import missed
from guidebook.evaluation.qrels import load_qrels
from guidebook.evaluation.questions import questions_digest
from guidebook.evaluation.runs import Run, load_run
from guidebook.evaluation.scoring import Scores, score
from guidebook.settings import Settings

SPLIT = "development"
RUN = "gate-examination"
LAST_LINES = 15
SOURCES = (".py", ".yml", ".json")
"""What the library is made of: code, and the data files beside it."""


class Examination(Protocol):
    """Whatever can examine what is served beside the model."""

    def questions(self) -> list[tuple[str, str]]:
        """Id and text of the questions that a passage ought to answer."""
        ...

    def depends_on(self) -> Sequence[str]:
        """Digests of all that `measure` depends on."""
        ...

    def measure(self) -> Measured:
        """Every headline figure."""
        ...

    def save_baseline(self, path: Path, reason: str) -> Measured:
        """Ask again, make the figures the baseline, and return them."""
        ...


@dataclass(frozen=True)
class LibraryExamination:
    """Asks the library that these settings name, in this checkout."""

    checkout: Checkout
    settings: Settings

    def questions(self) -> list[tuple[str, str]]:
        asked = places.questions(SPLIT)
        return [(q.id, q.judged_turn) for q in asked if q.expect in ("answer", "correct")]

    def depends_on(self) -> Sequence[str]:
        root = self.checkout.root
        library = [path for path in root.glob("guidebook/**/*") if path.suffix in SOURCES]
        around = digests.surroundings(self.settings)
        return (
            around.corpus,
            around.index,
            digests.of_files(root, library),
            digests.of_file(places.QRELS),
            questions_digest(places.questions(SPLIT)),
            self.settings.jurisdiction,
        )

    def measure(self) -> Measured:
        return _measured(self._ask()[0])

    def save_baseline(self, path: Path, reason: str) -> Measured:
        scores, run = self._ask()
        save_baseline(path, scores, run, reason)
        return _measured(scores)

    def _ask(self) -> tuple[Scores, Run]:
        command = "from guidebook.cli import main; main()"
        words = ["evaluate", "run", "--split", SPLIT, "--name", RUN]
        done = subprocess.run(
            [sys.executable, "-c", command, *words],
            cwd=self.checkout.root,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode != 0:
            last = "\n".join(done.stderr.splitlines()[-LAST_LINES:])
            raise GateError(f"The development questions could not be asked:\n{last}")
        run = load_run(places.RESULTS / RUN)
        cases = cases_of(places.questions(SPLIT), load_qrels(places.QRELS), run)
        return score(cases, SPLIT), run


def _measured(scores: Scores) -> Measured:
    values = {name: scores.overall[name].value for name in TOLERANCES}
    return Measured(values, missed(scores.cases))
