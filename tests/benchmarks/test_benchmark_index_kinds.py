"""Made vectors are of unit length, and what an index misses is counted against the exact one."""

import numpy as np
import pytest

from benchmarks.index_kinds import KINDS, Measured, measured, synthetic

DIMENSION = 384


@pytest.fixture(scope="module")
def found() -> dict[str, Measured]:
    """Every kind over 2,000 made vectors."""
    random = np.random.default_rng(1)
    real = random.standard_normal((300, DIMENSION)).astype(np.float32)
    vectors = synthetic(real[::2], 2_000, random)
    asked, fresh = synthetic(real[1::2], 20, random), synthetic(real[::2], 5, random)
    return {one.kind: one for one in measured(vectors, asked, fresh)}


def test_made_vectors_have_unit_length() -> None:
    random = np.random.default_rng(1)
    real = random.standard_normal((10, DIMENSION)).astype(np.float32)
    made = synthetic(real, 50, random)
    assert made.shape == (50, DIMENSION)
    assert np.linalg.norm(made, axis=1) == pytest.approx(1.0, abs=1e-5)


def test_the_flat_index_misses_nothing_and_holds_every_number(found: dict[str, Measured]) -> None:
    assert list(found) == list(KINDS)
    assert found["flat"].recall == 1.0
    assert found["flat"].megabytes == pytest.approx(2_000 * DIMENSION * 4 / 1024**2, rel=0.01)


def test_codes_are_small_and_miss_neighbours(found: dict[str, Measured]) -> None:
    assert found["IVF-PQ"].megabytes < found["flat"].megabytes / 2
    assert found["IVF-PQ"].recall < 1.0
    assert found["HNSW"].recall > found["IVF-PQ"].recall
    assert found["HNSW"].megabytes > found["flat"].megabytes
