"""Name by SHA-256 what a model, an index or a measurement was made from.

Two things with one digest are the same for every purpose here, so nothing is made twice and a
release can say whether it was judged with today's texts.
"""

import hashlib
import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from deploy.checkout import Checkout
from guidebook.corpus import load_corpus
from guidebook.errors import EncoderError, IndexMismatchError
from guidebook.fusion import DATA as FUSION
from guidebook.settings import Settings

MODEL_INPUTS = (
    "config.yml",
    "domain.yml",
    "data/**/*.yml",
    "bot/*.py",
    "bot/*.yml",
    "requirements/rasa.txt",
)


@dataclass(frozen=True)
class Surroundings:
    """What answers beside the model: the texts, their index, the fitted weights."""

    corpus: str
    index: str
    fusion: str


def of_file(path: Path) -> str:
    """SHA-256 of a file's bytes."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def of_files(root: Path, paths: Iterable[Path]) -> str:
    """Of names below `root` and contents, in name order."""
    whole = hashlib.sha256()
    for path in sorted(paths):
        whole.update(f"{path.relative_to(root)}\0{of_file(path)}\n".encode())
    return whole.hexdigest()


def of_words(*words: str) -> str:
    """Of a few words in order, such as other digests."""
    return hashlib.sha256("\0".join(words).encode()).hexdigest()


def model_inputs(checkout: Checkout) -> str:
    """Of everything a model is made from."""
    found = (path for pattern in MODEL_INPUTS for path in checkout.root.glob(pattern))
    return of_words(of_files(checkout.root, found), encoder(checkout))


def encoder(checkout: Checkout) -> str:
    """Of the exported encoder, by its manifest, which holds the digests of its files."""
    folder = Path(os.environ.get("GUIDEBOOK_ENCODER") or checkout.models / "encoder")
    try:
        return of_file(folder / "manifest.json")
    except OSError as error:
        raise EncoderError(f"There is no encoder in {folder}; run `make index`.") from error


def surroundings(settings: Settings) -> Surroundings:
    """Of the corpus, the index and the weights that these settings name."""
    files = [path for path in settings.index.glob("*") if path.is_file()]
    if not files:
        raise IndexMismatchError(f"No index at {settings.index}; run `make index`.")
    return Surroundings(
        corpus=load_corpus(settings.corpus).digest,
        index=of_files(settings.index, files),
        fusion=of_file(FUSION),
    )
