"""Find a model's files, and refuse them when they are not the known ones."""

import hashlib
import importlib.util
import json
from pathlib import Path

from guidebook.errors import EncoderError

MINILM_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"


def packaged_file(package: str, name: str, sha256: str) -> Path:
    """The file `name` of the distribution `package`, whose digest is `sha256`; EncoderError when it
    is missing or another."""
    spec = importlib.util.find_spec(package.replace("-", "_"))
    if spec is None or spec.origin is None:
        raise EncoderError(f"An encoder is not installed (package {package}); run `make setup`.")
    path = Path(spec.origin).parent / name
    if not path.is_file():
        raise EncoderError(f"An encoder's weights are missing at {path}; run `make setup`.")
    if (digest := digest_of(path)) != sha256:
        raise EncoderError(
            f"An encoder's weights have sha256 {digest}, expected {sha256}; reinstall {package}."
        )
    return path


def is_current(exported: Path) -> bool:
    """True when the folder `exported` holds, unchanged, an export of the encoder we expect."""
    try:
        manifest = json.loads((exported / "manifest.json").read_text())
        return bool(
            manifest["weights_sha256"] == MINILM_SHA256
            and manifest["onnx_sha256"] == digest_of(exported / "model.onnx")
            and (exported / "tokenizer.json").is_file()
        )
    except (OSError, ValueError, TypeError, KeyError):
        return False


def digest_of(path: Path) -> str:
    """SHA-256 of a file, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
