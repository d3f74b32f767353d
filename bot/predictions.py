"""Say which intent a trained model finds in each of many lines: `python -m bot.predictions`.

Arguments: the model's archive, a JSON file with a list of lines, and where to write the answers: a
JSON list of `[intent, confidence]` in the same order. Whether an intent is the right one is judged
elsewhere. A file, not standard output, takes the answers, because Rasa prints there too.
"""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import Sequence
from pathlib import Path

from rasa.core.agent import Agent

Prediction = tuple[str, float]


async def predict(model: Path, lines: Sequence[str]) -> list[Prediction]:
    """Return intent and confidence for each line, in order."""
    agent = Agent.load(str(model))
    found = []
    for line in lines:
        intent = (await agent.parse_message(line))["intent"]
        found.append((str(intent["name"]), float(intent["confidence"])))
    return found


def main() -> None:
    """Read the lines, write the answers."""
    model, lines, answers = (Path(argument) for argument in sys.argv[1:4])
    found = asyncio.run(predict(model, json.loads(lines.read_text("utf-8"))))
    answers.write_text(json.dumps(found), "utf-8")


if __name__ == "__main__":
    main()
