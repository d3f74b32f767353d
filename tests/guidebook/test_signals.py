"""Each signal gives one value a passage, and only the wanted ones are computed."""

from pathlib import Path

import numpy as np
import pytest

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
    values = signals.of(
        understand(Query("medical")), frozenset({"meaning", "meaning_multi"})
    ).values
    for cosines in values.values():
        assert cosines.min() >= -1.0001
        assert cosines.max() <= 1.0001


def test_words_nobody_wrote_say_nothing(signals: Signals) -> None:
    evidence = signals.of(understand(Query("zxqvw qqxyzw")), frozenset({"words", "best_words"}))
    assert not any(values.any() for values in evidence.values.values())
    assert evidence.coverage == 0.0
