"""A small checkout whose Rasa is a few lines: it learns `text: intent` by heart, at once.

What it trains is a real archive, and it answers, plays stories and fails as the real one does from
outside: by files, exit codes and words on standard error.
"""

import os
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from deploy.checkout import Checkout
from deploy.dialogue import Measured
from deploy.digests import Surroundings
from deploy.retraining import Retraining
from guidebook.evaluation.files import write_object

RASA = """#!{python}
import io, json, pathlib, sys, tarfile, yaml
root, words = pathlib.Path.cwd(), sys.argv[2:]
with (root / "asked.log").open("a") as log:
    log.write(" ".join(words[:3]) + "\\n")
trouble = root / "trouble"
if trouble.exists() and words[:2] == ["rasa", trouble.read_text()]:
    print("Epochs: 50%|#####", file=sys.stderr)
    print("The pipeline names an unknown component.", file=sys.stderr)
    raise SystemExit(1)

def learnt(archive):
    with tarfile.open(archive) as model:
        return yaml.safe_load(model.extractfile("learnt.yml").read())

if words[:2] == ["rasa", "train"]:
    folder = pathlib.Path(words[words.index("--out") + 1])
    content = (root / "data/nlu/ask.yml").read_bytes()
    with tarfile.open(folder / "candidate.tar.gz", "w:gz") as model:
        member = tarfile.TarInfo("learnt.yml")
        member.size = len(content)
        model.addfile(member, io.BytesIO(content))
elif words[0] == "bot.predictions":
    known, lines = learnt(words[1]), json.loads(pathlib.Path(words[2]).read_text())
    answers = [[known.get(line, "nlu_fallback"), 0.9] for line in lines]
    pathlib.Path(words[3]).write_text(json.dumps(answers))
elif words[:3] == ["rasa", "test", "core"]:
    assert "--e2e" in words
    known = learnt(words[words.index("--model") + 1])
    folder = pathlib.Path(words[words.index("--out") + 1])
    out = []
    for path in pathlib.Path(words[words.index("--stories") + 1]).rglob("test_*.yml"):
        for story in yaml.safe_load(path.read_text())["stories"]:
            step = story["steps"][0]
            found = known.get(step["user"], "nlu_fallback")
            if found != step["intent"]:
                out.append("- story: " + story["story"] + " (" + str(path) + ")")
                out.append("  steps:")
                out.append("  - intent: " + step["intent"] + "  # predicted: " + found)
    (folder / "failed_test_stories.yml").write_text("\\n".join(out))
"""
DANGER = "he is beating her right now"
LEARNT = {
    "how do i file an fir": "ask_guidance",
    "medical exam time limit": "ask_guidance",
    "hello": "greet",
    "thanks": "thank",
    "he is beating her right now": "report_emergency",
    "is zero fir allowed": "ask_guidance",
}
HELD_OUT = {
    "ask_guidance": ["how do i file an fir", "medical exam time limit"],
    "greet": ["hello"],
    "thank": ["thanks"],
    "report_emergency": ["he is beating her right now"],
    "nonsense": ["qwxz pfkd"],
}
STORIES = {
    "stories": [
        {"story": "A greeting", "steps": [{"user": "hello", "intent": "greet"}]},
        {"story": "Thanks", "steps": [{"user": "thanks", "intent": "thank"}]},
    ]
}
RULES = {
    "rules": [
        {"rule": intent, "steps": [{"intent": intent}, {"action": "action_answer_question"}]}
        for intent in ("ask_guidance", "report_emergency", "nlu_fallback")
    ]
    + [{"rule": "greet", "steps": [{"intent": "greet"}, {"action": "utter_greet"}]}]
}
TODAY = Surroundings(corpus="c" * 64, index="i" * 64, fusion="f" * 64)


@dataclass
class StandInExamination:
    """An examination whose outcome a test sets."""

    figures: dict[str, float | None] = field(default_factory=lambda: {"right": 0.9, "pairs": 0.5})
    missed: dict[str, Sequence[str]] = field(default_factory=lambda: {"right": ["fed-002"]})
    asked: int = 0

    def questions(self) -> list[tuple[str, str]]:
        return [("fed-001", "is zero fir allowed")]

    def depends_on(self) -> Sequence[str]:
        return [repr(sorted(self.figures.items()))]

    def measure(self) -> Measured:
        self.asked += 1
        return Measured(dict(self.figures), dict(self.missed))

    def save_baseline(self, path: Path, reason: str) -> Measured:
        figures = {n: {"value": v, "tolerance": 0.02} for n, v in self.figures.items()}
        development = {"figures": figures, "missed": self.missed, "made_from": {"reason": reason}}
        write_object(path, {"splits": {"development": development}})
        return self.measure()


class SmallCheckout:
    """The files, what a test changes in them, and what was said."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.checkout = Checkout(root)
        self.examination = StandInExamination()
        self.said: list[str] = []
        for name in ("config.yml", "domain.yml", "bot/channel.py", "requirements/rasa.txt"):
            self.write(name, "first: 1\n")
        self.write("models/encoder/manifest.json", "{}\n")
        self.write("data/rules.yml", yaml.safe_dump(RULES))
        self.write("tests/bot/held_out.yml", yaml.safe_dump(HELD_OUT))
        self.write("tests/conversations/test_talk.yml", yaml.safe_dump(STORIES))
        self.teach(LEARNT)
        self.write(".venv-rasa/bin/python", RASA.replace("{python}", sys.executable))
        self.checkout.rasa_python.chmod(0o755)

    def write(self, name: str, text: str) -> Path:
        """A file with its folders."""
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path

    def teach(self, learnt: Mapping[str, str]) -> None:
        """What the next training learns."""
        self.write("data/nlu/ask.yml", yaml.safe_dump(dict(learnt)))

    def teach_without(self, *texts: str, instead: str = "ask_guidance") -> None:
        """As at first, but these lines are taken for something else."""
        self.teach({**LEARNT, **dict.fromkeys(texts, instead)})

    def retraining(self, today: Surroundings = TODAY) -> Retraining:
        """The commands on this checkout; what they say is kept in `said`."""
        self.said.clear()
        return Retraining(self.checkout, self.examination, today, self.said.append)

    def live_lesson(self) -> Any:
        """What the served model has learnt, read from the served archive."""
        import tarfile

        with tarfile.open(self.checkout.live) as model:
            inside = model.extractfile("learnt.yml")
            assert inside is not None
            return yaml.safe_load(inside.read())

    def own_training(self, name: str = "20261122-own.tar.gz", ahead_s: float = 60) -> Path:
        """What a maintainer's plain `rasa train` leaves: an archive newer than every release."""
        import subprocess
        import time

        made = self.root / "made"
        made.mkdir(exist_ok=True)
        command = [str(self.checkout.rasa_python), "-m", "rasa", "train", "--out", str(made)]
        subprocess.run(command, cwd=self.root, check=True)
        own = (made / "candidate.tar.gz").replace(self.checkout.models / name)
        os.utime(own, (time.time() + ahead_s,) * 2)
        return own

    def asked(self) -> list[str]:
        """What Rasa was asked to do since the last look: the first words of each command."""
        log = self.root / "asked.log"
        lines = log.read_text().splitlines() if log.exists() else []
        log.unlink(missing_ok=True)
        return [" ".join(line.split()[:2]) if "rasa" in line else "predict" for line in lines]
