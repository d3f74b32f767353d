"""The corpus as the gateway holds it, watched by watched.py.

Documents that no longer load leave the last good ones in use, and `fault` says so. What a document
says over HTTP is documents.py's and contents.py's.
"""

from collections.abc import Callable
from pathlib import Path

from gateway import event_log
from gateway.watched import Watched
from guidebook.corpus import Corpus, load_corpus

LOADING = "The documents are still loading."
BROKEN = "The documents do not load; run `guidebook corpus check`."
OUTDATED = "The documents on disk do not load; the last good ones are in use."


class Library(Watched[Corpus]):
    """The corpus; `fault` says why there is none, or why it is not the newest."""

    def __init__(self, folder: Path, look_every: float, monotonic: Callable[[], float]) -> None:
        super().__init__("corpus", folder, _load, look_every, monotonic)

    @property
    def corpus(self) -> Corpus | None:
        """The corpus as it was at the last look."""
        return self.held

    @property
    def fault(self) -> str | None:
        """One sentence; None when the newest corpus is in use."""
        if self.defect is not None:
            return BROKEN if self.held is None else OUTDATED
        return LOADING if self.held is None else None


def _load(folder: Path) -> Corpus:
    corpus = load_corpus(folder)
    event_log.record("corpus_loaded", documents=len(corpus.documents))
    return corpus
