"""Meaning: is a message of a known sort, by its embedding, where no word of it gave that away?

The word nets hold what we thought of, likeness what letters share with examples. This judges the
vector that the search makes anyway, together with likeness, so a message in words nobody wrote down
is heard too. Families and kinds are those of likeness.py; weights lie in `data/meaning.npz`, fitted
by `guidebook evaluate fit-meaning`. The gateway has no encoder and does without.
"""

from collections.abc import Mapping
from functools import cache
from pathlib import Path

import numpy as np
import numpy.typing as npt

from guidebook.likeness import Family, likeness, read_families, shares_of, too_short

DATA = Path(__file__).resolve().parent / "data" / "meaning.npz"
ENCODER = "e5"  # it reads every script
UNLIKE = 0.05  # below this share nothing about a message is of the family

Floats = npt.NDArray[np.float32]


@cache
def families() -> Mapping[str, Family]:
    """The fitted weights, read once a process."""
    with np.load(DATA, allow_pickle=False) as found:
        return read_families(found)


def meant(text: str, vector: Floats, family: str) -> str | None:
    """The likeliest kind of a family for `text` with this embedding, shape [dimension], if the
    family is likely by letters and meaning together."""
    return None if too_short(text) else families()[family].likeliest(scores(text, vector, family))


def unlike(text: str, vector: Floats, family: str) -> bool:
    """True when nothing about `text` is of the family: a rule that caught it may be mistaken."""
    return sum(shares_of(scores(text, vector, family)).values()) < UNLIKE


def scores(text: str, vector: Floats, family: str) -> dict[str, float]:
    """The log-odds of each kind against none: the mean of those by letters and by meaning."""
    found = families()[family]
    by_meaning = found.scores(np.arange(len(vector)), vector)
    by_letters = likeness().scores(text, family)
    return {kind: (by_meaning[kind] + by_letters[kind]) / 2 for kind in found.kinds}
