"""Vectors of sentences that were encoded for an earlier training.

Encoding is most of what a training takes, and from one training to the next few lines change: a
changed line then costs one sentence. It promises the encoder's own vectors, of this encoder alone,
and that a file it cannot use or write costs time and nothing else. Running bots do not use it.
"""

from __future__ import annotations

import contextlib
import hashlib
import logging
import os
import zipfile
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from bot.sentence_encoder import Encodes, Vectors

MOST = 10_000  # 1.5 KB each

log = logging.getLogger(__name__)


class KnownVectors:
    """Encodes what it does not know, and remembers it in `file` when `save` is called."""

    def __init__(self, encoder: Encodes, digest: str, file: Path) -> None:
        """Take up what `file` has of the encoder with this digest."""
        self.dimension = encoder.dimension
        self._encoder = encoder
        self._digest = digest
        self._file = file
        self._known = _read(file, digest)

    def encode(self, sentences: Sequence[str]) -> Vectors:
        """Return one vector for each sentence, in order, as the encoder gives it."""
        keys = [_key(sentence) for sentence in sentences]
        unknown = {
            key: sentence
            for key, sentence in zip(keys, sentences, strict=True)
            if key not in self._known
        }
        if unknown:
            vectors = self._encoder.encode(list(unknown.values()))
            self._known.update(zip(unknown, vectors, strict=True))
        for key in keys:
            self._known[key] = self._known.pop(key)  # used last, dropped last
        rows = [self._known[key] for key in keys]
        return np.stack(rows) if rows else np.zeros((0, self.dimension), np.float32)

    def save(self) -> None:
        """Put down the sentences used last, in one step."""
        kept = list(self._known.items())[-MOST:]
        if not kept:
            return
        staging = self._file.with_name(f"{self._file.name}.{os.getpid()}")
        try:
            self._file.parent.mkdir(parents=True, exist_ok=True)
            with staging.open("wb") as file:
                np.savez(
                    file,
                    digest=np.array(self._digest),
                    keys=np.array([key for key, _ in kept]),
                    vectors=np.stack([vector for _, vector in kept]),
                )
            staging.replace(self._file)
        except OSError as error:
            with contextlib.suppress(OSError):
                staging.unlink(missing_ok=True)
            log.warning("sentence_vectors_not_kept file=%s reason=%s", self._file, error.strerror)


def _read(file: Path, digest: str) -> dict[str, Vectors]:
    try:
        with np.load(file, allow_pickle=False) as found:
            if str(found["digest"]) != digest:
                return {}
            return dict(zip(found["keys"].tolist(), found["vectors"], strict=True))
    except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile):
        return {}  # never made, half written, or not ours


def _key(sentence: str) -> str:
    return hashlib.blake2b(sentence.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()
