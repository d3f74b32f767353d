"""Judge the model on lines that another person wrote apart from the training; print the figures.

`held_out/nlu.yml` is copied as it was written. Nobody mends a training line from a line in it: the
test shows shares and counts, and of a failure only the two intents.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import pytest
import yaml
from conftest import ROOT
from rasa.core.agent import Agent

from bot.text_features import normalise

# The goals are 0.92, 0.85 and 0.90. What is held is what was reached: no fall goes unnoticed.
ACCURACY = 0.915
ROMAN_URDU = 0.90
NONSENSE_REFUSED = 0.86
NONSENSE = "nlu_fallback"
SAME_ACTION = {"out_of_scope": "ask_guidance", "nlu_fallback": "ask_guidance"}


@dataclass(frozen=True)
class Verdict:
    """One line, what it means, and what the model heard."""

    text: str
    lang: str
    meant: str
    heard: str

    @property
    def right(self) -> bool:
        return self.meant == self.heard

    @property
    def acted_rightly(self) -> bool:
        """True when the dialogue does what was meant: three intents lead to the same search."""
        meant, heard = (SAME_ACTION.get(name, name) for name in (self.meant, self.heard))
        return meant == heard


def lines() -> list[dict[str, str]]:
    """The lines whose intent the domain has; one that two people wrote alike is not judged."""
    path = Path(__file__).with_name("held_out") / "nlu.yml"
    known = yaml.safe_load((ROOT / "domain.yml").read_text("utf-8"))["intents"]
    rows: list[dict[str, str]] = yaml.safe_load(path.read_text("utf-8"))
    seen = trained()
    return [row for row in rows if row["intent"] in known and normalise(row["text"]) not in seen]


def trained() -> set[str]:
    """Every line Rasa learns from."""
    found = set()
    for path in sorted((ROOT / "data" / "nlu").glob("*.yml")):
        for block in yaml.safe_load(path.read_text("utf-8"))["nlu"]:
            found.update(normalise(line[2:]) for line in block["examples"].splitlines())
    return found


@pytest.fixture(scope="module")
def verdicts(model: Path) -> list[Verdict]:
    agent = Agent.load(str(model))

    async def judge() -> list[Verdict]:
        return [
            Verdict(
                row["text"],
                row["lang"],
                row["intent"],
                (await agent.parse_message(row["text"]))["intent"]["name"],
            )
            for row in lines()
        ]

    return asyncio.run(judge())


def share(found: Iterable[bool]) -> float:
    """The share of true ones."""
    counted = list(found)
    return sum(counted) / max(1, len(counted))


def test_there_is_enough_to_judge() -> None:
    assert len(lines()) >= 300
    assert {row["lang"] for row in lines()} == {"en", "roman_ur", "ur"}


def test_another_persons_messages_are_heard_as_well_as_was_reached(
    verdicts: list[Verdict], capsys: pytest.CaptureFixture[str]
) -> None:
    meant = [verdict for verdict in verdicts if verdict.meant != NONSENSE]
    accuracy = share(verdict.right for verdict in meant)
    roman = share(verdict.right for verdict in meant if verdict.lang == "roman_ur")
    refused = share(verdict.right for verdict in verdicts if verdict.meant == NONSENSE)
    with capsys.disabled():
        print(f"\nwritten apart: {len(meant)} lines, intent {accuracy:.4f}, ", end="")
        print(f"action {share(v.acted_rightly for v in meant):.3f}, nonsense {refused:.3f}")
        for lang in ("en", "roman_ur", "ur"):
            here = [verdict for verdict in meant if verdict.lang == lang]
            print(f"  {lang:9} {share(v.right for v in here):.3f} of {len(here)}")
        for intent, total in Counter(verdict.meant for verdict in meant).items():
            print(f"  {intent:17} {sum(v.right for v in meant if v.meant == intent)} of {total}")
        wrong = Counter((v.meant, v.heard) for v in verdicts if not v.right)
        for (is_meant, is_heard), count in wrong.most_common():
            print(f"  {count:3} {is_meant} heard as {is_heard}")
    what_next = "what to do stands in docs/tasks/add-an-intent.md, in its last table"
    assert accuracy >= ACCURACY, what_next
    assert roman >= ROMAN_URDU, what_next
    assert refused >= NONSENSE_REFUSED, what_next
