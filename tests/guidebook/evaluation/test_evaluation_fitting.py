"""Weights fitted on questions made by known weights are those weights; noise is dropped."""

from collections.abc import Mapping, Sequence

import numpy as np
import pytest
from numpy.typing import NDArray

from guidebook.evaluation import ablation
from guidebook.evaluation.ablation import FOLDS, Row, judged, markdown
from guidebook.evaluation.fitting import Example, fit_weights, fused, rank
from guidebook.signals import Evidence

PASSAGES = 30
NAMES = ("words", "meaning", "letters")
TRUE = {"words": 2.0, "meaning": 1.0, "letters": 0.0}


def held_against(
    signals: Mapping[str, Sequence[float] | NDArray[np.float64]],
    relevant: Sequence[bool],
    priors: Sequence[float] | None = None,
    allowed: Sequence[bool] | None = None,
) -> Example:
    size = len(relevant)
    return Example(
        question="made",
        writing="en",
        evidence=Evidence({}, 1.0, lambda at: 0.0),
        signals={name: np.asarray(values, dtype=np.float32) for name, values in signals.items()},
        priors=np.asarray(priors if priors is not None else [0.0] * size, dtype=np.float32),
        allowed=np.asarray(allowed if allowed is not None else [True] * size),
        relevant=np.asarray(relevant),
        answerable=True,
    )


def made(count: int, seed: int, true: Mapping[str, float] = TRUE) -> list[Example]:
    """Questions whose right passage is drawn with the chances a softmax of `true` gives it."""
    random = np.random.default_rng(seed)
    found = []
    for _ in range(count):
        signals = {name: random.normal(size=PASSAGES) for name in NAMES}
        scores = sum(true[name] * values for name, values in signals.items())
        right = int(np.argmax(scores + random.gumbel(size=PASSAGES)))  # the Gumbel-max draw
        found.append(held_against(signals, [at == right for at in range(PASSAGES)]))
    return found


@pytest.mark.parametrize("seed", range(6))
def test_the_weights_that_made_the_questions_are_found_again(seed: int) -> None:
    found = fit_weights(made(600, seed), (), NAMES)
    assert found["words"] == pytest.approx(2 / 3, abs=0.05)
    assert found["meaning"] == pytest.approx(1 / 3, abs=0.05)
    assert found["letters"] == 0.0
    assert sum(found.values()) == pytest.approx(1.0, abs=0.002)


def test_no_weight_falls_below_nought() -> None:
    found = fit_weights(made(300, seed=2, true=TRUE | {"letters": -1.0}), (), NAMES)
    assert found["letters"] == 0.0
    assert min(found.values()) >= 0.0


def test_practice_counts_beside_the_questions_and_less_than_they_do() -> None:
    questions = made(60, seed=3, true={"words": 2.0, "meaning": 0.0, "letters": 0.0})
    practice = made(60, seed=4, true={"words": 0.0, "meaning": 2.0, "letters": 0.0})
    alone = fit_weights(questions, (), NAMES)
    beside = fit_weights(questions, practice, NAMES)
    assert alone["meaning"] < beside["meaning"] < beside["words"]


def test_a_question_whose_right_passage_may_not_answer_teaches_nothing() -> None:
    questions = made(200, seed=5)
    hopeless = held_against(
        {name: [9.0, *[0.0] * (PASSAGES - 1)] for name in NAMES},
        [True, *[False] * (PASSAGES - 1)],
        allowed=[False, *[True] * (PASSAGES - 1)],
    )
    assert fit_weights([*questions, hopeless], (), NAMES) == fit_weights(questions, (), NAMES)


def test_the_rank_counts_allowed_passages_that_score_higher() -> None:
    signals = {"words": [4.0, 3.0, 2.0, 1.0]}
    weights = {"words": 1.0}
    assert rank(held_against(signals, [False, False, True, False]), weights) == 3
    barred = [False, True, True, True]
    assert rank(held_against(signals, [False, False, True, False], allowed=barred), weights) == 2
    assert rank(held_against(signals, [False, False, True, True]), weights) == 3
    lifted = held_against(signals, [False, False, True, False], priors=[0, 0, 2.5, 0])
    assert rank(lifted, weights) == 1
    assert rank(held_against(signals, [True, False, False, False], allowed=barred), weights) == 0


def test_what_is_fused_is_the_weighted_mean_and_the_priors() -> None:
    item = held_against(
        {"words": [1.0, 0.0], "meaning": [0.0, 1.0]}, [True, False], priors=[0.5, 0.0]
    )
    expected = [3 * 1.0 / 4 + 0.5, 1 * 1.0 / 4]
    assert fused(item, {"words": 3.0, "meaning": 1.0}) == pytest.approx(expected)


def test_a_question_is_never_ranked_by_weights_that_saw_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    questions, practice = made(30, seed=6), made(10, seed=7)
    unseen: list[Example] = []

    def noting(
        seen: Sequence[Example], beside: Sequence[Example], names: Sequence[str]
    ) -> dict[str, float]:
        assert list(beside) == practice
        unseen.extend(item for item in questions if not any(item is one for one in seen))
        return dict.fromkeys(names, 1.0)

    ranked: list[Example] = []

    def ranking(item: Example, weights: Mapping[str, float]) -> int:
        assert any(item is one for one in unseen[len(unseen) - len(questions) // FOLDS :])
        ranked.append(item)
        return 1

    monkeypatch.setattr(ablation, "fit_weights", noting)
    monkeypatch.setattr(ablation, "rank", ranking)
    row = judged("as it is", questions, practice, NAMES)
    assert (row.questions, row.first) == (30, 1.0)
    assert sorted(map(id, ranked)) == sorted(map(id, unseen)) == sorted(map(id, questions))


def test_signals_that_tell_much_are_worth_much() -> None:
    plain = judged("plain", made(100, seed=8), (), NAMES)
    telling = judged("telling", made(100, seed=8, true=TRUE | {"words": 9.0}), (), NAMES)
    assert telling.first >= plain.first + 0.2


def test_the_table_stands_by_way_of_writing_and_keeps_the_order_within() -> None:
    table = markdown(
        [Row("ur", "b", 2, 0.5, 1.0), Row("en", "z", 3, 1.0, 1.0), Row("ur", "a", 2, 0.0, 0.5)]
    )
    assert table.split("\n")[2:] == [
        "| en | z | 3 | 1.000 | 1.000 |",
        "| ur | b | 2 | 0.500 | 1.000 |",
        "| ur | a | 2 | 0.000 | 0.500 |",
    ]
