"""What the multilingual encoder has learnt of this corpus: a small change to its upper layers.

The model's own weights stay as they are packed, in four bits. Beside a matrix W of an upper layer
stand two narrow ones, A [rank, columns] and B [rows, rank], and the layer computes Wx + B(Ax).
Source: Hu et al. 2022 (LoRA). They lie in `data/e5_adaptation.npz`, written by
`guidebook evaluate fit-encoder`. It decides nothing about what is computed with them: e5_graph.py
does.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from guidebook.model_files import digest_of

DATA = Path(__file__).resolve().parent / "data" / "e5_adaptation.npz"

Floats = NDArray[np.float32]


@dataclass(frozen=True)
class Adaptation:
    """The narrow matrices by the name of the wide one: `down` [rank, columns], `up` [rows, rank].

    `version` tells one adaptation from another: vectors of two cannot be compared.
    """

    down: Mapping[str, Floats]
    up: Mapping[str, Floats]
    version: str


NOTHING = Adaptation({}, {}, "")


@cache
def load_adaptation(path: Path = DATA) -> Adaptation:
    """Read what `save_adaptation` wrote, once a process."""
    with np.load(path, allow_pickle=False) as found:
        narrow = {name: found[name].astype(np.float32) for name in found.files}
    return Adaptation(
        {name.removesuffix(".down"): it for name, it in narrow.items() if name.endswith(".down")},
        {name.removesuffix(".up"): it for name, it in narrow.items() if name.endswith(".up")},
        digest_of(path)[:8],
    )


def save_adaptation(path: Path, down: Mapping[str, Floats], up: Mapping[str, Floats]) -> None:
    """Write the numbers alone, in half precision: no object that runs when it is read."""
    narrow = {f"{name}.down": values.astype(np.float16) for name, values in down.items()}
    narrow |= {f"{name}.up": values.astype(np.float16) for name, values in up.items()}
    np.savez(path, allow_pickle=False, **narrow)
