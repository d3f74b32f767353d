"""Small real encoders for tests of the index: one counts, one fails."""

import hashlib
from collections.abc import Sequence

import numpy as np

from guidebook.encoder import Embeddings
from guidebook.language import Writing


class CountingEncoder:
    """A small real encoder: a vector from the text's digest. Remembers what it was asked."""

    dimension = 8

    def __init__(
        self, name: str = "counting", *reads: Writing, reads_urdu_script: bool = False
    ) -> None:
        self.name = name
        self.reads_urdu_script = reads_urdu_script
        self.reads: frozenset[Writing] = frozenset(reads or ("en", "roman_ur", "ur"))
        self.asked: list[str] = []

    def encode_queries(self, texts: Sequence[str]) -> Embeddings:
        return self.encode_passages(texts)

    def encode_passages(self, texts: Sequence[str]) -> Embeddings:
        self.asked += texts
        rows = [list(hashlib.sha256(text.encode()).digest()[: self.dimension]) for text in texts]
        vectors = np.asarray(rows, dtype=np.float32).reshape(-1, self.dimension) - 127.5
        return np.asarray(
            vectors / np.linalg.norm(vectors, axis=1, keepdims=True), dtype=np.float32
        )


class FailingEncoder(CountingEncoder):
    """Runs out of memory in the middle of a build."""

    def encode_passages(self, texts: Sequence[str]) -> Embeddings:
        raise MemoryError
