"""Vectors answer as brute force does, read back as they were written, and refuse other files."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import faiss
import numpy as np
import pytest

from guidebook.centres import fit_centres
from guidebook.vectors import Vectors, load_vectors, make_vectors
from guidebook.whitening import Matrix, fit_whitening

DIMENSION, SIZE = 6, 5
OWNERS = [0, 0, 0, 1, 2, 2, 4]  # passage 3 has no vector
ROWS = [0, 1, 3, 4, 6, 7, 9]  # of the index's entries, some of which this encoder does not read


@pytest.fixture
def matrix() -> Matrix:
    made = np.random.default_rng(4).normal(size=(len(ROWS), DIMENSION))
    return np.asarray(made / np.linalg.norm(made, axis=1, keepdims=True), dtype=np.float32)


@pytest.fixture
def vectors(matrix: Matrix) -> Vectors:
    return make_vectors("small", ROWS, OWNERS, matrix, SIZE)


@pytest.fixture
def saved(vectors: Vectors, tmp_path: Path) -> Path:
    vectors.save(tmp_path)
    return tmp_path


@pytest.mark.parametrize("seed", range(10))
def test_nearest_and_centre_are_those_of_brute_force(
    vectors: Vectors, matrix: Matrix, seed: int
) -> None:
    query = np.asarray(np.random.default_rng(seed).normal(size=DIMENSION), dtype=np.float32)
    nearest, centre = vectors.nearest_and_centre(query, SIZE)
    assert nearest.shape == centre.shape == (SIZE,)
    whitening = fit_whitening(matrix, np.asarray(OWNERS), SIZE)
    asked = whitening(query.reshape(1, -1))[0]
    centres = fit_centres(whitening(matrix), np.asarray(OWNERS), SIZE)
    for passage in range(SIZE):
        members = [at for at, owner in enumerate(OWNERS) if owner == passage]
        if not members:
            assert nearest[passage] == centre[passage] == -1.0
            continue
        best = max(float(asked @ whitening(matrix[at : at + 1])[0]) for at in members)
        assert nearest[passage] == pytest.approx(best, abs=1e-5)
        assert centre[passage] == pytest.approx(float(asked @ centres[passage]), abs=1e-5)


def test_without_vectors_every_passage_is_as_far_as_can_be() -> None:
    empty = Vectors(
        "small",
        (),
        np.zeros(0, dtype=np.int64),
        np.zeros(0, dtype=np.int64),
        fit_whitening(np.ones((1, DIMENSION), dtype=np.float32), np.asarray([0]), 1),
        faiss.IndexFlatIP(DIMENSION),
        faiss.IndexFlatIP(DIMENSION),
    )
    found = empty.nearest_and_centre(np.ones(DIMENSION, dtype=np.float32), 3)
    assert [values.tolist() for values in found] == [[-1.0] * 3] * 2


def test_what_is_saved_reads_back_the_same(vectors: Vectors, saved: Path) -> None:
    read = load_vectors("small", ROWS, OWNERS, DIMENSION, saved)
    assert read.rows == vectors.rows
    assert read.owners.tolist() == OWNERS
    query = np.linspace(-1, 1, DIMENSION, dtype=np.float32)
    for before, after in zip(
        vectors.nearest_and_centre(query, SIZE), read.nearest_and_centre(query, SIZE), strict=True
    ):
        assert before.tolist() == after.tolist()


def other_rows(folder: Path) -> Vectors:
    return load_vectors("small", ROWS[:-1], OWNERS[:-1], DIMENSION, folder)


def other_dimension(folder: Path) -> Vectors:
    return load_vectors("small", ROWS, OWNERS, DIMENSION + 1, folder)


def other_passages(folder: Path) -> Vectors:
    return load_vectors("small", ROWS, [*OWNERS[:-1], 2], DIMENSION, folder)


def other_phrasings(folder: Path) -> Vectors:
    (folder / "small.centres.faiss").replace(folder / "small.faiss")
    return load_vectors("small", ROWS, OWNERS, DIMENSION, folder)


def other_whitening(folder: Path) -> Vectors:
    np.save(folder / "small.whitening.npy", np.eye(DIMENSION))
    return load_vectors("small", ROWS, OWNERS, DIMENSION, folder)


@pytest.mark.parametrize(
    ("load", "said"),
    [
        (other_rows, "small.faiss has 7 vectors of 6"),
        (other_dimension, r"small.whitening.npy has shape \(7, 6\)"),
        (other_passages, "small.centres.faiss has 4 vectors of 6"),
        (other_phrasings, "small.faiss has 4 vectors of 6"),
        (other_whitening, r"small.whitening.npy has shape \(6, 6\)"),
    ],
)
def test_files_of_other_rows_are_refused(
    saved: Path, load: Callable[[Path], Any], said: str
) -> None:
    with pytest.raises(ValueError, match=said):
        load(saved)
