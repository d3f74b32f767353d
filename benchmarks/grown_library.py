"""The whole retriever over a corpus grown to many passages, and what one more passage costs.

Made passages have the words of real ones in another order, and eight phrasings each. Embedding a
question costs the same at every size and is left out: stand-ins give ready vectors.
"""

import json
import os
import shutil
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from benchmarks.asking_layers import memory_mb
from benchmarks.index_kinds import Matrix, synthetic
from guidebook import index as indexing
from guidebook.corpus import Corpus
from guidebook.encoder import DIMENSION, Encoder
from guidebook.fusion import load_fusion
from guidebook.index import Index, entries_of, readable_rows
from guidebook.language import Writing
from guidebook.library import encoders
from guidebook.query import Query, understand
from guidebook.records import Passage
from guidebook.retriever import Retriever
from guidebook.vectors import make_vectors

PHRASINGS = 8
UPDATED = 10  # passages of an update
SEED = 20261122


@dataclass(frozen=True)
class Grown:
    """The retriever at one size. `signals_ms` is the part that compares."""

    passages: int
    texts: int
    open_s: float
    megabytes: float
    p50_ms: float
    p95_ms: float


class StandIn:
    """An encoder that gives ready vectors in turn."""

    dimension = DIMENSION
    reads_urdu_script = False

    def __init__(self, name: str, reads: frozenset[Writing], vectors: Matrix) -> None:
        self.name = name
        self.reads = reads
        self._vectors = vectors
        self._given = 0

    def encode_queries(self, texts: Sequence[str]) -> Matrix:
        """The next vectors."""
        self._given += len(texts)
        at = np.arange(self._given - len(texts), self._given) % len(self._vectors)
        return self._vectors[at]

    encode_passages = encode_queries


def grown(corpus: Corpus, real: dict[str, Matrix], size: int, questions: Sequence[str]) -> Grown:
    """Open a retriever over `size` passages and ask it."""
    random = np.random.default_rng(SEED)
    many = grow(corpus, size, random)
    entries = entries_of(many)
    loaded = {
        key: StandIn(one.name, one.reads, synthetic(real[one.name], 64, random))
        for key, one in encoders().items()
    }
    vectors = []
    for encoder in loaded.values():
        rows = readable_rows(entries, encoder)
        owners = [entries[row].passage for row in rows]
        matrix = synthetic(real[encoder.name], len(rows), random)
        vectors.append(make_vectors(encoder.name, rows, owners, matrix, size))
    index = Index(many.digest, entries, tuple(vectors))
    before = memory_mb(os.getpid())
    started = time.perf_counter()
    retriever = Retriever(many, index, loaded, load_fusion())
    opened = time.perf_counter() - started
    took = []
    for text in questions:
        understood = understand(Query(text))
        started = time.perf_counter()
        retriever.search(understood)
        took.append((time.perf_counter() - started) * 1000)
    vectors_mb = sum(len(part.rows) for part in vectors) * DIMENSION * 4 / 1024**2
    p50, p95 = np.percentile(took, (50, 95))
    megabytes = memory_mb(os.getpid()) - before + vectors_mb
    return Grown(size, len(entries), opened, megabytes, float(p50), float(p95))


def grow(corpus: Corpus, size: int, random: np.random.Generator) -> Corpus:
    """The corpus with as many made passages as bring it to `size`, in a document of their own."""
    real = corpus.passages
    guidance = [document for document in corpus.documents if document.kind == "guidance"]
    home = guidance[0]
    made = [_made(real[number % len(real)], number, random) for number in range(size)]
    document = replace(home, id="made", topics=home.topics, passages=tuple(made))
    return Corpus(corpus.folder, (document,), f"made-{size}")


def _made(passage: Passage, number: int, random: np.random.Generator) -> Passage:
    """The passage with its words in another order."""

    def shuffled(text: str) -> str:
        return " ".join(random.permutation(text.split()).tolist())

    asked_as = tuple(shuffled(text) for text in passage.asked_as[:PHRASINGS])
    heading, text = shuffled(passage.heading), shuffled(passage.text)
    return replace(
        passage, id=f"made/{number}", document_id="made", heading=heading, text=text,
        asked_as=asked_as,
    )  # fmt: skip


def update_seconds(corpus: Corpus, folder: Path, spare: Path) -> dict[str, float]:
    """Seconds of `guidebook index build` when nothing is new, and when some passages are."""
    loaded = list(encoders().values())
    kept = Path(shutil.copytree(folder, spare / "index"))
    index, unchanged = _rebuilt(corpus, loaded, kept)
    for part in index.vectors:  # the first passages were never embedded
        old = part.owners >= UPDATED
        texts = kept / f"{part.encoder}.texts.json"
        read = np.asarray(json.loads(texts.read_text(encoding="utf-8")), dtype=object)
        texts.write_text(json.dumps(read[old].tolist()), encoding="utf-8")
        matrix = kept / f"{part.encoder}.npy"
        np.save(matrix, np.load(matrix)[old])
    return {"nothing new": unchanged, f"{UPDATED} passages new": _rebuilt(corpus, loaded, kept)[1]}


def _rebuilt(corpus: Corpus, loaded: list[Encoder], folder: Path) -> tuple[Index, float]:
    started = time.perf_counter()
    index = indexing.build(corpus, loaded, folder)
    return index, time.perf_counter() - started
