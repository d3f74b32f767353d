"""What a message says of a case, by its letters and its meaning, where no rule reads it.

One family of likeness.py for each question of the first-hour card, its values as kinds, and one
that tells a question put to us from an answer. Weights lie in `data/first_hour.npz`, fitted by
`guidebook evaluate fit-first-hour`. What is done with it is first_hour.py's business.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import numpy as np
import numpy.typing as npt

from guidebook.likeness import Family, features, likeness, read_families, shares_of

DATA = Path(__file__).resolve().parent / "data" / "first_hour.npz"
ASKS = "asks"  # the family beside those of the questions
LETTERS, MEANING = "letters", "meaning"

Floats = npt.NDArray[np.float32]


@dataclass(frozen=True)
class Heard:
    """The likely answers by question, and whether the officer asks something of us."""

    answers: Mapping[str, str] = field(default_factory=dict)
    asks: bool = False


NOTHING = Heard()
Hear = Callable[[str], Heard]


def hear_nothing(text: str) -> Heard:
    """Without an encoder rules must do."""
    return NOTHING


def heard(text: str, vector: Floats) -> Heard:
    """What `text` with this embedding, shape [dimension], says of a case."""
    by_letters = features(text, likeness().rarity)
    by_meaning = (np.arange(len(vector)), vector)
    found = {}
    for name in names():
        letters, meaning = families()[f"{LETTERS}.{name}"], families()[f"{MEANING}.{name}"]
        first, second = letters.scores(*by_letters), meaning.scores(*by_meaning)
        shares = shares_of({kind: (first[kind] + second[kind]) / 2 for kind in letters.kinds})
        likeliest = max(shares, key=lambda kind: shares[kind])
        if shares[likeliest] >= letters.least:
            found[name] = likeliest
    asks = found.pop(ASKS, None) is not None
    return Heard(found, asks)


@cache
def families() -> Mapping[str, Family]:
    """The fitted weights, read once a process: by `letters.question` and `meaning.question`."""
    with np.load(DATA, allow_pickle=False) as numbers:
        return read_families(numbers)


@cache
def names() -> tuple[str, ...]:
    """The questions, and ASKS."""
    return tuple(name.partition(".")[2] for name in families() if name.startswith(LETTERS))
