"""Practice questions for fitting: a tenth of the corpus's phrasings, asked of all the others.

There are thousands, in all three ways of writing, and each is known to belong to its passage; so
weights can be fitted on far more than the development questions, and no examination question
plays a part. The encoder's adaptation never saw them either. They are easier than an officer's
questions, as they have the writers of the corpus: weights carry over, thresholds do not.
"""

import hashlib
from collections.abc import Iterator, Mapping
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from guidebook.encoder import Encoder
from guidebook.evaluation.fitting import Example, example
from guidebook.index import Index
from guidebook.language import Writing, writing_of
from guidebook.library import Library, encoders
from guidebook.query import Query, understand
from guidebook.requests import named_status
from guidebook.retriever import Retriever
from guidebook.signals import SIGNALS
from guidebook.vectors import Vectors, make_vectors
from guidebook.whitening import Whitening

SEED = 20261122
A_WRITING = 450  # practice questions of each way of writing: more gained nothing
KEPT_BACK = 26  # of 256 first bytes of a phrasing's digest: one in ten


def practice(
    library: Library,
    folder: Path,
    loaded: Mapping[str, Encoder] | None = None,
    whitening: Whitening | None = None,
) -> Iterator[Example]:
    """Examples from the index in `folder`; a phrasing that ends in a named reply is left out.

    Without `loaded` the library's own encoders read, without a `whitening` one is fitted on what
    is indexed.
    """
    random = np.random.default_rng(SEED)
    index = library.retriever.index
    away = put_away(index)
    retriever = Retriever(
        library.corpus,
        without(index, away, folder, whitening),
        loaded or encoders(),
        library.retriever.fusion,
    )
    left: dict[Writing, int] = dict.fromkeys(("en", "roman_ur", "ur"), A_WRITING)
    for row in map(int, random.permutation(np.flatnonzero(away))):
        entry = index.entries[row]
        writing = writing_of(entry.text)
        if not left[writing] or named_status(entry.text):
            continue
        left[writing] -= 1
        understood = understand(Query(entry.text))
        relevant = np.zeros(len(library.corpus.passages), dtype=np.bool_)
        relevant[entry.passage] = True
        weighed = retriever.weigh(understood, frozenset(SIGNALS))
        yield example(f"phrasing-{row}", writing, weighed, relevant, answerable=True)


def put_away(index: Index) -> NDArray[np.bool_]:
    """Which entries are asked rather than indexed: phrasings kept back, no own words."""
    return np.asarray([not entry.own and is_kept_back(entry.text) for entry in index.entries])


def is_kept_back(text: str) -> bool:
    """True for one phrasing in ten, by its digest: a new phrasing moves no other."""
    return hashlib.sha256(text.encode()).digest()[0] < KEPT_BACK


def without(
    index: Index, away: NDArray[np.bool_], folder: Path, whitening: Whitening | None = None
) -> Index:
    """`index` without the entries marked `away`; vectors are taken from its folder."""
    kept = np.flatnonzero(~away)
    place = {int(old): new for new, old in enumerate(kept)}
    vectors: list[Vectors] = []
    size = 1 + max(entry.passage for entry in index.entries)
    for whole in index.vectors:
        matrix = np.load(folder / f"{whole.encoder}.npy")
        chosen = [at for at, row in enumerate(whole.rows) if row in place]
        vectors.append(
            make_vectors(
                whole.encoder,
                [place[whole.rows[at]] for at in chosen],
                whole.owners[chosen].tolist(),
                matrix[chosen],
                size,
                whitening,
            )
        )
    return Index(index.corpus_digest, tuple(index.entries[at] for at in kept), tuple(vectors))
