"""Likeness: how near a message comes, letter run by letter run, to sentences of a known sort.

The word nets hold what we thought of; this holds what a line learned from examples has in common
with a message nobody wrote down. It promises the same number for the same message, from plain
weights in `data/likeness.npz`, in about a millisecond and without any model library: the gateway
uses it too. It is fitted by `guidebook evaluate fit-nets`; a net decides what to do with it.
"""

import zlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
import numpy.typing as npt

from guidebook.nets import ready

DATA = Path(__file__).resolve().parent / "data" / "likeness.npz"

BUCKETS = 1 << 14
SHORTEST, LONGEST = 2, 5
FEWEST_WORDS = 5
LONGEST_TEXT = 600  # characters looked at; a longer message says what it is before that

Floats = npt.NDArray[np.float32]


@dataclass(frozen=True)
class Likeness:
    """Weights of each sort, and the least share at which a message counts as one."""

    sorts: tuple[str, ...]
    weights: Floats
    offsets: Floats
    least: Floats

    def share(self, text: str) -> dict[str, float]:
        """How likely `text` is of each sort; what is left belongs to none."""
        places, counts = features(text)
        scores = self.weights[places].T @ counts + self.offsets
        shares = np.exp(scores - scores.max())
        shares /= shares.sum()
        return dict(zip(self.sorts, shares.tolist(), strict=True))


@cache
def likeness() -> Likeness:
    """The fitted weights, read once a process."""
    with np.load(DATA, allow_pickle=False) as found:
        return Likeness(
            tuple(map(str, found["sorts"])),
            found["weights"].astype(np.float32),
            found["offsets"].astype(np.float32),
            found["least"].astype(np.float32),
        )


def nearest(text: str, family: str) -> str | None:
    """The likeliest kind of a family (`myth`, `support`, `danger`), if the family is likely."""
    if too_short(text):
        return None
    found = likeness()
    shares = _of_family(text, family)
    least = dict(zip(found.sorts, found.least.tolist(), strict=True))
    if sum(shares.values()) < max(least[sort] for sort in shares):
        return None
    return max(shares, key=lambda sort: shares[sort]).partition(":")[2]


def too_short(text: str) -> bool:
    """True for a few words: "no she is not" is like anything that begins so."""
    return ready(text).count(" ") < FEWEST_WORDS


def near(text: str, family: str, least: float) -> bool:
    """True when the share of a family, all kinds together, is at least `least`."""
    return sum(_of_family(text, family).values()) >= least


def _of_family(text: str, family: str) -> dict[str, float]:
    shares = likeness().share(text)
    return {sort: share for sort, share in shares.items() if sort.startswith(f"{family}:")}


def features(text: str) -> tuple[npt.NDArray[np.int64], Floats]:
    """Buckets of the message's letter runs and their weights, of length one together."""
    counted = Counter(zlib.crc32(run.encode()) % BUCKETS for run in _runs(ready(text)))
    places = np.fromiter(counted.keys(), dtype=np.int64, count=len(counted))
    counts = 1 + np.log(np.fromiter(counted.values(), dtype=np.float32, count=len(counted)))
    length = float(np.linalg.norm(counts)) or 1.0
    return places, (counts / length).astype(np.float32)


def _runs(message: str) -> Iterator[str]:
    """Letter runs within words, edges included, as `_word_`."""
    for word in message[:LONGEST_TEXT].split():
        framed = f" {word} "
        for size in range(SHORTEST, LONGEST + 1):
            for start in range(max(1, len(framed) - size + 1)):
                yield framed[start : start + size]
