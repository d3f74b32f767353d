"""A sentence is encoded once for all trainings; a file that is of no use costs time alone."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from bot import locations
from bot.known_vectors import KnownVectors
from bot.sentence_encoder import SentenceEncoder, Vectors, load_encoder

LINES = ["how to register an fir", "salam", "how to register an fir", "shukria"]


class Watched:
    """The real encoder, and what it was asked."""

    def __init__(self, encoder: SentenceEncoder) -> None:
        self.dimension = encoder.dimension
        self.asked: list[str] = []
        self._encoder = encoder

    def encode(self, sentences: Sequence[str]) -> Vectors:
        self.asked += sentences
        return self._encoder.encode(sentences)


@pytest.fixture
def encoder() -> SentenceEncoder:
    return load_encoder(locations.encoder_folder(os.environ))


@pytest.fixture
def watched(encoder: SentenceEncoder) -> Watched:
    return Watched(encoder)


def test_vectors_are_the_encoders_own_in_order(
    encoder: SentenceEncoder, watched: Watched, tmp_path: Path
) -> None:
    known = KnownVectors(watched, "one", tmp_path / "kept.npz")
    vectors = known.encode(LINES)
    assert np.allclose(vectors, encoder.encode(LINES), atol=1e-5)
    assert watched.asked == ["how to register an fir", "salam", "shukria"]


def test_a_later_training_encodes_what_is_new(watched: Watched, tmp_path: Path) -> None:
    file = tmp_path / "made" / "kept.npz"
    first = KnownVectors(watched, "one", file)
    before = first.encode(LINES)
    first.save()
    watched.asked.clear()
    again = KnownVectors(watched, "one", file).encode([*LINES, "khuda hafiz"])
    assert watched.asked == ["khuda hafiz"]
    assert np.array_equal(again[:-1], before)


def test_another_encoders_vectors_are_not_taken(watched: Watched, tmp_path: Path) -> None:
    first = KnownVectors(watched, "one", tmp_path / "kept.npz")
    first.encode(LINES)
    first.save()
    watched.asked.clear()
    KnownVectors(watched, "two", tmp_path / "kept.npz").encode(LINES)
    assert len(watched.asked) == 3


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 half a file", b"\x93NUMPY"])
def test_a_broken_file_is_made_anew(watched: Watched, tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "kept.npz"
    file.write_bytes(content)
    known = KnownVectors(watched, "one", file)
    known.encode(LINES)
    known.save()
    watched.asked.clear()
    KnownVectors(watched, "one", file).encode(LINES)
    assert watched.asked == []


def test_a_folder_that_cannot_be_written_is_told_and_does_no_harm(
    watched: Watched, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "file").write_text("not a folder")
    known = KnownVectors(watched, "one", tmp_path / "file" / "kept.npz")
    known.encode(LINES)
    known.save()
    assert "sentence_vectors_not_kept" in caplog.text
    assert LINES[0] not in caplog.text


def test_no_sentences_no_vectors(watched: Watched, tmp_path: Path) -> None:
    assert KnownVectors(watched, "one", tmp_path / "kept.npz").encode([]).shape[0] == 0
