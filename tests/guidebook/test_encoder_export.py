"""The export says the same as the encoder, says what it is, and appears whole or not at all."""

import hashlib
import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import pytest
from onnx.reference import ReferenceEvaluator
from onnx.reference.op_run import OpRun
from sentence_transformers import SentenceTransformer
from tokenizers import Tokenizer

from guidebook import encoder_export
from guidebook.encoder import DIMENSION
from guidebook.encoder_export import export, minilm_folder
from guidebook.model_files import MINILM_SHA256, is_current

SENTENCES = ["Can I refuse an FIR?", "tezab case", "Who may examine a survivor of rape, and when?"]


class GatherElements(OpRun):
    """The reference evaluator's own breaks on the two-dimensional indices of this graph."""

    op_domain = ""

    def _run(self, table: Any, indices: Any, axis: int) -> tuple[Any]:
        return (np.take_along_axis(table, indices, axis=axis),)


def embed(folder: Path, ids: list[int], mask: list[int]) -> Any:
    """What the exported graph makes of one row of tokens."""
    graph = ReferenceEvaluator(onnx.load(folder / "model.onnx"), new_ops=[GatherElements])
    rows = {"input_ids": np.asarray([ids]), "attention_mask": np.asarray([mask])}
    made: Any = graph.run(["embedding"], rows)
    return np.asarray(made[0])[0]


@pytest.fixture(scope="module")
def exported(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return export(tmp_path_factory.mktemp("models") / "encoder")


def fake_graph(monkeypatch: pytest.MonkeyPatch, write: Callable[[Path, Path], None]) -> None:
    """Stand in for the slow part alone: the graph's bytes."""
    monkeypatch.setattr(encoder_export, "_write_graph", write)


def test_the_exported_graph_says_what_sentence_transformers_says(exported: Path) -> None:
    tokenizer = Tokenizer.from_file(str(exported / "tokenizer.json"))
    tokenizer.no_padding()
    model = SentenceTransformer(str(minilm_folder()), device="cpu", local_files_only=True)
    vectors = model.encode(SENTENCES, normalize_embeddings=True, show_progress_bar=False)
    for sentence, expected in zip(SENTENCES, vectors, strict=True):
        encoded = tokenizer.encode(sentence)
        embedding = embed(exported, encoded.ids, encoded.attention_mask)
        assert embedding == pytest.approx(expected, abs=1e-4)


def test_padding_changes_nothing_in_the_exported_graph(exported: Path) -> None:
    ids, padding = [101, 2064, 2016, 102], 4
    bare = embed(exported, ids, [1] * len(ids))
    padded = embed(exported, ids + [0] * padding, [1] * len(ids) + [0] * padding)
    assert bare == pytest.approx(padded, abs=1e-5)


def test_the_manifest_says_what_was_exported(exported: Path) -> None:
    manifest = json.loads((exported / "manifest.json").read_text())
    graph = hashlib.sha256((exported / "model.onnx").read_bytes()).hexdigest()
    assert manifest == {
        "model": "all-MiniLM-L6-v2",
        "weights_sha256": MINILM_SHA256,
        "dimension": DIMENSION,
        "max_tokens": 256,
        "onnx_sha256": graph,
    }
    assert sorted(path.name for path in exported.iterdir()) == [
        "manifest.json",
        "model.onnx",
        "tokenizer.json",
    ]


def test_an_export_is_current_until_a_bit_of_it_changes(exported: Path, tmp_path: Path) -> None:
    copied = shutil.copytree(exported, tmp_path / "encoder")
    assert is_current(copied)
    with (copied / "model.onnx").open("r+b") as graph:
        graph.seek(5000)
        graph.write(b"\0\1\2\3")
    assert not is_current(copied)


def test_an_export_of_other_weights_is_not_current(exported: Path, tmp_path: Path) -> None:
    copied = shutil.copytree(exported, tmp_path / "encoder")
    manifest = json.loads((copied / "manifest.json").read_text())
    (copied / "manifest.json").write_text(json.dumps(manifest | {"weights_sha256": "0" * 64}))
    assert not is_current(copied)


@pytest.mark.parametrize("manifest", [None, "", "{", "[]", "3", "{}"])
def test_a_missing_or_broken_manifest_is_not_current(tmp_path: Path, manifest: str | None) -> None:
    for name in ("model.onnx", "tokenizer.json"):
        (tmp_path / name).touch()
    if manifest is not None:
        (tmp_path / "manifest.json").write_text(manifest)
    assert not is_current(tmp_path)


@pytest.mark.parametrize("missing", ["model.onnx", "tokenizer.json"])
def test_a_manifest_without_its_files_is_not_current(
    exported: Path, tmp_path: Path, missing: str
) -> None:
    copied = shutil.copytree(exported, tmp_path / "encoder")
    assert is_current(copied)
    (copied / missing).unlink()
    assert not is_current(copied)


def test_a_failing_export_leaves_the_old_one_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "encoder"
    target.mkdir()
    (target / "manifest.json").write_text("old")

    def fail(folder: Path, graph: Path) -> None:
        graph.write_bytes(b"half")
        raise OSError("no space left")

    fake_graph(monkeypatch, fail)
    with pytest.raises(OSError, match="no space left"):
        export(target)
    assert [path.name for path in tmp_path.iterdir()] == ["encoder"]
    assert (target / "manifest.json").read_text() == "old"


def test_a_new_export_takes_the_place_of_the_old_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "models" / "encoder"
    fake_graph(monkeypatch, lambda folder, graph: graph.touch())
    export(target)
    (target / "left-over").write_text("old")
    assert export(target) == target
    assert [path.name for path in target.parent.iterdir()] == ["encoder"]
    assert not (target / "left-over").exists()
    assert is_current(target)
