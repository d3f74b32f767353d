"""Messages that officers' cases are told in, each known to ask for one passage: for learning alone.

`evaluation/told.yml` maps a passage's id to cases told at length and to follow-ups, whose second
message asks for the passage only after the first. A phrasing of the corpus is a bare question;
these teach the encoder to find the question in a story, and to take the last message as what is
asked. Nothing is judged by them but what is kept back of them.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import yaml

from guidebook.corpus import Corpus
from guidebook.evaluation.errors import EvaluationError

Sort = Literal["case", "follow_up"]


@dataclass(frozen=True)
class Told:
    """One message; `text` of a follow-up is both messages, as the search joins them."""

    passage: str
    sort: Sort
    text: str


def load_told(path: Path, corpus: Corpus) -> tuple[Told, ...]:
    """Every message of the file; EvaluationError names the first thing in it that is not one."""
    try:
        loaded = yaml.safe_load(path.read_text(encoding="utf-8"))
    except yaml.YAMLError as error:
        raise EvaluationError(f"{path} is not YAML: {' '.join(str(error).split())}.") from error
    known = {passage.id for passage in corpus.passages}
    if not isinstance(loaded, dict):
        raise EvaluationError(f"{path} is not a mapping of passages; see evaluation/README.md.")
    for passage in loaded:
        if passage not in known:
            raise EvaluationError(
                f"{path}: the corpus has no passage {passage!r}; rename or delete its messages."
            )
    return tuple(item for passage, told in loaded.items() for item in _of(path, passage, told))


def _of(path: Path, passage: str, told: Any) -> Iterator[Told]:
    if not isinstance(told, dict) or set(told) - {"cases", "follow_ups"}:
        raise EvaluationError(f"{path}: {passage} has something besides cases and follow_ups.")
    for text in told.get("cases", ()):
        if not isinstance(text, str):
            raise EvaluationError(f"{path}: a case of {passage} is {text!r}; write one text.")
        yield Told(passage, "case", text)
    for turns in told.get("follow_ups", ()):
        if not (isinstance(turns, list) and len(turns) == 2 and all(map(_is_text, turns))):
            raise EvaluationError(
                f"{path}: a follow-up of {passage} is {turns!r}; write two texts in a list."
            )
        yield Told(passage, "follow_up", " ".join(turns))


def _is_text(item: object) -> bool:
    return isinstance(item, str)
