"""Export the sentence encoder to ONNX for the Rasa environment.

Writes `model.onnx`, `tokenizer.json` and `manifest.json` into one folder. The graph takes
`input_ids` and `attention_mask` (int64, [n, tokens]) and gives `embedding` (float32, [n, 384]),
pooled and of unit length, so that the other side needs neither torch nor this package.
The folder appears whole or not at all. It does not decide when an export is due.
"""

import hashlib
import json
import shutil
import tempfile
import warnings
from pathlib import Path

from guidebook.encoder import (
    DIMENSION,
    MINILM_MAX_TOKENS,
    MINILM_NAME,
    MINILM_SHA256,
    minilm_folder,
)

OPSET = 17  # the newest that torch's TorchScript exporter writes


def is_current(target: Path) -> bool:
    """True when `target` holds an export of the encoder this version expects."""
    if not all((target / name).is_file() for name in ("model.onnx", "tokenizer.json")):
        return False
    try:
        manifest = json.loads((target / "manifest.json").read_text())
        return bool(manifest["weights_sha256"] == MINILM_SHA256)
    except (OSError, ValueError, TypeError, KeyError):
        return False


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
            "onnx_sha256": hashlib.sha256(graph.read_bytes()).hexdigest(),
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


def _write_graph(folder: Path, graph: Path) -> None:
    import torch
    from transformers import AutoModel

    class SentenceGraph(torch.nn.Module):
        """Transformer, mean pooling over real tokens, unit length: one graph."""

        def __init__(self) -> None:
            super().__init__()
            self.transformer = AutoModel.from_pretrained(
                str(folder), local_files_only=True, attn_implementation="eager"
            )

        def forward(self, input_ids: torch.Tensor, attention_mask: torch.Tensor) -> torch.Tensor:
            tokens = self.transformer(input_ids=input_ids, attention_mask=attention_mask)[0]
            mask = attention_mask.unsqueeze(-1).to(tokens.dtype)
            pooled = (tokens * mask).sum(1) / mask.sum(1).clamp(min=1e-9)
            return torch.nn.functional.normalize(pooled, p=2.0, dim=1)

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
