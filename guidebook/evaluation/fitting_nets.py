"""Fit the likeness of the nets on examples, against what officers ask and other small talk.

The least share of each family is the one that lets through a set share of neutral sentences when
each is judged by a fit that did not see it. Nothing of the held-out files is read here.
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
from guidebook.likeness import BUCKETS, features, too_short
from guidebook.myths import believed_by_rule, myths
from guidebook.requests import named_by_rule
from guidebook.vocabulary import supports

NONE = "none:none"
FALSE_ALARMS = {"myth": 0.016, "support": 0.010, "danger": 0.025}
WEIGHTS = {"none": 1.0, "danger": 2.0, "myth": 4.0, "support": 4.0}
EMERGENCY = "report_emergency"
DANGER = "danger:danger"
LEARNT = ("danger.yml", "danger_second.yml")
PHRASINGS = 5000
FIRST_PERSON = {"officer-wellbeing-practice"}  # its phrasings are disclosures themselves
FOLDS = 3
SEED = 20

Examples = Mapping[str, Sequence[str]]


@dataclass(frozen=True)
class Fitted:
    """What likeness.npz holds, and how it was judged: (family, recall, false alarms)."""

    sorts: tuple[str, ...]
    weights: npt.NDArray[np.float64]
    offsets: npt.NDArray[np.float64]
    least: npt.NDArray[np.float64]
    figures: tuple[tuple[str, float, float], ...]

    def save(self, path: Path) -> None:
        """Write the numbers alone: no object that runs when it is read."""
        np.savez_compressed(
            path,
            sorts=np.array(self.sorts),
            weights=self.weights.astype(np.float16),
            offsets=self.offsets.astype(np.float32),
            least=self.least.astype(np.float32),
        )


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
    """Weights of all sorts together, and each family's least share."""
    sorts = sorted(examples)
    texts = [text for sort in sorts for text in examples[sort]]
    labels = np.array([sort for sort in sorts for _ in examples[sort]])
    rows = matrix(texts)
    apart = np.zeros((len(texts), len(sorts)))
    order = np.random.default_rng(SEED).permutation(len(texts))
    for fold in range(FOLDS):
        judged = order[fold::FOLDS]
        learned = np.setdiff1d(order, judged)
        apart[judged] = _regression(rows[learned], labels[learned]).predict_proba(rows[judged])
    whole = _regression(rows, labels)
    short = np.array([too_short(text) for text in texts])
    families = np.array([sort.partition(":")[0] for sort in sorts])
    least = np.ones(len(sorts))
    figures = []
    for family, allowed in FALSE_ALARMS.items():
        shares = apart[:, families == family].sum(axis=1)
        shares[short] = 0.0
        bound = float(np.quantile(shares[(labels == NONE) & ~short], 1 - allowed))
        least[families == family] = bound
        own = np.char.startswith(labels, f"{family}:")
        figures.append((family, float((shares[own] >= bound).mean()), allowed))
    return Fitted(tuple(sorts), whole.coef_.T, whole.intercept_, least, tuple(figures))


def matrix(texts: Sequence[str]) -> csr_matrix:
    """The features of each text, a row a text."""
    places: list[int] = []
    counts: list[float] = []
    ends = [0]
    for text in texts:
        here, weights = features(text)
        places += here.tolist()
        counts += weights.tolist()
        ends.append(len(places))
    return csr_matrix((counts, places, ends), shape=(len(texts), BUCKETS))


def _regression(rows: csr_matrix, labels: npt.NDArray[np.str_]) -> LogisticRegression:
    weights = [WEIGHTS[label.partition(":")[0]] for label in labels]
    return LogisticRegression(C=30, max_iter=300, tol=1e-3).fit(rows, labels, weights)


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
