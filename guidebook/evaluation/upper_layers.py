"""The upper layers of the multilingual encoder in torch, with narrow matrices that can learn.

Computes what e5_graph.py writes for the same layers, from the states below them; the wide matrices
stay as they are. It does not decide what is learnt: fitting_encoder.py does.
"""

import math
from collections.abc import Iterator, Sequence

import numpy as np
import torch
from numpy.typing import NDArray
from torch import nn
from torch.nn import functional

from guidebook.e5_weights import ZERO, E5Weights

DROPPED = 0.1
States = NDArray[np.float16]
"""One text's states below these layers, shape [tokens, hidden]."""


class Adapted(nn.Module):
    """Wx + bias + B(Ax): W in full from four bits, A and B to be learnt, B nought at first."""

    def __init__(self, weights: E5Weights, name: str, columns: int, rank: int) -> None:
        super().__init__()
        values, scales = weights.blocks(f"{name}.w", columns)
        wide = ((values.astype(np.float32) - ZERO) * scales[:, :, None]).reshape(-1, columns)
        self.name = name
        self.register_buffer("wide", torch.from_numpy(wide))
        self.register_buffer("bias", torch.from_numpy(weights.floats(f"{name}.b")))
        self.down = nn.Parameter(torch.randn(rank, columns) / math.sqrt(columns))
        self.up = nn.Parameter(torch.zeros(len(wide), rank))

    def forward(self, at: torch.Tensor) -> torch.Tensor:
        learnt = functional.linear(functional.linear(at, self.down), self.up)
        return functional.linear(at, self.wide, self.bias) + learnt


class Layer(nn.Module):
    """One layer of BERT (Devlin et al. 2019): attention, then two wide steps, each normalised."""

    def __init__(self, weights: E5Weights, number: int, rank: int) -> None:
        super().__init__()
        name, shape = f"l{number}", weights.shape
        self.heads, self.hidden, self.epsilon = shape.heads, shape.hidden, shape.epsilon
        parts = ("q", "k", "v", "ao", "fi")
        self.parts = nn.ModuleDict(
            {part: Adapted(weights, f"{name}.{part}", shape.hidden, rank) for part in parts}
        )
        self.parts["fo"] = Adapted(weights, f"{name}.fo", shape.inner, rank)
        for norm in ("aln", "oln"):
            for kind in ("w", "b"):
                kept = torch.from_numpy(weights.floats(f"{name}.{norm}.{kind}"))
                self.register_buffer(f"{norm}_{kind}", kept)

    def forward(self, at: torch.Tensor, seen: torch.Tensor) -> torch.Tensor:
        def headed(part: str) -> torch.Tensor:
            return self.parts[part](at).unflatten(2, (self.heads, -1)).transpose(1, 2)

        asked = functional.scaled_dot_product_attention(
            headed("q"), headed("k"), headed("v"), attn_mask=seen[:, None, None, :]
        )
        turned = self.parts["ao"](asked.transpose(1, 2).flatten(2))
        at = self._normed(at + self._some(turned), self.aln_w, self.aln_b)
        fed = self.parts["fo"](functional.gelu(self.parts["fi"](at)))
        return self._normed(at + self._some(fed), self.oln_w, self.oln_b)

    def _some(self, at: torch.Tensor) -> torch.Tensor:
        return functional.dropout(at, DROPPED, self.training)

    def _normed(self, at: torch.Tensor, w: torch.Tensor, b: torch.Tensor) -> torch.Tensor:
        return functional.layer_norm(at, (self.hidden,), w, b, self.epsilon)


class UpperLayers(nn.Module):
    """The layers from `lower` on; gives a unit vector for each text, shape [texts, hidden]."""

    def __init__(self, weights: E5Weights, lower: int, rank: int) -> None:
        super().__init__()
        numbers = range(lower, weights.shape.layers)
        self.layers = nn.ModuleList([Layer(weights, number, rank) for number in numbers])

    def forward(self, texts: Sequence[States]) -> torch.Tensor:
        lengths = torch.tensor([len(states) for states in texts])
        at = nn.utils.rnn.pad_sequence(
            [torch.from_numpy(states).float() for states in texts], batch_first=True
        )
        seen = torch.arange(at.shape[1])[None] < lengths[:, None]
        for layer in self.layers:
            at = layer(at, seen)
        total = (at * seen[:, :, None]).sum(dim=1)
        return functional.normalize(total, dim=1)

    def adapted(self) -> Iterator[Adapted]:
        """Every matrix that learns."""
        return (part for part in self.modules() if isinstance(part, Adapted))
