"""Judge by meaning what sort of request a message is, where no rule of requests.py foresaw it.

A question for the corpus, or one of the kinds that never get an answer from it: help to do wrong, a
prediction, a paper to be written, where a woman is, another country's law, other matters. A
multinomial regression over the query's embedding, which the search has made anyway, so it costs
nothing. Weights lie in `data/request_kinds.npz`, fitted by
`guidebook evaluate fit-requests`. Alone it is not sure enough to refuse: confidence.py weighs it
with the evidence, and answering.py takes the kind's name for a refusal that was decided there.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
import numpy.typing as npt

DATA = Path(__file__).resolve().parent / "data" / "request_kinds.npz"

QUESTION = "question"  # the kind of what the corpus is asked
STATUS_OF: Mapping[str, str] = {
    "wrongdoing": "refused_wrongdoing",
    "risk_score": "refused_risk_score",
    "verdict": "refused_verdict",
    "drafting": "refused_drafting",
    "whereabouts": "refused_whereabouts",
    "other_country": "unanswerable_other_country",
    "out_of_scope": "unanswerable_out_of_scope",
}
LIKELY = 0.6  # from this share on a refusal bears the kind's name

Floats = npt.NDArray[np.float32]


@dataclass(frozen=True)
class RequestKinds:
    """What was fitted: `weights` [dimension, kinds], `offsets` [kinds]."""

    kinds: tuple[str, ...]
    weights: Floats
    offsets: Floats

    def scores(self, vector: Floats) -> dict[str, float]:
        """Log-likelihood of each kind, up to a constant, for an embedding of shape [dimension]."""
        return dict(zip(self.kinds, (vector @ self.weights + self.offsets).tolist(), strict=True))


@cache
def request_kinds() -> RequestKinds:
    """The fitted weights, read once a process."""
    with np.load(DATA, allow_pickle=False) as found:
        return RequestKinds(
            tuple(map(str, found["kinds"])),
            found["weights"].astype(np.float32),
            found["offsets"].astype(np.float32),
        )


def elsewhere(embedded: Floats | None) -> float:
    """How much likelier the likeliest other kind is than a question for the corpus, in logs, by a
    query's embedding, shape [dimension]."""
    if embedded is None:
        return 0.0
    scores = request_kinds().scores(embedded)
    question = scores.pop(QUESTION)
    return max(scores.values()) - question


def likely_status(embedded: Floats | None) -> str | None:
    """The status that fits a request which is refused, or None when no kind is likely."""
    if embedded is None:
        return None
    scores = request_kinds().scores(embedded)
    values = np.asarray(list(scores.values()))
    shares = np.exp(values - values.max())
    shares /= shares.sum()
    kind = max(scores, key=lambda name: scores[name])
    return STATUS_OF.get(kind) if shares.max() >= LIKELY else None
