"""Whitening brings phrasings of one passage together, and passages apart."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from guidebook.whitening import SHRINKAGE, Matrix, centres_of, fit_whitening

DIMENSION = 8
CLASSES, MEMBERS = 12, 9
OWNERS = np.repeat(np.arange(CLASSES), MEMBERS)


def phrasings(seed: int, style: float) -> Matrix:
    """Members of each class differ along two directions, by `style`; classes along the others."""
    random = np.random.default_rng(seed)
    meant = np.zeros((CLASSES, DIMENSION))
    meant[:, 2:] = random.normal(size=(CLASSES, DIMENSION - 2))
    put = random.normal(scale=0.1, size=(len(OWNERS), DIMENSION))
    put[:, :2] *= 10 * style
    turned, _ = np.linalg.qr(random.normal(size=(DIMENSION, DIMENSION)))
    return np.asarray((meant[OWNERS] + put) @ turned, dtype=np.float32)


def within_over_between(vectors: Matrix) -> float:
    """Spread of members round their class's centre, over spread of the centres."""
    centres = centres_of(vectors, OWNERS, CLASSES)
    within = np.square(vectors - centres[OWNERS]).sum(axis=1).mean()
    between = np.square(centres - centres.mean(axis=0)).sum(axis=1).mean()
    return float(within / between)


@settings(deadline=None, max_examples=30)
@given(st.integers(0, 10_000), st.floats(1.0, 5.0))
def test_classes_draw_together_compared_with_what_parts_them(seed: int, style: float) -> None:
    vectors = phrasings(seed, style)
    whitening = fit_whitening(vectors, OWNERS, CLASSES)
    turned = np.asarray((vectors - whitening.mean) @ whitening.matrix, dtype=np.float32)
    assert within_over_between(turned) < 0.7 * within_over_between(vectors)


def test_a_phrasing_never_seen_finds_its_class_more_often() -> None:
    seen = np.arange(len(OWNERS)) % MEMBERS != 0
    gains = []
    for seed in range(20):
        vectors = phrasings(seed, 4.0)
        whitening = fit_whitening(vectors[seen], OWNERS[seen], CLASSES)
        unit = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
        gains.append(found(whitening(vectors), seen) - found(unit, seen))
    assert np.mean(gains) >= 0.1


def found(vectors: Matrix, seen: NDArray[np.bool_]) -> float:
    """Share of those not `seen` whose nearest seen neighbour is of their class."""
    nearest = np.argmax(vectors[~seen] @ vectors[seen].T, axis=1)
    return float((OWNERS[seen][nearest] == OWNERS[~seen]).mean())


def test_the_scale_of_each_direction_is_that_of_the_formula() -> None:
    # Two classes of two, which differ within along the first axis alone, by one each way: the
    # within-class covariance is diag(1, 0), its mean variance 1/2, so in mean variances diag(2, 0).
    vectors = np.asarray([[1, 5], [-1, 5], [1, -5], [-1, -5]], dtype=np.float32)
    whitening = fit_whitening(vectors, np.asarray([0, 0, 1, 1]), 2)
    expected = np.diag([(2 + SHRINKAGE) ** -0.5, SHRINKAGE**-0.5])
    assert whitening.mean == pytest.approx(np.zeros(2))
    assert whitening.matrix == pytest.approx(expected, abs=1e-6)


def test_it_can_be_undone() -> None:
    vectors = phrasings(3, 2.0)
    whitening = fit_whitening(vectors, OWNERS, CLASSES)
    turned = (vectors - whitening.mean) @ whitening.matrix
    back = turned @ np.linalg.inv(whitening.matrix) + whitening.mean
    assert back == pytest.approx(vectors, abs=1e-4)


def test_what_comes_out_has_unit_length() -> None:
    vectors = phrasings(5, 2.0)
    whitened = fit_whitening(vectors, OWNERS, CLASSES)(vectors)
    assert whitened.dtype == np.float32
    assert np.linalg.norm(whitened, axis=1) == pytest.approx(np.ones(len(vectors)), abs=1e-5)


@pytest.mark.parametrize(
    "vectors", [np.ones((1, DIMENSION)), np.ones((6, DIMENSION)), np.zeros((6, DIMENSION))]
)
def test_without_a_difference_to_learn_from_directions_stay_as_they_are(vectors: Matrix) -> None:
    whitening = fit_whitening(vectors, np.zeros(len(vectors), dtype=np.int64), 1)
    assert whitening.matrix == pytest.approx(np.eye(DIMENSION) * SHRINKAGE**-0.5)
    assert not whitening(vectors).any()  # every vector stands at the mean
    other = np.asarray([[3.0, *vectors[0, 1:]]])
    assert np.isfinite(whitening(other)).all()
    assert np.linalg.norm(whitening(other)) == pytest.approx(1.0)


def test_a_centre_is_the_mean_of_its_members_and_nought_without_any() -> None:
    vectors = np.asarray([[1, 2], [3, 4], [5, 7]], dtype=np.float32)
    centres = centres_of(vectors, np.asarray([2, 2, 0]), 3)
    assert centres == pytest.approx(np.asarray([[5, 7], [0, 0], [2, 3]], dtype=np.float32))
