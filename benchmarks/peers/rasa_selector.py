"""Rasa's own way to answer frequent questions: a ResponseSelector trained on phrasings.

Runs in Rasa's environment. A passage is a retrieval intent, its texts are the examples, the
pipeline is Rasa's default without intent classification: there is one kind of question here.
It has some phrasings of each passage, evenly spread, and 33 epochs: on two cores these took 13
minutes for 630 passages on 22 November 2026. They did not suffice: its loss stayed at 6.3, the
logarithm of the number of passages. Rasa's letter runs are left out, as with them it stayed at
chance over 100 epochs on fewer passages too; with words alone 42 passages had been learnt. A model
is kept in `folder` and used again for the same texts.
"""

import asyncio
import json
import sys
from pathlib import Path

from benchmarks.peers.lines import Found, Search, serve

TEXTS_A_PASSAGE = 6
PIPELINE = """
recipe: default.v1
assistant_id: selector
language: en
pipeline:
  - name: WhitespaceTokenizer
  - name: RegexFeaturizer
  - name: LexicalSyntacticFeaturizer
  - name: CountVectorsFeaturizer
  - name: ResponseSelector
    retrieval_intent: faq
    epochs: 33
policies: []
"""


def build(texts: list[str], folder: Path) -> Search:
    """Write the training data, train unless that was done, load."""
    import rasa
    from rasa.core.agent import Agent

    listed = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    first: dict[str, int] = {}
    examples: dict[str, list[str]] = {}
    for number, (owner, text) in enumerate(listed):
        first.setdefault(owner, number)
        line = " ".join(text.replace("[", "(").replace("]", ")").split())
        examples.setdefault(owner, []).append(f"- {line}")
    blocks = [
        f"- intent: faq/p{first[owner]}\n  examples: |\n    " + "\n    ".join(spread(lines))
        for owner, lines in examples.items()
    ]
    data = "\n".join(['version: "3.1"', "nlu:", *blocks]) + "\n"
    (folder / "nlu.yml").write_text(data, encoding="utf-8")
    responses = {f"utter_faq/p{first[owner]}": [{"text": owner}] for owner in examples}
    domain = {"version": "3.1", "intents": ["faq"], "responses": responses}
    (folder / "domain.yml").write_text(json.dumps(domain), encoding="utf-8")
    (folder / "config.yml").write_text(PIPELINE)
    model = folder / "selector.tar.gz"
    if not model.is_file():
        named = [str(folder / name) for name in ("domain.yml", "config.yml")]
        rasa.train(
            *named, [str(folder / "nlu.yml")], output=str(folder), fixed_model_name="selector"
        )
    agent = Agent.load(str(model))
    loop = asyncio.new_event_loop()

    def search(text: str, limit: int) -> Found:
        parsed = loop.run_until_complete(agent.parse_message(text))
        ranking = parsed["response_selector"]["faq"]["ranking"]
        return [
            (int(found["intent_response_key"].partition("/p")[2]), found["confidence"])
            for found in ranking
        ]

    return search


def spread(lines: list[str]) -> list[str]:
    """At most TEXTS_A_PASSAGE of them, evenly spread, the first among them."""
    step = max(1, -(-len(lines) // TEXTS_A_PASSAGE))
    return lines[::step]


if __name__ == "__main__":
    serve(build)
