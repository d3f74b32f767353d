"""Each signal gives one value a passage, and only the wanted ones are computed."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from threadpoolctl import threadpool_info

from guidebook.encoder import Embeddings, Encoder
from guidebook.index import load
from guidebook.library import Library, encoders
from guidebook.query import Query, understand
from guidebook.signals import SIGNALS, Signals

EVERY = frozenset(SIGNALS)


@pytest.fixture(scope="module")
def signals(library: Library, real_index: Path) -> Signals:
    loaded = encoders()
    names = [encoder.name for encoder in loaded.values()]
    return Signals(library.corpus, load(real_index, library.corpus, names), loaded)


@pytest.mark.parametrize(
    "text", ["medical examination", "tibbi muaina", "طبی معائنہ", "", "🙂", "x " * 300]
)
def test_every_signal_has_one_finite_value_a_passage(
    signals: Signals, library: Library, text: str
) -> None:
    evidence = signals.of(understand(Query(text)), EVERY)
    assert evidence.values.keys() == set(SIGNALS)
    for name, values in evidence.values.items():
        assert values.shape == (len(library.corpus.passages),), name
        assert np.isfinite(values).all(), name
    assert 0.0 <= evidence.coverage <= 1.0


def test_unwanted_signals_are_left_out(signals: Signals) -> None:
    evidence = signals.of(understand(Query("medical")), frozenset({"words", "best_sounds"}))
    assert evidence.values.keys() == {"words", "best_sounds"}


@pytest.mark.parametrize("name", ["words", "best_words", "letters", "best_letters", "meaning"])
def test_a_passages_own_heading_is_its_best_evidence(
    signals: Signals, library: Library, name: str
) -> None:
    passages = library.corpus.passages
    sample = passages[:: max(1, len(passages) // 25)]
    found = 0
    for passage in sample:
        values = signals.of(understand(Query(passage.heading)), frozenset({name})).values[name]
        found += values[passages.index(passage)] >= np.sort(values)[-5]
    assert found / len(sample) >= 0.8


def test_cosines_lie_between_minus_one_and_one(signals: Signals) -> None:
    values = signals.of(understand(Query("medical")), frozenset({"meaning", "centre"})).values
    for cosines in values.values():
        assert cosines.min() >= -1.0001
        assert cosines.max() <= 1.0001


def test_roman_urdu_and_urdu_of_one_question_mean_nearly_the_same(signals: Signals) -> None:
    wanted = frozenset({"meaning", "consonants"})
    roman = signals.of(understand(Query("larki ka medical kaun karega")), wanted).values
    urdu = signals.of(understand(Query("لڑکی کا میڈیکل کون کرے گا")), wanted).values
    for name in wanted:
        assert np.corrcoef(roman[name], urdu[name])[0, 1] > 0.8, name


class Watched:
    """An encoder that notes on how many cores its thread may compute."""

    def __init__(self, encoder: Encoder) -> None:
        self._encoder = encoder
        self.name = encoder.name
        self.dimension = encoder.dimension
        self.reads = encoder.reads
        self.reads_urdu_script = encoder.reads_urdu_script
        self.threads: set[int] = set()

    def encode_queries(self, texts: Sequence[str]) -> Embeddings:
        self.threads |= {
            pool["num_threads"] for pool in threadpool_info() if pool["user_api"] == "openmp"
        }
        return self._encoder.encode_queries(texts)

    def encode_passages(self, texts: Sequence[str]) -> Embeddings:
        return self._encoder.encode_passages(texts)


def test_each_encoder_computes_on_one_core(library: Library) -> None:
    watched = {name: Watched(encoder) for name, encoder in encoders().items()}
    watching = Signals(library.corpus, library.retriever.index, watched)
    watching.of(understand(Query("medical")), EVERY)
    assert {name: encoder.threads for name, encoder in watched.items()} == {"e5": {1}}


def test_words_nobody_wrote_say_nothing(signals: Signals) -> None:
    evidence = signals.of(understand(Query("zxqvw qqxyzw")), frozenset({"words", "best_words"}))
    assert not any(values.any() for values in evidence.values.values())
    assert evidence.coverage == 0.0
