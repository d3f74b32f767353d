"""Kinds of FAISS index over many vectors: build, size, time and what they miss.

Vectors are made from the real ones, so that they lie as real ones do: each is a mix of two
embedded texts of the corpus. Half of the texts make the vectors, the other half the questions.
"""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import faiss
import numpy as np
from numpy.typing import NDArray

Matrix = NDArray[np.float32]

NEAREST = 10
NEAR = 0.35  # the part of the second text in the mix
LINKS = 32  # of each vector in HNSW
BUILD_EFFORT = 80
SEARCH_EFFORT = 64
CODE_BYTES = 48  # of a vector in IVF-PQ: 384 numbers of four bytes otherwise
LISTS_LOOKED_AT = 16
TRAINED_ON = 40  # vectors a list: more only cost time
SEED = 20261122


@dataclass(frozen=True)
class Measured:
    """One kind at one size. Times in milliseconds a question, sizes in megabytes."""

    kind: str
    size: int
    build_s: float
    megabytes: float
    p50_ms: float
    p95_ms: float
    recall: float
    add_ms: float


def synthetic(real: Matrix, count: int, random: np.random.Generator) -> Matrix:
    """`count` unit vectors, shape [count, dimension], each between two of `real`."""
    out = np.empty((count, real.shape[1]), dtype=np.float32)
    for first in range(0, count, 50_000):
        part = slice(first, min(first + 50_000, count))
        many = part.stop - part.start
        one, other = (real[random.integers(0, len(real), many)] for _ in range(2))
        share = random.uniform(0, NEAR, (many, 1)).astype(np.float32)
        noise = random.standard_normal((many, real.shape[1])).astype(np.float32) * 0.01
        mixed = (1 - share) * one + share * other + noise
        out[part] = mixed / np.linalg.norm(mixed, axis=1, keepdims=True)
    return out


def flat(vectors: Matrix) -> faiss.Index:
    """Every vector is compared."""
    index = faiss.IndexFlatIP(vectors.shape[1])
    index.add(vectors)
    return index


def hnsw(vectors: Matrix) -> faiss.Index:
    """A graph of near neighbours is walked (Malkov and Yashunin 2018)."""
    index = faiss.IndexHNSWFlat(vectors.shape[1], LINKS, faiss.METRIC_INNER_PRODUCT)
    index.hnsw.efConstruction = BUILD_EFFORT
    index.hnsw.efSearch = SEARCH_EFFORT
    index.add(vectors)
    return index


def ivf_pq(vectors: Matrix) -> faiss.Index:
    """Some lists are looked at, and vectors are codes in them (Jégou et al. 2011)."""
    lists = max(8, int(2 * len(vectors) ** 0.5))
    coarse = faiss.IndexFlatIP(vectors.shape[1])
    index = faiss.IndexIVFPQ(
        coarse, vectors.shape[1], lists, CODE_BYTES, 8, faiss.METRIC_INNER_PRODUCT
    )
    index.nprobe = LISTS_LOOKED_AT
    index.cp.min_points_per_centroid = 1
    index.pq.cp.min_points_per_centroid = 1
    random = np.random.default_rng(SEED)
    sample = min(len(vectors), max(TRAINED_ON * lists, 20_000))
    index.train(vectors[random.choice(len(vectors), sample, replace=False)])
    index.add(vectors)
    return index


KINDS: dict[str, Callable[[Matrix], faiss.Index]] = {"flat": flat, "HNSW": hnsw, "IVF-PQ": ivf_pq}


def measured(vectors: Matrix, questions: Matrix, fresh: Matrix) -> Iterator[Measured]:
    """Every kind over the same vectors; the questions go to all kinds in turn."""
    faiss.omp_set_num_threads(1)
    built: dict[str, tuple[faiss.Index, float]] = {}
    for kind, make in KINDS.items():
        started = time.perf_counter()
        built[kind] = make(vectors), time.perf_counter() - started
    took: dict[str, list[float]] = {kind: [] for kind in KINDS}
    found: dict[str, list[set[int]]] = {kind: [] for kind in KINDS}
    for question in questions:
        for kind, (index, _) in built.items():
            started = time.perf_counter()
            _, near = index.search(question.reshape(1, -1), NEAREST)
            took[kind].append((time.perf_counter() - started) * 1000)
            found[kind].append(set(near[0].tolist()))
    for kind, (index, seconds) in built.items():
        shared = [len(a & b) for a, b in zip(found["flat"], found[kind], strict=True)]
        megabytes = faiss.serialize_index(index).nbytes / 1024**2
        started = time.perf_counter()
        index.add(fresh)
        add_ms = (time.perf_counter() - started) * 1000
        p50, p95 = np.percentile(took[kind], (50, 95))
        recall = float(np.mean(shared)) / NEAREST
        yield Measured(
            *(kind, len(vectors), seconds, megabytes, float(p50), float(p95), recall, add_ms)
        )
