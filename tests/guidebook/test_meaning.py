"""A message in words nobody wrote down is heard by what it means: the vector the search makes."""

import numpy as np
import pytest

from guidebook.evaluation.fitting_meaning import fit
from guidebook.evaluation.fitting_nets import NONE
from guidebook.library import Library
from guidebook.likeness import Floats, shares_of
from guidebook.meaning import ENCODER, families, meant
from guidebook.myths import myths
from guidebook.signals import Signals
from guidebook.vocabulary import STATUSES

LAW = "how many days does the lab take for a DNA sample"


def test_families_and_kinds_are_those_the_nets_know() -> None:
    assert families().keys() == {"danger", "myth", "support"}
    assert set(families()["myth"].kinds) <= {myth.name for myth in myths()}
    assert set(families()["support"].kinds) <= set(STATUSES)


@pytest.mark.parametrize("family", ["danger", "myth", "support"])
def test_a_question_of_law_means_none(library: Library, family: str) -> None:
    assert library.retriever.meant(LAW, family) is None


@pytest.mark.parametrize("family", ["danger", "myth", "support"])
def test_a_few_words_mean_none_whatever_their_vector(family: str) -> None:
    vector = families()[family].weights[:, 0] * 100
    assert meant("no she is not", vector, family) is None
    assert meant("a line that has more words than that", vector, family) is not None


def test_without_the_encoder_nothing_is_meant(library: Library) -> None:
    retriever = library.retriever
    without = Signals(library.corpus, retriever.index, {})
    assert without.vector(LAW, ENCODER) is None


def test_the_search_keeps_the_vector_that_was_made_for_hearing(library: Library) -> None:
    signals = library.retriever.signals
    made = signals.vector(LAW, ENCODER)
    assert made is signals.vector(LAW, ENCODER)
    assert made is not None
    assert np.allclose(made, signals.embed([LAW], ENCODER)[0], atol=1e-5)


def test_what_is_denied_by_rule_does_not_come_back_by_meaning(library: Library) -> None:
    text = "nobody is in danger now, he beat her and held a knife to her throat last winter"
    assert library.retriever.meant(text, "danger") is not None
    assert not library.hears_danger(text)


def test_a_fit_tells_its_sorts_apart_by_their_vectors() -> None:
    places = {"danger:danger": 0, "myth:no_tears": 1, "support:told_support_victim": 2, NONE: 3}
    examples = {sort: [f"{sort} line with number {n}" for n in range(12)] for sort in places}
    noise = np.random.default_rng(3)

    def embed(texts: list[str]) -> Floats:
        rows = noise.normal(0, 0.1, (len(texts), 4)).astype(np.float32)
        for row, text in zip(rows, texts, strict=True):
            row[places[text.split(" ")[0]]] += 1
        return rows

    fitted = fit(examples, lambda texts: embed(list(texts)))
    assert fitted.families.keys() == {"danger", "myth", "support"}
    for sort, place in places.items():
        vector = np.eye(4, dtype=np.float32)[place]
        family, _, kind = sort.partition(":")
        for name, each in fitted.families.items():
            scores = each.scores(np.arange(4), vector)
            likeliest = max(scores, key=lambda known: scores[known])
            assert (sum(shares_of(scores).values()) > 0.5) == (name == family), (sort, name)
            assert name != family or likeliest == kind
