"""Judge the trained model on messages it never saw; print the figures and hold them."""

from __future__ import annotations

import asyncio
from collections import Counter
from pathlib import Path

import pytest
import yaml
from conftest import ROOT
from rasa.core.agent import Agent

from bot.text_features import normalise

ACCURACY = 0.92
EMERGENCY_RECALL = 0.90
NONSENSE_REFUSED = 0.80
FALSE_ALARMS = 0.05
FALLBACK = "nlu_fallback"
EMERGENCY = "report_emergency"

Verdict = tuple[str, str, str, float]  # text, expected, predicted, confidence


def held_out() -> dict[str, list[str]]:
    path = Path(__file__).with_name("held_out.yml")
    lines: dict[str, list[str]] = yaml.safe_load(path.read_text("utf-8"))
    return lines


@pytest.fixture(scope="module")
def verdicts(model: Path) -> list[Verdict]:
    agent = Agent.load(str(model))

    async def judge() -> list[Verdict]:
        found = []
        for expected, texts in held_out().items():
            for text in texts:
                intent = (await agent.parse_message(text))["intent"]
                found.append((text, expected, intent["name"], intent["confidence"]))
        return found

    return asyncio.run(judge())


def test_held_out_lines_are_not_trained_on() -> None:
    trained = set()
    for path in sorted((ROOT / "data" / "nlu").glob("*.yml")):
        for block in yaml.safe_load(path.read_text("utf-8"))["nlu"]:
            trained.update(normalise(line[2:]) for line in block["examples"].splitlines())
    lines = [text for texts in held_out().values() for text in texts]
    assert not {text for text in lines if normalise(text) in trained}
    assert len(lines) == len(set(lines))


def test_there_is_enough_to_judge() -> None:
    counts = {intent: len(texts) for intent, texts in held_out().items()}
    assert counts.pop("nonsense") >= 30
    assert sum(counts.values()) >= 150


def test_messages_never_seen_are_heard_rightly_often_enough(
    verdicts: list[Verdict], capsys: pytest.CaptureFixture[str]
) -> None:
    meant = [verdict for verdict in verdicts if verdict[1] != "nonsense"]
    right = Counter(expected for _, expected, found, _ in meant if expected == found)
    total = Counter(expected for _, expected, _, _ in meant)
    refused = [found == FALLBACK for _, expected, found, _ in verdicts if expected == "nonsense"]
    alarms = [t for t, expected, found, _ in meant if found == EMERGENCY != expected]
    accuracy = sum(right.values()) / len(meant)
    recall = right[EMERGENCY] / total[EMERGENCY]
    nonsense = sum(refused) / len(refused)
    with capsys.disabled():
        print(f"\nheld out: {len(meant)} messages, accuracy {accuracy:.3f}, ", end="")
        print(f"emergency recall {recall:.3f}, nonsense refused {nonsense:.3f}, ", end="")
        print(f"false alarms {len(alarms)}")
        for intent in total:
            print(f"  {intent:18} {right[intent]:3} of {total[intent]}")
        for text, expected, found, confidence in verdicts:
            if found != expected and not (expected == "nonsense" and found == FALLBACK):
                print(f"  missed: {expected} -> {found} {confidence:.2f}: {text}")
    assert accuracy >= ACCURACY
    assert recall >= EMERGENCY_RECALL
    assert len(alarms) <= FALSE_ALARMS * len(meant)
    assert nonsense >= NONSENSE_REFUSED
