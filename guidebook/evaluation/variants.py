"""The library with one choice of its design undone, for the ablation.

Each variant is whole: its index is made anew without the choice, in a folder of its own.
"""

import shutil
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from guidebook import index as indexing
from guidebook.encoder import DIMENSION, Embeddings, Encoder
from guidebook.evaluation.examples import examples_of
from guidebook.evaluation.fitting import Example
from guidebook.evaluation.phrasings import practice, without
from guidebook.language import Writing
from guidebook.library import Library, encoders
from guidebook.retriever import Retriever
from guidebook.whitening import Whitening


@dataclass(frozen=True)
class Variant:
    """A choice undone: the development questions and the practice questions weighed without it."""

    undone: str
    examples: Sequence[Example]
    practice: Sequence[Example]


class AsTyped:
    """An encoder that is given Roman Urdu in Latin letters."""

    reads_urdu_script = False

    def __init__(self, encoder: Encoder) -> None:
        self._encoder = encoder
        self.name: str = encoder.name
        self.dimension: int = encoder.dimension
        self.reads: frozenset[Writing] = encoder.reads

    def encode_queries(self, texts: Sequence[str]) -> Embeddings:
        return self._encoder.encode_queries(texts)

    def encode_passages(self, texts: Sequence[str]) -> Embeddings:
        return self._encoder.encode_passages(texts)


def variants(library: Library, folder: Path, spare: Path) -> Iterator[Variant]:
    """The library as it is, then without whitening, then without transliteration.

    `folder` holds its index; `spare` is an empty folder to build others in.
    """
    yield Variant("", list(examples_of(library)), list(practice(library, folder)))
    plain = Whitening(np.zeros(DIMENSION, np.float32), np.eye(DIMENSION, dtype=np.float32))
    index = library.retriever.index
    nothing = np.zeros(len(index.entries), dtype=np.bool_)
    unwhitened = _searched(library, without(index, nothing, folder, plain), encoders())
    practised = practice(library, folder, whitening=plain)
    yield Variant("whitening", list(examples_of(unwhitened)), list(practised))
    typed: dict[str, Encoder] = {name: AsTyped(one) for name, one in encoders().items()}
    copied = shutil.copytree(folder, spare / "as-typed")  # unchanged texts keep their vectors
    built = indexing.build(library.corpus, list(typed.values()), copied)
    latin = _searched(library, built, typed)
    practised = practice(latin, copied, typed)
    yield Variant("transliteration", list(examples_of(latin)), list(practised))


def _searched(library: Library, index: indexing.Index, loaded: Mapping[str, Encoder]) -> Library:
    fusion = library.retriever.fusion
    return Library(library.corpus, Retriever(library.corpus, index, loaded, fusion))
