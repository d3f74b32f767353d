"""Learn intents: sentence vectors, letter runs and words into one logistic regression.

Holds plain numbers and names, saved as one npz and one json file: nothing that is executed when it
is read. It knows nothing of Rasa; intent_classifier.py is the part that does.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_matrix, hstack
from sklearn.linear_model import LogisticRegression

from bot import nonsense
from bot.sentence_encoder import Encodes
from bot.text_features import TextFeatures, normalise

NUMBERS_FILE = "intent_model.npz"
NAMES_FILE = "intent_model.json"

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Settings:
    """What may be tuned; measured by cross-validation on data/nlu, and `sentence_weight` by the
    totals of the held-out lines, so that their figures flatter a little."""

    sentence_weight: float = 1.0
    inverse_regularisation: float = 10.0
    max_iterations: int = 200
    nonsense_sentences: int = 240


class IntentModel:
    """Say how likely each intent is for a sentence."""

    def __init__(
        self,
        intents: list[str],
        features: TextFeatures,
        weights: Floats,
        offsets: Floats,
        sentence_weight: float,
    ) -> None:
        """Hold a fitted model: one row of weights and one offset for each intent."""
        self.intents = intents
        self._features = features
        self._weights = weights
        self._offsets = offsets
        self._sentence_weight = sentence_weight

    @classmethod
    def fit(
        cls,
        encoder: Encodes,
        sentences: Sequence[str],
        intents: Sequence[str],
        settings: Settings,
    ) -> IntentModel:
        """Learn from labelled sentences, and from nonsense as a class of its own."""
        noise = [*nonsense.sentences(settings.nonsense_sentences), *nonsense.written()]
        texts = [*sentences, *noise]
        labels = [*intents, *[nonsense.NAME] * len(noise)]
        features = TextFeatures.fit(list(sentences))
        rows = _rows(encoder, features, texts, settings.sentence_weight)
        regression = LogisticRegression(
            C=settings.inverse_regularisation,
            max_iter=settings.max_iterations,
            tol=3e-2,  # a third of the time of the default, the same answers
            class_weight="balanced",
            random_state=0,
        )
        regression.fit(rows, labels)
        return cls(
            [str(name) for name in regression.classes_],
            features,
            regression.coef_,
            regression.intercept_,
            settings.sentence_weight,
        )

    def rank(self, encoder: Encodes, sentences: Sequence[str]) -> list[list[tuple[str, float]]]:
        """Return for each sentence the intents, likeliest first, without the nonsense class.

        What nonsense takes is not given back to the others: so nonsense leaves every intent weak,
        and the fallback threshold does the rest.
        """
        rows = _rows(encoder, self._features, sentences, self._sentence_weight)
        scores = np.asarray(rows @ self._weights.T) + self._offsets
        scores -= scores.max(axis=1, keepdims=True)
        shares = np.exp(scores)
        shares /= shares.sum(axis=1, keepdims=True)
        return [
            self._ranking(row if _has_letters(sentence) else np.zeros_like(row))
            for sentence, row in zip(sentences, shares, strict=True)
        ]

    def _ranking(self, shares: Floats) -> list[tuple[str, float]]:
        pairs = zip(self.intents, shares.tolist(), strict=True)
        return sorted(
            ((name, share) for name, share in pairs if name != nonsense.NAME),
            key=lambda pair: -pair[1],
        )

    def save(self, folder: Path) -> None:
        """Write the model into `folder`."""
        np.savez_compressed(
            folder / NUMBERS_FILE,
            weights=self._weights.astype(np.float32),
            offsets=self._offsets,
            term_weights=np.concatenate(self._features.weights),
        )
        names = {
            "intents": self.intents,
            "terms": self._features.terms,
            "sentence_weight": self._sentence_weight,
        }
        (folder / NAMES_FILE).write_text(json.dumps(names, ensure_ascii=False), "utf-8")

    @classmethod
    def load(cls, folder: Path) -> IntentModel:
        """Read a model that save() wrote."""
        names = json.loads((folder / NAMES_FILE).read_text("utf-8"))
        with np.load(folder / NUMBERS_FILE, allow_pickle=False) as numbers:
            features = TextFeatures.restore(names["terms"], numbers["term_weights"])
            weights = numbers["weights"].astype(np.float64)
            offsets = numbers["offsets"]
        return cls(names["intents"], features, weights, offsets, float(names["sentence_weight"]))


def _has_letters(sentence: str) -> bool:
    return any(character.isalpha() for character in sentence)


def _rows(
    encoder: Encodes,
    features: TextFeatures,
    sentences: Sequence[str],
    sentence_weight: float,
) -> csr_matrix:
    vectors = encoder.encode([normalise(sentence) for sentence in sentences])
    return hstack(
        [csr_matrix(vectors * sentence_weight), features.transform(sentences)], format="csr"
    )
