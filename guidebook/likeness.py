"""Likeness: how near a message comes, letter run by letter run, to sentences of a known sort.

The word nets hold what we thought of; this holds what a line learned from examples has in common
with a message nobody wrote down. It promises the same number for the same message, from plain
weights in `data/likeness.npz`, in about a millisecond and without any model library: the gateway
uses it too. Each family (`danger`, `myth`, `support`) is judged by itself. Fitted by
`guidebook evaluate fit-nets`; a net decides what to do with it.
"""

import math
import zlib
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path

import numpy as np
import numpy.typing as npt

from guidebook.nets import ready

DATA = Path(__file__).resolve().parent / "data" / "likeness.npz"

BUCKETS = 1 << 15
SHORTEST, LONGEST = 2, 5
FEWEST_WORDS = 5
LONGEST_TEXT = 600  # characters looked at; a longer message says what it is before that

Like = Callable[[str, str], str | None]
"""Names the kind of a family (`danger`, `myth`, `support`) that a text resembles, or None."""

Unlike = Callable[[str, str], bool]
"""Tells that a text has nothing of a family."""

Floats = npt.NDArray[np.float32]
Places = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Family:
    """Kinds told apart from one another and from everything else.

    `weights` [BUCKETS, kinds] and `offsets` [kinds] give a kind's log-odds against none of them;
    `least` is the share from which a message counts as one of the family.
    """

    kinds: tuple[str, ...]
    weights: Floats
    offsets: Floats
    least: float

    def scores(self, places: Places, counts: Floats) -> dict[str, float]:
        """The log-odds of each kind against none for a message with these features."""
        scores = self.weights[places].T @ counts + self.offsets
        return dict(zip(self.kinds, scores.tolist(), strict=True))

    def likeliest(self, scores: Mapping[str, float]) -> str | None:
        """The likeliest kind by its log-odds, if the family is likely."""
        if sum(shares_of(scores).values()) < self.least:
            return None
        return max(scores, key=lambda kind: scores[kind])


@dataclass(frozen=True)
class Likeness:
    """The families, and how much a feature says: `rarity` [BUCKETS]."""

    rarity: Floats
    families: Mapping[str, Family]

    def shares(self, text: str, family: str) -> dict[str, float]:
        """How likely `text` is of each kind of a family."""
        return shares_of(self.scores(text, family))

    def scores(self, text: str, family: str) -> dict[str, float]:
        """The log-odds of each kind of a family against none for `text`."""
        return self.families[family].scores(*features(text, self.rarity))


@cache
def likeness() -> Likeness:
    """The fitted weights, read once a process."""
    with np.load(DATA, allow_pickle=False) as found:
        return Likeness(found["rarity"].astype(np.float32), read_families(found))


def shares_of(scores: Mapping[str, float]) -> dict[str, float]:
    """How likely each kind is by its log-odds; the rest belongs to none."""
    highest = max(0.0, *scores.values())
    odds = {kind: math.exp(score - highest) for kind, score in scores.items()}
    whole = sum(odds.values()) + math.exp(-highest)
    return {kind: odd / whole for kind, odd in odds.items()}


def read_families(found: Mapping[str, npt.NDArray[np.generic]]) -> dict[str, Family]:
    """The families that `numbers_of` put down, by name."""
    return {
        name: Family(
            tuple(map(str, found[f"{name}.kinds"])),
            found[f"{name}.weights"].astype(np.float32),
            found[f"{name}.offsets"].astype(np.float32),
            float(found[f"{name}.least"]),
        )
        for name in map(str, found["families"])
    }


def numbers_of(families: Mapping[str, Family]) -> dict[str, npt.NDArray[np.generic]]:
    """The families as arrays to be saved."""
    numbers: dict[str, npt.NDArray[np.generic]] = {"families": np.array(tuple(families))}
    for name, family in families.items():
        numbers[f"{name}.kinds"] = np.array(family.kinds)
        numbers[f"{name}.weights"] = family.weights.astype(np.float16)
        numbers[f"{name}.offsets"] = family.offsets.astype(np.float32)
        numbers[f"{name}.least"] = np.array(family.least, dtype=np.float32)
    return numbers


def nearest(text: str, family: str) -> str | None:
    """The likeliest kind of a family by letters alone, if the family is likely."""
    if too_short(text):
        return None
    found = likeness()
    return found.families[family].likeliest(found.scores(text, family))


def too_short(text: str) -> bool:
    """True for a few words: "no she is not" is like anything that begins so."""
    return ready(text).count(" ") < FEWEST_WORDS


def near(text: str, family: str, least: float) -> bool:
    """True when the share of a family, all kinds together, is at least `least`."""
    return sum(likeness().shares(text, family).values()) >= least


def features(text: str, rarity: Floats | None = None) -> tuple[Places, Floats]:
    """Buckets of the message's letter runs and words, and their weights, of length one together.

    With `rarity` a bucket few sentences have weighs more.
    """
    counted = Counter(zlib.crc32(run.encode()) % BUCKETS for run in _runs(ready(text)))
    places = np.fromiter(counted.keys(), dtype=np.int64, count=len(counted))
    counts = 1 + np.log(np.fromiter(counted.values(), dtype=np.float32, count=len(counted)))
    if rarity is not None:
        counts = counts * rarity[places]
    length = float(np.linalg.norm(counts)) or 1.0
    return places, (counts / length).astype(np.float32)


def _runs(message: str) -> Iterator[str]:
    """Letter runs within words, edges included, as `_word_`; then words, and pairs of them."""
    words = message[:LONGEST_TEXT].split()
    for word in words:
        framed = f" {word} "
        for size in range(SHORTEST, LONGEST + 1):
            for start in range(max(1, len(framed) - size + 1)):
                yield framed[start : start + size]
    yield from (f"_{word}" for word in words)
    yield from (f"_{first}_{second}" for first, second in pairwise(words))
