"""Fit adaptation.py: teach the encoder's upper layers which texts ask for one passage.

Each passage is a class with a proxy, and every phrasing, and every message of told.py, is to lie
nearer to its own proxy than to any other: softmax over cosines (Zhai and Wu 2019), learnt through
the narrow matrices alone (Hu et al. 2022). What phrasings.py keeps back is not seen: it judges, and
fusion is fitted on it. No question of the examination plays a part.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch.nn import functional

from guidebook.adaptation import Floats, save_adaptation
from guidebook.e5_graph import write_lower
from guidebook.e5_weights import E5Weights
from guidebook.evaluation.upper_layers import States, UpperLayers
from guidebook.onnx_session import in_parallel, open_session

LOWER = 6  # layers that stay as they are, of twelve: computed once a text
RANK = 16
EPOCHS = 4
BATCH = 64
RATE, PROXY_RATE = 2e-3, 1e-2
SHARPNESS = 20.0  # cosines times this are the logits
SMOOTHING = 0.05
TOKENS = 128  # of a text: what a passage says longer than that begins so
SORTED = 16  # batches are made of as many, by length, so that little is padding
SEED = 20261122

Rows = NDArray[np.int64]


@dataclass(frozen=True)
class Examples:
    """Texts as the encoder is given them, the sort and the passage of each, and which are kept
    back."""

    texts: Sequence[str]
    sorts: Sequence[str]
    owners: Rows
    kept_back: NDArray[np.bool_]


@dataclass(frozen=True)
class Fitted:
    """The narrow matrices by name; and by sort, of the texts kept back, how many there are and the
    share that lies nearest to the proxy of its own passage, before and after."""

    down: dict[str, Floats]
    up: dict[str, Floats]
    figures: tuple[tuple[str, int, float, float], ...]

    def save(self, path: Path) -> None:
        """See adaptation.save_adaptation."""
        save_adaptation(path, self.down, self.up)


def fit(
    examples: Examples,
    weights: E5Weights,
    tokens: Callable[[str], list[int]],
    told: Callable[[str], None] = lambda line: None,
) -> Fitted:
    """Learn for EPOCHS; `tokens` cuts a text as the encoder does. Half an hour on two cores."""
    torch.manual_seed(SEED)
    states = lower_states(examples.texts, weights, tokens)
    told(f"{len(states)} texts through the lower {LOWER} layers")
    net = UpperLayers(weights, LOWER, RANK)
    vectors = _vectors(net, states)
    middle = vectors.mean(dim=0)
    learnt, apart = ~examples.kept_back, np.flatnonzero(examples.kept_back)
    proxies = torch.nn.Parameter(_sums(vectors[learnt] - middle, examples.owners[learnt]))
    before = _right(vectors[apart] - middle, proxies, examples.owners[apart])
    narrow = [values for part in net.adapted() for values in (part.down, part.up)]
    groups = [{"params": narrow, "lr": RATE}, {"params": [proxies], "lr": PROXY_RATE}]
    optimiser = torch.optim.AdamW(groups, weight_decay=0.0)
    batches = list(_batches(np.flatnonzero(learnt), [len(one) for one in states]))
    schedule = torch.optim.lr_scheduler.OneCycleLR(
        optimiser, [RATE, PROXY_RATE], total_steps=len(batches) + 1, pct_start=0.1
    )
    net.train()
    for number, rows in enumerate(batches):
        turned = functional.normalize(net([states[row] for row in rows]) - middle, dim=1)
        logits = SHARPNESS * functional.dropout(turned, 0.1) @ functional.normalize(proxies).T
        owners = torch.from_numpy(examples.owners[rows])
        loss = functional.cross_entropy(logits, owners, label_smoothing=SMOOTHING)
        optimiser.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(narrow, 1.0)
        optimiser.step()
        schedule.step()
        if number % 100 == 99:
            told(f"batch {number + 1} of {len(batches)}: loss {loss.item():.2f}")
    judged = _vectors(net, [states[row] for row in apart]) - middle
    after = _right(judged, proxies, examples.owners[apart])
    sorts = np.asarray(examples.sorts)[apart]
    return Fitted(
        {part.name: part.down.detach().numpy() for part in net.adapted()},
        {part.name: part.up.detach().numpy() for part in net.adapted()},
        tuple(
            (str(sort), int(of.sum()), float(before[of].mean()), float(after[of].mean()))
            for sort in dict.fromkeys(sorts)
            for of in (sorts == sort,)
        ),
    )


def lower_states(
    texts: Sequence[str], weights: E5Weights, tokens: Callable[[str], list[int]]
) -> list[States]:
    """What the lower layers make of each text, the part that never changes, in half precision."""
    session = open_session(write_lower(weights, LOWER))
    pieces = weights.pieces

    def through(text: str) -> States:
        numbers = [pieces.begin, *tokens(f"query: {text}")[:TOKENS], pieces.end]
        found = session.run(["states"], {"words": weights.words(numbers)[None]})[0][0]
        return np.asarray(found, dtype=np.float16)

    return in_parallel(through, texts)


def _batches(rows: Rows, lengths: Sequence[int]) -> Iterator[Rows]:
    """EPOCHS times every row, in batches of like length, in random order."""
    random = np.random.default_rng(SEED)
    long = np.asarray(lengths)
    for _ in range(EPOCHS):
        order = random.permutation(rows)
        made: list[Rows] = []
        for start in range(0, len(order), BATCH * SORTED):
            part = order[start : start + BATCH * SORTED]
            part = part[np.argsort(long[part], kind="stable")]
            made += [part[at : at + BATCH] for at in range(0, len(part), BATCH)]
        yield from (made[at] for at in random.permutation(len(made)))


def _vectors(net: UpperLayers, states: Sequence[States]) -> torch.Tensor:
    """Unit vectors of all, shape [texts, hidden], without learning."""
    net.eval()
    order = np.argsort([len(one) for one in states], kind="stable")
    parts = [order[at : at + 2 * BATCH] for at in range(0, len(order), 2 * BATCH)]
    with torch.no_grad():
        found = torch.cat([net([states[row] for row in part]) for part in parts])
    return found[torch.from_numpy(np.argsort(order))]


def _sums(vectors: torch.Tensor, owners: Rows) -> torch.Tensor:
    total = torch.zeros(int(owners.max()) + 1, vectors.shape[1])
    return functional.normalize(total.index_add_(0, torch.from_numpy(owners), vectors), dim=1)


def _right(vectors: torch.Tensor, proxies: torch.Tensor, owners: Rows) -> NDArray[np.bool_]:
    """Whether the nearest proxy is that of their own passage, shape [texts]."""
    with torch.no_grad():
        nearest = (functional.normalize(vectors) @ functional.normalize(proxies).T).argmax(dim=1)
    return np.asarray(nearest.numpy() == owners)
