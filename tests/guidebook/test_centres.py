"""A learnt centre draws its own phrasings and keeps its neighbours' off; the same each time."""

from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from guidebook.centres import fit_centres
from guidebook.evaluation.phrasings import put_away
from guidebook.library import Library
from guidebook.whitening import Matrix, centres_of

DIMENSION, CLASSES, MEMBERS = 24, 30, 12
OWNERS = np.repeat(np.arange(CLASSES), MEMBERS)


def unit(rows: NDArray[np.float64] | Matrix) -> Matrix:
    return np.asarray(rows / np.linalg.norm(rows, axis=1, keepdims=True), dtype=np.float32)


def phrasings(seed: int) -> Matrix:
    """Members of each class, near to each other."""
    random = np.random.default_rng(seed)
    meant = random.normal(size=(CLASSES, DIMENSION))
    return unit(meant[OWNERS] + 0.6 * random.normal(size=(len(OWNERS), DIMENSION)))


def test_phrasings_never_seen_find_their_passage_more_often_than_by_its_mean(
    library: Library, real_index: Path
) -> None:
    (held,) = library.retriever.index.vectors
    away = put_away(library.retriever.index)
    vectors = held.whitening(np.load(real_index / f"{held.encoder}.npy"))
    size = len(library.corpus.passages)
    learnt = fit_centres(vectors[~away], held.owners[~away], size)
    mean = unit(centres_of(vectors[~away], held.owners[~away], size))
    by_learnt, by_mean = (right(vectors[away], held.owners[away], one) for one in (learnt, mean))
    assert by_learnt > by_mean


def right(vectors: Matrix, owners: NDArray[np.int64], centres: Matrix) -> float:
    """The share whose nearest centre is their own passage's."""
    return float(((vectors @ centres.T).argmax(axis=1) == owners).mean())


def test_every_centre_has_unit_length() -> None:
    centres = fit_centres(phrasings(1), OWNERS, CLASSES)
    assert centres.shape == (CLASSES, DIMENSION)
    assert centres.dtype == np.float32
    assert np.linalg.norm(centres, axis=1) == pytest.approx(np.ones(CLASSES), abs=1e-5)


def test_the_same_phrasings_give_the_same_centres() -> None:
    vectors = phrasings(2)
    assert (fit_centres(vectors, OWNERS, CLASSES) == fit_centres(vectors, OWNERS, CLASSES)).all()


def test_a_passage_alone_has_its_phrasing_for_a_centre() -> None:
    only = unit(np.ones((1, DIMENSION)))
    (centre,) = fit_centres(only, np.asarray([0]), 1)
    assert centre @ only[0] == pytest.approx(1.0, abs=0.05)


def test_no_vectors_give_no_meaning_and_no_error() -> None:
    nothing = np.zeros((0, DIMENSION), dtype=np.float32)
    assert fit_centres(nothing, np.zeros(0, dtype=np.int64), 3).shape == (3, DIMENSION)
