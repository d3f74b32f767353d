"""Fit the likeness of the nets on examples, against what officers ask and other small talk.

Each family is told apart from everything else, the other families included. Its least share is the
one that lets through a set share of neutral sentences when each is judged by a fit that did not
see it. Nothing of the held-out files is read here.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias, get_args

import numpy as np
import numpy.typing as npt
import yaml
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from guidebook.corpus import Corpus
from guidebook.first_hour import CHOICES, label
from guidebook.likeness import BUCKETS, Family, Likeness, features, numbers_of, too_short
from guidebook.myths import believed_by_rule, myths
from guidebook.requests import named_by_rule
from guidebook.vocabulary import Lang, supports

NONE = "none:none"
EVERYDAY = "none:everyday"  # of no field of ours: learnt from, but no measure of false alarms
FALSE_ALARMS = {"myth": 0.014, "support": 0.006, "danger": 0.048}
FLOORS = {"support": 0.32}  # its reply takes the place of the answer, so it must be surer
WEIGHT = 3.0  # of an example, against one of what is neutral
STRENGTH = 10.0  # inverse of the regularisation
EMERGENCY = "report_emergency"
DANGER = "danger:danger"
EXAMPLES = ("examples.yml", "examples_second.yml")
LEARNT = ("danger.yml", "danger_second.yml", "danger_learnt.yml")
OTHER_TALK = ("requests.yml", "out_of_scope")
PHRASINGS = 11000
FIRST_PERSON = {"officer-wellbeing-practice"}  # its phrasings are disclosures themselves
FOLDS = 3
SEED = 20

Floats = npt.NDArray[np.float32]
Examples = Mapping[str, Sequence[str]]
Figures = tuple[tuple[str, float, float], ...]
Rows: TypeAlias = "csr_matrix | Floats"
Kinds = npt.NDArray[np.str_]
Scores = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Fitted:
    """What likeness.npz holds, and how it was judged: (family, recall, false alarms)."""

    likeness: Likeness
    figures: Figures

    def save(self, path: Path) -> None:
        """Write the numbers alone: no object that runs when it is read."""
        numbers = numbers_of(self.likeness.families)
        numbers["rarity"] = self.likeness.rarity.astype(np.float16)
        np.savez_compressed(path, allow_pickle=False, **numbers)


def gather(folder: Path, nlu: Path, corpus: Corpus) -> dict[str, list[str]]:
    """Every example by sort: `family:kind`."""
    found: dict[str, list[str]] = {}
    for name in EXAMPLES:
        for sort, texts in yaml.safe_load((folder / name).read_text(encoding="utf-8")).items():
            found.setdefault(sort, []).extend(texts)
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
    neutral += [
        label(question, value, lang)
        for question, values in CHOICES.items()
        for value in values
        for lang in get_args(Lang)
        if question != "danger"
    ]
    neutral += [row["text"] for row in danger if not row["danger"]]
    texts = dict.fromkeys([*found[NONE], *neutral])
    found[NONE] = [text for text in texts if _is_neutral(text)]
    name, kind = OTHER_TALK
    found[EVERYDAY] = yaml.safe_load((folder / name).read_text(encoding="utf-8"))[kind]
    return found


def fit(examples: Examples) -> Fitted:
    """Weights and least share of each family."""
    texts = [text for sort in examples for text in examples[sort]]
    rarity = _rarity(texts)
    rows = matrix(texts, rarity)
    families, figures = {}, []
    for name, allowed in FALSE_ALARMS.items():
        kinds = kinds_of(examples, name)
        shares = shares_of(judged_apart(rows, kinds, STRENGTH))
        found, recall = least_of(shares, examples, kinds, allowed, FLOORS.get(name, 0.0))
        families[name] = family_of(rows, kinds, found, STRENGTH)
        figures.append((name, recall, allowed))
    return Fitted(Likeness(rarity, families), tuple(figures))


def kinds_of(examples: Examples, family: str) -> Kinds:
    """The kind of each example in a family; NONE where it is another's."""
    return np.array([_kind(sort, family) for sort in examples for _ in examples[sort]])


def least_of(
    shares: Scores, examples: Examples, kinds: Kinds, allowed: float, floor: float = 0.0
) -> tuple[float, float]:
    """The least share that lets through no more than `allowed` of what is neutral, and the share
    of the family's own examples that it finds."""
    neutral = np.array([sort == NONE for sort in examples for _ in examples[sort]])
    long = np.array([not too_short(text) for sort in examples for text in examples[sort]])
    least = max(float(np.quantile(shares[neutral & long], 1 - allowed)), floor)
    return least, float((shares * long >= least)[kinds != NONE].mean())


def shares_of(scores: Scores) -> Scores:
    """The family's share of each row, by the log-odds of its kinds against none."""
    odds = np.exp(scores).sum(axis=1)
    return np.asarray(odds / (1 + odds))


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


def judged_apart(rows: Rows, kinds: Kinds, strength: float) -> Scores:
    """The log-odds of each kind against none for each row, by a fit that did not see it.

    `strength` is the inverse of the regularisation. Shape [rows, kinds], kinds in their order.
    """
    scores = np.zeros((len(kinds), len(set(kinds)) - 1))
    order = np.random.default_rng(SEED).permutation(len(kinds))
    for fold in range(FOLDS):
        judged = order[fold::FOLDS]
        learned = np.setdiff1d(order, judged)
        model = _regression(rows[learned], kinds[learned], strength)
        none = list(model.classes_).index(NONE)
        logs = model.predict_log_proba(rows[judged])
        scores[judged] = np.delete(logs, none, axis=1) - logs[:, [none]]
    return scores


def family_of(
    rows: Rows, kinds: Kinds, least: float, strength: float, weight: float = WEIGHT
) -> Family:
    """The regression as log-odds of each kind against none; `weight` is that of an example."""
    model = _regression(rows, kinds, strength, weight)
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


def _regression(
    rows: Rows, kinds: Kinds, strength: float, weight: float = WEIGHT
) -> LogisticRegression:
    weights = np.where(kinds == NONE, 1.0, weight)
    return LogisticRegression(C=strength, max_iter=400).fit(rows, kinds, weights)


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
