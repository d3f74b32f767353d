"""Fit request_kinds.py: what sort of request a message is, from the query's embedding.

Learned from lines written for each kind (`evaluation/nets/requests.yml`) against what the corpus is
asked. Every third line is left to the fit of confidence.py, which weighs this judgement with the
evidence and must see it on lines it did not learn. Examination questions and the lines kept apart
play no part.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import yaml

from guidebook.corpus import Corpus
from guidebook.language import writing_of
from guidebook.request_kinds import QUESTION, RequestKinds

READ = {"minilm": frozenset({"en"}), "e5": frozenset({"en", "roman_ur", "ur"})}  # by encoder
PHRASINGS = 1500  # of the corpus, beside the questions written for it
LEFT = 3  # every so many lines are left to the fit of confidence
STRENGTH = 0.03  # inverse of the regularisation of standardised features
SEED = 20261122

Matrix = npt.NDArray[np.float32]
Lines = Mapping[str, Sequence[str]]


@dataclass(frozen=True)
class Fitted:
    """The weights by encoder, and the share of the lines left over that each names rightly."""

    kinds: Mapping[str, RequestKinds]
    right: Mapping[str, float]

    def save(self, path: Path) -> None:
        """Write the numbers alone: no object that runs when it is read."""
        numbers: dict[str, Any] = {}
        for encoder, found in self.kinds.items():
            numbers[f"{encoder}.weights"] = found.weights.astype(np.float32)
            numbers[f"{encoder}.offsets"] = found.offsets.astype(np.float32)
        names = next(iter(self.kinds.values())).kinds
        np.savez_compressed(path, kinds=np.array(names), allow_pickle=False, **numbers)


def read(path: Path) -> Lines:
    """The lines of each kind."""
    found: dict[str, list[str]] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return found


def learned(lines: Lines, corpus: Corpus) -> Lines:
    """What is learned from: two thirds of the lines, and phrasings of the corpus as questions."""
    asked = sorted(phrasing for passage in corpus.passages for phrasing in passage.asked_as)
    order = np.random.default_rng(SEED).permutation(len(asked))
    kept = {
        kind: [text for at, text in enumerate(texts) if at % LEFT] for kind, texts in lines.items()
    }
    return {**kept, QUESTION: [*kept[QUESTION], *(asked[at] for at in order[:PHRASINGS])]}


def left_over(lines: Lines) -> Lines:
    """The other third."""
    return {kind: texts[::LEFT] for kind, texts in lines.items()}


def fit(lines: Lines, apart: Lines, embed: Callable[[Sequence[str], str], Matrix]) -> Fitted:
    """Weights over `lines` for each encoder, judged on `apart`; `embed` takes its name too."""
    kinds = tuple(sorted(lines))
    found, right = {}, {}
    for encoder in READ:
        texts, labels = _shown(lines, kinds, encoder)
        found[encoder] = _regression(kinds, embed(texts, encoder), labels)
        texts, labels = _shown(apart, kinds, encoder)
        scores = embed(texts, encoder) @ found[encoder].weights + found[encoder].offsets
        right[encoder] = float((scores.argmax(axis=1) == labels).mean())
    return Fitted(found, right)


def _regression(
    kinds: tuple[str, ...], vectors: Matrix, labels: npt.NDArray[np.int64]
) -> RequestKinds:
    from sklearn.linear_model import LogisticRegression
    from sklearn.preprocessing import StandardScaler

    scaler = StandardScaler().fit(vectors)
    model = LogisticRegression(C=STRENGTH, max_iter=2000).fit(scaler.transform(vectors), labels)
    weights = model.coef_.T / scaler.scale_[:, None]
    return RequestKinds(kinds, weights, model.intercept_ - scaler.mean_ @ weights)


def _shown(
    lines: Lines, kinds: Sequence[str], encoder: str
) -> tuple[list[str], npt.NDArray[np.int64]]:
    """The lines in the ways of writing that `encoder` reads here, and the number of each kind."""
    shown = [
        (text, number)
        for number, kind in enumerate(kinds)
        for text in lines[kind]
        if writing_of(text) in READ[encoder]
    ]
    return [text for text, _ in shown], np.asarray([number for _, number in shown])
