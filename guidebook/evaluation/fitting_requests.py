"""Fit request_kinds.py: what sort of request a message is, from the query's embedding.

Learned from lines written for each kind (`evaluation/nets/requests.yml`) against what the corpus is
asked. Every third line is left to the fit of confidence.py, which weighs this judgement with the
evidence and must see it on lines it did not learn. Examination questions and the lines kept apart
play no part.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import yaml

from guidebook.corpus import Corpus
from guidebook.request_kinds import QUESTION, RequestKinds

PHRASINGS = 1500  # of the corpus, beside the questions written for it
LEFT = 3  # every so many lines are left to the fit of confidence
STRENGTH = 0.03  # inverse of the regularisation of standardised features
SEED = 20261122

Matrix = npt.NDArray[np.float32]
Lines = Mapping[str, Sequence[str]]


@dataclass(frozen=True)
class Fitted:
    """The weights, and the share of the lines left over that they name rightly."""

    kinds: RequestKinds
    right: float

    def save(self, path: Path) -> None:
        """Write the numbers alone: no object that runs when it is read."""
        np.savez_compressed(
            path,
            allow_pickle=False,
            kinds=np.array(self.kinds.kinds),
            weights=self.kinds.weights.astype(np.float32),
            offsets=self.kinds.offsets.astype(np.float32),
        )


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


def fit(lines: Lines, apart: Lines, embed: Callable[[Sequence[str]], Matrix]) -> Fitted:
    """Weights over `lines`, judged on `apart`."""
    kinds = tuple(sorted(lines))
    texts, labels = _labelled(lines, kinds)
    found = _regression(kinds, embed(texts), labels)
    texts, labels = _labelled(apart, kinds)
    scores = embed(texts) @ found.weights + found.offsets
    return Fitted(found, float((scores.argmax(axis=1) == labels).mean()))


def _regression(
    kinds: tuple[str, ...], vectors: Matrix, labels: npt.NDArray[np.int64]
) -> RequestKinds:
    from sklearn.linear_model import LogisticRegression
    from sklearn.preprocessing import StandardScaler

    scaler = StandardScaler().fit(vectors)
    model = LogisticRegression(C=STRENGTH, max_iter=2000).fit(scaler.transform(vectors), labels)
    weights = model.coef_.T / scaler.scale_[:, None]
    return RequestKinds(kinds, weights, model.intercept_ - scaler.mean_ @ weights)


def _labelled(lines: Lines, kinds: Sequence[str]) -> tuple[list[str], npt.NDArray[np.int64]]:
    """The lines, and the number of each one's kind."""
    shown = [(text, number) for number, kind in enumerate(kinds) for text in lines[kind]]
    return [text for text, _ in shown], np.asarray([number for _, number in shown])
