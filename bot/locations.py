"""Where this folder finds things on disk.

Paths are worked out when asked, from this file's own place and the environment: Rasa bakes every
value of config.yml into the model archive, so a path there would break on the next machine.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def home(environ: Mapping[str, str]) -> Path:
    """Return the folder for all state that a run makes."""
    return Path(environ.get("GUIDEBOOK_HOME") or ROOT / "var")


def encoder_folder(environ: Mapping[str, str]) -> Path:
    """Return the folder of the exported encoder."""
    return Path(environ.get("GUIDEBOOK_ENCODER") or ROOT / "models" / "encoder")


def sentence_vectors(environ: Mapping[str, str]) -> Path:
    """Return the file of vectors from earlier trainings, beside Rasa's own cache."""
    return Path(environ.get("GUIDEBOOK_SENTENCES") or ROOT / ".rasa" / "sentences.npz")


def channel_secret(environ: Mapping[str, str]) -> Path:
    """Return the file that holds the secret shared with the gateway."""
    return home(environ) / "secrets" / "channel"
