"""Fit meaning.py: the families of the nets, told apart by the embeddings of the same examples.

The least share of a family is found as for likeness, by letters and meaning together. Of what is
neutral a part is enough, as every line costs an embedding. No file that is held out is read here.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from guidebook.evaluation import fitting_nets as nets
from guidebook.evaluation.fitting_nets import NONE, SEED, Examples, Figures
from guidebook.likeness import Family, Floats, likeness, numbers_of

FALSE_ALARMS = {"myth": 0.02, "support": 0.016, "danger": 0.06}
STRENGTH = 0.003  # inverse of the regularisation of standardised features
NEUTRAL = 7000

Embed = Callable[[Sequence[str]], Floats]


@dataclass(frozen=True)
class Fitted:
    """What meaning.npz holds, and how it was judged: (family, recall, false alarms)."""

    families: dict[str, Family]
    figures: Figures

    def save(self, path: Path) -> None:
        """Write the numbers alone: no object that runs when it is read."""
        np.savez_compressed(path, allow_pickle=False, **numbers_of(self.families))


def some(examples: Examples) -> Examples:
    """The examples with at most NEUTRAL of the neutral ones."""
    neutral = examples[NONE]
    chosen = np.random.default_rng(SEED).permutation(len(neutral))[:NEUTRAL]
    return {**examples, NONE: [neutral[place] for place in sorted(chosen)]}


def fit(examples: Examples, embed: Embed) -> Fitted:
    """Weights over embeddings, and the least share, of each family."""
    texts = [text for sort in examples for text in examples[sort]]
    vectors = embed(texts)
    middle, spread = vectors.mean(axis=0), vectors.std(axis=0)
    rows = (vectors - middle) / spread
    letters = nets.matrix(texts, likeness().rarity)
    families, figures = {}, []
    for name, allowed in FALSE_ALARMS.items():
        kinds = nets.kinds_of(examples, name)
        by_meaning = nets.judged_apart(rows, kinds, STRENGTH)
        by_letters = nets.judged_apart(letters, kinds, nets.STRENGTH)
        shares = nets.shares_of((by_meaning + by_letters) / 2)
        least, recall = nets.least_of(shares, examples, kinds, allowed)
        families[name] = plain(nets.family_of(rows, kinds, least, STRENGTH), middle, spread)
        figures.append((name, recall, allowed))
    return Fitted(families, tuple(figures))


def plain(family: Family, middle: Floats, spread: Floats) -> Family:
    """The same family for vectors as they come, not standardised."""
    weights = family.weights / spread[:, None]
    return replace(family, weights=weights, offsets=family.offsets - middle @ weights)
