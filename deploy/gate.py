"""Judge a candidate against the committed baselines before it may be served.

The quick gate looks at the model: held-out lines, danger, conversations, and whether questions
reach the search. The full gate also asks the development questions, which looks at corpus, index
and weights. What was measured is kept by the digest of all it depends on, so that the same thing is
never measured twice; the comparison is made afresh each time.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Literal

from deploy import dialogue, dialogue_baseline, digests, rasa_commands
from deploy.checkout import Checkout
from deploy.dialogue import Measured
from deploy.examination import Examination
from deploy.kept import Kept
from guidebook.evaluation.baseline import Drop, drops_of, load_baseline, load_missed

Kind = Literal["quick", "full"]
SHOWN = 20
"""Cases printed for one figure; all of them stand in results/gate."""


@dataclass(frozen=True)
class Fall:
    """A figure that fell, and the cases against it: `new` ones the baseline did not have."""

    part: str
    drop: Drop
    new: tuple[str, ...]
    known: int

    def lines(self) -> list[str]:
        """The figure, then its cases."""
        found = [f"  {self.part} {self.drop}"]
        found += [f"      {case}" for case in self.new[:SHOWN]]
        if len(self.new) > SHOWN:
            found.append(f"      and {len(self.new) - SHOWN} more")
        if self.known:
            found.append(f"      beside {self.known} that the baseline missed too")
        return found


@dataclass(frozen=True)
class Verdict:
    """What the gate found. `notes` say what a reader must know to trust it."""

    kind: Kind
    dialogue: Measured
    examination: Measured | None
    falls: tuple[Fall, ...]
    notes: tuple[str, ...] = ()

    @property
    def passed(self) -> bool:
        """No figure fell by more than is tolerated."""
        return not self.falls

    def lines(self) -> list[str]:
        """For people: every figure, or what fell and the cases."""
        parts = [self.dialogue, *([self.examination] if self.examination else [])]
        size = sum(len(part.figures) for part in parts)
        if self.passed:
            return [*self.notes, f"{self.kind} gate: passed, none of {size} figures fell"]
        head = f"{self.kind} gate: REFUSED, {len(self.falls)} of {size} figures fell"
        return [*self.notes, head, *(line for fall in self.falls for line in fall.lines())]

    def to_json(self) -> dict[str, Any]:
        """What a release keeps of it."""
        whole: dict[str, Any] = {"kind": self.kind, "passed": self.passed}
        whole["dialogue"] = dict(self.dialogue.figures)
        if self.examination is not None:
            whole["examination"] = dict(self.examination.figures)
        return whole


class Gate:
    """Judges models of one checkout. `say` is told what takes long before it begins."""

    def __init__(
        self, checkout: Checkout, examination: Examination, say: Callable[[str], None]
    ) -> None:
        self._checkout = checkout
        self._examination = examination
        self._say = say
        self._kept = Kept(checkout.kept)

    def judge(self, model: Path, kind: Kind) -> Verdict:
        """Compare the model, and in full what it is served with, against the baselines."""
        baseline = dialogue_baseline.load(self._checkout.baselines / dialogue_baseline.NAME)
        measured = self.measure(model)
        falls = _falls("dialogue", measured, baseline.figures, baseline.missed)
        notes: tuple[str, ...] = ()
        if baseline.held_out != self.held_out_digest():
            notes = ("The held-out lines changed since the baseline was recorded.",)
        examined = None
        if kind == "full":
            examined = self._examine()
            path = self._checkout.baselines / "baseline.json"
            floor = load_baseline(path, "development")
            missed = load_missed(path, "development")
            falls += _falls("examination", examined, floor, missed)
        return Verdict(kind, measured, examined, tuple(falls), notes)

    def measure(self, model: Path) -> Measured:
        """The figures of a model."""
        checkout = self._checkout
        lines = dialogue.lines_of(checkout, self._examination.questions())
        common = (
            digests.of_file(model),
            digests.encoder(checkout),
            digests.of_files(checkout.root, checkout.root.glob("bot/*.py")),
        )

        def predict() -> Any:
            self._say(f"Asking the model {len(lines.texts)} lines ...")
            found = rasa_commands.predict(checkout, model, lines.texts)
            return [asdict(prediction) for prediction in found]

        def converse() -> Any:
            self._say("Playing the conversations ...")
            return asdict(rasa_commands.converse(checkout, model))

        asked = self._kept.ensure("predictions", (*common, *lines.texts), predict)
        stories = digests.of_files(checkout.root, checkout.conversations.rglob("*.yml"))
        played = self._kept.ensure("conversations", (*common, stories), converse)
        return dialogue.figures(
            lines,
            [rasa_commands.Prediction(**item) for item in asked],
            rasa_commands.Conversations(played["total"], tuple(played["failed"])),
            dialogue.searching_intents(checkout.root / "data" / "rules.yml"),
        )

    def held_out_digest(self) -> str:
        """Of the lines the intents are judged by."""
        return digests.of_files(self._checkout.root, self._checkout.held_out())

    def accept(self, model: Path, recorded: Mapping[str, Any]) -> Verdict:
        """Make what this model reaches the new baselines; the verdict is against the new ones."""
        measured = self.measure(model)
        self._say("Asking the development questions ...")
        examined = self._examination.save_baseline(
            self._checkout.baselines / "baseline.json", str(recorded["reason"])
        )
        self._kept.keep("examination", self._examination.depends_on(), asdict(examined))
        path = self._checkout.baselines / dialogue_baseline.NAME
        whole = {**recorded, "held_out": self.held_out_digest()}
        dialogue_baseline.save(path, whole, measured)
        return self.judge(model, "full")

    def _examine(self) -> Measured:
        def examine() -> Any:
            self._say("Asking the development questions ...")
            return asdict(self._examination.measure())

        found = self._kept.ensure("examination", self._examination.depends_on(), examine)
        return Measured(found["figures"], found["missed"])


def _falls(
    part: str,
    measured: Measured,
    baseline: Mapping[str, Any],
    missed: Mapping[str, Sequence[str]],
) -> list[Fall]:
    falls = []
    for drop in drops_of(measured.figures, baseline):
        against = measured.missed.get(drop.name, ())
        # A case is the same when its text is: what it was taken for may have changed.
        before = {case.partition(" -> ")[0] for case in missed.get(drop.name, ())}
        new = tuple(case for case in against if case.partition(" -> ")[0] not in before)
        falls.append(Fall(part, drop, new, len(against) - len(new)))
    return falls
