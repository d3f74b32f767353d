"""What an answer was made with: the model inside Rasa, the index, the corpus, each by its digest.

Taken down in every receipt. The model's id is what Rasa's channel last told `Readiness`; the index
is known by its manifest alone, since the gateway opens no index. A part that is not known yet is
left out.
"""

import hashlib
from pathlib import Path

from gateway.library import Library

SHORT = 16


class Versions:
    """The versions in use now."""

    def __init__(self, library: Library, index: Path) -> None:
        self._library = library
        self._manifest = index / "manifest.json"
        self._read: tuple[int, str] | None = None
        self.model: str | None = None

    def now(self) -> dict[str, str]:
        """The known ones by name."""
        corpus = self._library.corpus
        known = {
            "model": self.model,
            "index": self._index(),
            "corpus": corpus.digest[:SHORT] if corpus else None,
        }
        return {name: value for name, value in known.items() if value is not None}

    def _index(self) -> str | None:
        try:
            written = self._manifest.stat().st_mtime_ns
            if self._read is None or self._read[0] != written:
                digest = hashlib.sha256(self._manifest.read_bytes()).hexdigest()
                self._read = (written, digest[:SHORT])
        except OSError:
            return None
        return self._read[1]
