"""Fit the likeness of the nets on examples, against what officers ask and other small talk.

Each family is told apart from everything else, the other families included. Its least share is the
one that lets through a set share of neutral sentences when each is judged by a fit that did not
see it. Nothing of the held-out files is read here.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import yaml
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from guidebook.corpus import Corpus
from guidebook.likeness import BUCKETS, Family, Likeness, features, too_short
from guidebook.myths import believed_by_rule, myths
from guidebook.requests import named_by_rule
from guidebook.vocabulary import supports

NONE = "none:none"
FALSE_ALARMS = {"myth": 0.014, "support": 0.007, "danger": 0.058}
FLOORS = {"support": 0.2}  # its reply takes the place of the answer, so it must be surer
WEIGHT = 3.0  # of an example, against one of what is neutral
STRENGTH = 10.0  # inverse of the regularisation
EMERGENCY = "report_emergency"
DANGER = "danger:danger"
LEARNT = ("danger.yml", "danger_second.yml")
PHRASINGS = 11000
FIRST_PERSON = {"officer-wellbeing-practice"}  # its phrasings are disclosures themselves
FOLDS = 3
SEED = 20

Floats = npt.NDArray[np.float32]
Examples = Mapping[str, Sequence[str]]


@dataclass(frozen=True)
class Fitted:
    """What likeness.npz holds, and how it was judged: (family, recall, false alarms)."""

    likeness: Likeness
    figures: tuple[tuple[str, float, float], ...]

    def save(self, path: Path) -> None:
        """Write the numbers alone: no object that runs when it is read."""
        numbers: dict[str, npt.ArrayLike] = {
            "families": np.array(tuple(self.likeness.families)),
            "rarity": self.likeness.rarity.astype(np.float16),
        }
        for name, family in self.likeness.families.items():
            numbers[f"{name}.kinds"] = np.array(family.kinds)
            numbers[f"{name}.weights"] = family.weights.astype(np.float16)
            numbers[f"{name}.offsets"] = family.offsets.astype(np.float32)
            numbers[f"{name}.least"] = np.float32(family.least)
        np.savez_compressed(path, allow_pickle=False, **numbers)


def gather(folder: Path, nlu: Path, corpus: Corpus) -> dict[str, list[str]]:
    """Every example by sort: `family:kind`."""
    found: dict[str, list[str]] = yaml.safe_load(
        (folder / "examples.yml").read_text(encoding="utf-8")
    )
    lines = _intents(nlu)
    danger = [
        row
        for name in LEARNT
        for row in yaml.safe_load((folder / name).read_text(encoding="utf-8"))
    ]
    found[DANGER] = [
        *found.get(DANGER, ()),
        *lines.pop(EMERGENCY),
        *(row["text"] for row in danger if row["danger"]),
    ]
    apart = FIRST_PERSON | {myth.passage.partition("/")[0] for myth in myths()}
    asked = sorted(
        phrasing
        for passage in corpus.passages
        if passage.document_id not in apart
        for phrasing in passage.asked_as
    )
    chosen = np.random.default_rng(SEED).permutation(len(asked))[:PHRASINGS]
    neutral = [asked[place] for place in chosen]
    neutral += [line for some in lines.values() for line in some]
    neutral += [row["text"] for row in danger if not row["danger"]]
    texts = dict.fromkeys([*found[NONE], *neutral])
    found[NONE] = [text for text in texts if _is_neutral(text)]
    return found


def fit(examples: Examples) -> Fitted:
    """Weights and least share of each family."""
    texts = [text for sort in examples for text in examples[sort]]
    sorts = [sort for sort in examples for _ in examples[sort]]
    rarity = _rarity(texts)
    rows = matrix(texts, rarity)
    neutral = np.array([sort == NONE for sort in sorts])
    long = np.array([not too_short(text) for text in texts])
    families, figures = {}, []
    for name, allowed in FALSE_ALARMS.items():
        kinds = np.array([_kind(sort, name) for sort in sorts])
        own = kinds != NONE
        shares = np.where(long, _judged_apart(rows, kinds), 0.0)
        found = float(np.quantile(shares[neutral & long], 1 - allowed))
        least = max(found, FLOORS.get(name, 0.0))
        families[name] = _family(rows, kinds, least)
        figures.append((name, float((shares[own] >= least).mean()), allowed))
    return Fitted(Likeness(rarity, families), tuple(figures))


def matrix(texts: Sequence[str], rarity: Floats | None = None) -> csr_matrix:
    """The features of each text, a row a text."""
    places: list[int] = []
    counts: list[float] = []
    ends = [0]
    for text in texts:
        here, weights = features(text, rarity)
        places += here.tolist()
        counts += weights.tolist()
        ends.append(len(places))
    return csr_matrix((counts, places, ends), shape=(len(texts), BUCKETS))


def _rarity(texts: Sequence[str]) -> Floats:
    """1 + log((1 + texts) / (1 + texts that have it)), of each feature."""
    having = np.bincount(matrix(texts).indices, minlength=BUCKETS)
    return (1 + np.log((1 + len(texts)) / (1 + having))).astype(np.float32)


def _kind(sort: str, family: str) -> str:
    """The kind a sort is of in a family; NONE where it is another's."""
    mine, _, kind = sort.partition(":")
    return kind if mine == family else NONE


def _judged_apart(rows: csr_matrix, kinds: npt.NDArray[np.str_]) -> npt.NDArray[np.float64]:
    """The family's share of each row, by a fit that did not see it."""
    shares = np.zeros(len(kinds))
    order = np.random.default_rng(SEED).permutation(len(kinds))
    for fold in range(FOLDS):
        judged = order[fold::FOLDS]
        learned = np.setdiff1d(order, judged)
        model = _regression(rows[learned], kinds[learned])
        none = list(model.classes_).index(NONE)
        shares[judged] = 1 - model.predict_proba(rows[judged])[:, none]
    return shares


def _family(rows: csr_matrix, kinds: npt.NDArray[np.str_], least: float) -> Family:
    """The regression as log-odds of each kind against none."""
    model = _regression(rows, kinds)
    weights, offsets = model.coef_, model.intercept_
    if len(model.classes_) == 2:  # one row, of the second class against the first
        weights, offsets = np.vstack([0 * weights, weights]), np.append(0, offsets)
    none = list(model.classes_).index(NONE)
    own = [place for place in range(len(model.classes_)) if place != none]
    return Family(
        tuple(str(model.classes_[place]) for place in own),
        (weights[own] - weights[none]).T.astype(np.float32),
        (offsets[own] - offsets[none]).astype(np.float32),
        least,
    )


def _regression(rows: csr_matrix, kinds: npt.NDArray[np.str_]) -> LogisticRegression:
    weights = np.where(kinds == NONE, 1.0, WEIGHT)
    return LogisticRegression(C=STRENGTH, max_iter=400).fit(rows, kinds, weights)


def _intents(folder: Path) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for path in sorted(folder.glob("*.yml")):
        for block in yaml.safe_load(path.read_text(encoding="utf-8"))["nlu"]:
            lines = [line.removeprefix("- ") for line in block["examples"].splitlines()]
            found.setdefault(block["intent"], []).extend(lines)
    return found


def _is_neutral(text: str) -> bool:
    status = named_by_rule(text)
    return believed_by_rule(text) is None and not (status is not None and supports(status))
