"""Turn sentences into vectors with the exported encoder.

The encoder is an ONNX file with pooling and normalisation inside the graph, so vectors come out at
length one and no deep-learning library is loaded. A message is encoded on one thread: on a shared
machine a second thread costs more than it brings. How the file is made is not decided here.
"""

from __future__ import annotations

import functools
import hashlib
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt
import onnxruntime
from tokenizers import Tokenizer

from bot.errors import EncoderMissingError

MODEL_FILE = "model.onnx"
TOKENIZER_FILE = "tokenizer.json"
MANIFEST_FILE = "manifest.json"
BATCH_SIZE = 32
TRAINING_THREADS = 2

Vectors = npt.NDArray[np.float32]


class Encodes(Protocol):
    """Whatever turns sentences into vectors of length one."""

    dimension: int

    def encode(self, sentences: Sequence[str]) -> Vectors:
        """Return one vector for each sentence, in order."""
        ...


class SentenceEncoder:
    """Encode sentences; remember which files did it."""

    def __init__(self, folder: Path, threads: int = 1) -> None:
        """Load the tokenizer and the ONNX session from `folder`."""
        manifest = read_manifest(folder)
        self.dimension = int(manifest["dimension"])
        self._tokenizer = Tokenizer.from_file(str(_file(folder, TOKENIZER_FILE)))
        self._tokenizer.enable_truncation(max_length=int(manifest["max_tokens"]))
        self._tokenizer.enable_padding()
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        options.inter_op_num_threads = 1
        options.log_severity_level = 3
        self._session = onnxruntime.InferenceSession(
            str(_file(folder, MODEL_FILE)), options, providers=["CPUExecutionProvider"]
        )

    def encode(self, sentences: Sequence[str]) -> Vectors:
        """Return one vector of length one for each sentence, in order."""
        vectors = np.zeros((len(sentences), self.dimension), dtype=np.float32)
        # Sentences of like length share a batch, so that little time goes into padding.
        order = sorted(range(len(sentences)), key=lambda place: len(sentences[place]))
        for start in range(0, len(order), BATCH_SIZE):
            places = order[start : start + BATCH_SIZE]
            vectors[places] = self._encode_batch([sentences[place] for place in places])
        return vectors

    def _encode_batch(self, sentences: list[str]) -> Vectors:
        encodings = self._tokenizer.encode_batch(sentences)
        feed = {
            "input_ids": np.array([encoding.ids for encoding in encodings], dtype=np.int64),
            "attention_mask": np.array(
                [encoding.attention_mask for encoding in encodings], dtype=np.int64
            ),
        }
        output: Vectors = self._session.run(["embedding"], feed)[0]
        return output


@functools.lru_cache(maxsize=1)
def load_encoder(folder: Path) -> SentenceEncoder:
    """Return the encoder in `folder`; loaded once a process, as it costs 90 MB."""
    return SentenceEncoder(folder)


def digest(folder: Path) -> str:
    """Return one digest over the files that decide the vectors."""
    total = hashlib.sha256()
    for name in (MODEL_FILE, TOKENIZER_FILE):
        total.update(_file_digest(_file(folder, name)).encode())
    total.update(str(read_manifest(folder)["max_tokens"]).encode())
    return total.hexdigest()


def read_manifest(folder: Path) -> dict[str, Any]:
    """Return what the export wrote about the encoder."""
    manifest: dict[str, Any] = json.loads(_file(folder, MANIFEST_FILE).read_text("utf-8"))
    return manifest


def _file(folder: Path, name: str) -> Path:
    path = folder / name
    if not path.is_file():
        raise EncoderMissingError(
            f"No {name} in {folder}. Export the encoder with `make setup`, "
            "or set GUIDEBOOK_ENCODER to the folder that holds it."
        )
    return path


def _file_digest(path: Path) -> str:
    total = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(1 << 20):
            total.update(block)
    return total.hexdigest()
