"""Run a sentence encoder's graph with ONNX Runtime, one thread a call.

Two calls may run side by side in one session: it lets go of Python's lock, and a call keeps one
core busy. What goes in and comes out is the graph's to say.
"""

import os
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from onnxruntime import InferenceSession

Matrix = NDArray[np.float32]
Done = TypeVar("Done")

MANY = 64  # from here on it pays to share texts out among the cores
ERRORS_ALONE = 3


def open_session(graph: Path | bytes) -> "InferenceSession":
    """A session on the processor. Threads of its own would only fight for the same cores."""
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.log_severity_level = ERRORS_ALONE
    return onnxruntime.InferenceSession(
        graph if isinstance(graph, bytes) else str(graph),
        options,
        providers=["CPUExecutionProvider"],
    )


def unit_rows(texts: Sequence[str], embed: Callable[[str], Matrix], dimension: int) -> Matrix:
    """The vector of each text, made of unit length, shape [texts, dimension]."""
    if not texts:
        return np.zeros((0, dimension), dtype=np.float32)
    rows = np.stack(in_parallel(embed, texts))
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    return np.asarray(rows / np.maximum(lengths, np.float32(1e-12)), dtype=np.float32)


def in_parallel(work: Callable[[str], Done], texts: Sequence[str]) -> list[Done]:
    """`work` done on each text, many at once on all cores: an index of thousands of texts is
    minutes of work."""
    hands = (os.cpu_count() or 1) if len(texts) >= MANY else 1
    if hands == 1:
        return [work(text) for text in texts]
    with ThreadPoolExecutor(hands) as pool:
        return list(pool.map(work, texts))
