"""One encoder's part of the index: its vectors of the entries, whitened, in FAISS.

Two questions are asked of it: how near is the nearest phrasing of each passage, and how near is
its centre, which is learnt from all phrasings (centres.py). Which texts are embedded, and when, is
index.py's to decide.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import faiss
import numpy as np
from numpy.typing import NDArray

from guidebook.centres import fit_centres
from guidebook.whitening import Matrix, Whitening, fit_whitening


@dataclass(frozen=True)
class Vectors:
    """`owners`, shape [rows]: the passage of each vector, in the order of `phrasings`;
    `held`: the passages that have one, in the order of `centres`."""

    encoder: str
    rows: tuple[int, ...]
    owners: NDArray[np.int64]
    held: NDArray[np.int64]
    whitening: Whitening
    phrasings: faiss.Index
    centres: faiss.Index

    def nearest_and_centre(self, query: Matrix, size: int) -> tuple[Matrix, Matrix]:
        """Whitened cosines of one query, shape [dimension], to each passage's nearest phrasing and
        to its centre, each of shape [size]; -1 where a passage has no vector."""
        nearest = np.full(size, -1.0, dtype=np.float32)
        middle = np.full(size, -1.0, dtype=np.float32)
        if self.rows:
            turned = self.whitening(query.reshape(1, -1))
            found, at = self.phrasings.search(turned, len(self.rows))
            # Best first, so written from the back: what a passage keeps is its best.
            nearest[self.owners[at[0]][::-1]] = found[0][::-1]
            found, at = self.centres.search(turned, len(self.held))
            middle[self.held[at[0]]] = found[0]
        return nearest, middle

    def save(self, folder: Path) -> None:
        """Write the FAISS indexes and the whitening into `folder`."""
        faiss.write_index(self.phrasings, str(folder / f"{self.encoder}.faiss"))
        faiss.write_index(self.centres, str(folder / f"{self.encoder}.centres.faiss"))
        np.save(
            folder / f"{self.encoder}.whitening.npy",
            np.vstack([self.whitening.mean, self.whitening.matrix]),
        )


def make_vectors(
    encoder: str,
    rows: Sequence[int],
    owners: Sequence[int],
    matrix: Matrix,
    size: int,
    whitening: Whitening | None = None,
) -> Vectors:
    """Whiten `matrix`, shape [rows, dimension], and index it; `size` is the number of passages.
    Without a `whitening` it is fitted on `matrix`."""
    belong = np.asarray(owners, dtype=np.int64)
    held = np.unique(belong)
    if whitening is None:
        whitening = fit_whitening(matrix, belong, size)
    turned = whitening(matrix)
    return Vectors(
        encoder,
        tuple(rows),
        belong,
        held,
        whitening,
        _flat(turned),
        _flat(fit_centres(turned, belong, size)[held]),
    )


def load_vectors(
    encoder: str, rows: Sequence[int], owners: Sequence[int], dimension: int, folder: Path
) -> Vectors:
    """Read what `save` wrote; ValueError when the files are not of these rows."""
    stacked = np.load(folder / f"{encoder}.whitening.npy")
    if stacked.shape != (dimension + 1, dimension):
        raise ValueError(f"{encoder}.whitening.npy has shape {stacked.shape}")
    belong = np.asarray(owners, dtype=np.int64)
    held = np.unique(belong)
    return Vectors(
        encoder,
        tuple(rows),
        belong,
        held,
        Whitening(stacked[0], stacked[1:]),
        _read(folder / f"{encoder}.faiss", len(rows), dimension),
        _read(folder / f"{encoder}.centres.faiss", len(held), dimension),
    )


def _read(path: Path, count: int, dimension: int) -> faiss.Index:
    found = faiss.read_index(str(path))
    if found.d != dimension or found.ntotal != count:
        raise ValueError(f"{path.name} has {found.ntotal} vectors of {found.d}")
    return found


def _flat(matrix: Matrix) -> faiss.Index:
    flat = faiss.IndexFlatIP(matrix.shape[1])
    flat.add(np.ascontiguousarray(matrix))
    return flat
