"""The judge's side of the talk with peers: which there are, how they start, how they are asked.

Formats stand in benchmarks/peers/lines.py. A peer that cannot start ends the run with the place of
its log: a table without a row would look like a choice.
"""

import ast
import hashlib
import json
import os
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from guidebook.corpus import Corpus
from guidebook.errors import GuidebookError
from guidebook.settings import ROOT

FOLDER = ROOT / "results" / "bench"
Offer = Literal["passages", "phrasings"]
Json = dict[str, Any]
QUIET = {
    "OMP_NUM_THREADS": "1",  # one core each, as Guidebook's encoders have
    "TOKENIZERS_PARALLELISM": "false",
    "HF_HUB_OFFLINE": "1",
    "HAYSTACK_TELEMETRY_ENABLED": "False",
    "RASA_TELEMETRY_ENABLED": "false",
    "TF_CPP_MIN_LOG_LEVEL": "3",
    "CUDA_VISIBLE_DEVICES": "",
    "SQLALCHEMY_SILENCE_UBER_WARNING": "1",
}


class PeerError(GuidebookError):
    """A peer could not be started or hung up."""


@dataclass(frozen=True)
class Peer:
    """One peer: its module, what the table calls it, the environment it runs in."""

    module: str
    title: str
    environment: Literal[".venv", ".venv-peers", ".venv-rasa"]
    offers: tuple[Offer, ...] = ("passages", "phrasings")

    @property
    def lines_of_set_up(self) -> int:
        """Lines of code of its `build`: neither blank nor docstring."""
        path = ROOT / "benchmarks" / "peers" / f"{self.module}.py"
        text = path.read_text(encoding="utf-8")
        build = next(
            item
            for item in ast.parse(text).body
            if isinstance(item, ast.FunctionDef) and item.name == "build"
        )
        body = text.splitlines()[build.body[0].end_lineno : build.end_lineno]
        return sum(1 for line in body if line.strip())


OURS = Peer("guidebook_itself", "Guidebook", ".venv", ("phrasings",))
PEERS = (
    OURS,
    Peer("minilm_faiss", "MiniLM + FAISS", ".venv"),
    Peer("bm25", "BM25", ".venv"),
    Peer("haystack_dense", "Haystack, default", ".venv-peers"),
    Peer("haystack_hybrid", "Haystack, hybrid", ".venv-peers"),
    Peer("txtai_dense", "txtai, default", ".venv-peers"),
    Peer("txtai_hybrid", "txtai, hybrid", ".venv-peers"),
    Peer("llamaindex_dense", "LlamaIndex, default", ".venv-peers"),
    Peer("llamaindex_hybrid", "LlamaIndex, hybrid", ".venv-peers"),
    Peer("rasa_selector", "Rasa ResponseSelector", ".venv-rasa", ("phrasings",)),
)


class Running:
    """A peer's process: ready when made, until closed."""

    def __init__(self, peer: Peer, corpus: Path) -> None:
        self.peer = peer
        digest = hashlib.sha256(corpus.read_bytes()).hexdigest()[:12]
        folder = FOLDER / f"{peer.module}-{digest}"
        folder.mkdir(parents=True, exist_ok=True)
        self._log = folder / "log.txt"
        python = ROOT / peer.environment / "bin" / "python"
        if not python.is_file():
            raise PeerError(f"There is no {peer.environment} for {peer.title}; run `make bench`.")
        with self._log.open("w", encoding="utf-8") as log:
            self._process = subprocess.Popen(
                [python, "-m", f"benchmarks.peers.{peer.module}", corpus, folder],
                cwd=ROOT,
                env={**os.environ, **QUIET, "PYTHONPATH": str(ROOT), "PYTHONWARNINGS": "ignore"},
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=log,
                text=True,
                encoding="utf-8",
            )
        ready = self._hear()
        self.build_s: float = ready["build_s"]
        self.memory_mb: float = ready["memory_mb"]

    def ask(self, turns: Sequence[str]) -> Json:
        """Its answer to one question."""
        assert self._process.stdin is not None  # noqa: S101  # it is a pipe
        self._process.stdin.write(json.dumps({"turns": list(turns)}) + "\n")
        self._process.stdin.flush()
        answer = self._hear()
        self.memory_mb = answer["memory_mb"]
        return answer

    def close(self) -> None:
        """Hang up and wait."""
        assert self._process.stdin is not None  # noqa: S101
        assert self._process.stdout is not None  # noqa: S101
        self._process.stdin.close()
        self._process.wait(timeout=30)
        self._process.stdout.close()

    def _hear(self) -> Json:
        assert self._process.stdout is not None  # noqa: S101
        line = self._process.stdout.readline()
        if not line:
            self.close()
            raise PeerError(f"{self.peer.title} ended; read {self._log}.")
        heard: Json = json.loads(line)
        return heard


def write_corpus(corpus: Corpus, offer: Offer) -> Path:
    """The corpus as peers get it: heading and words of each passage as one text, and with
    `phrasings` each way officers put the question as a text of its own."""
    listed = [(item.id, f"{item.heading}\n{item.text}") for item in corpus.passages]
    if offer == "phrasings":
        listed += [(item.id, text) for item in corpus.passages for text in item.asked_as]
    FOLDER.mkdir(parents=True, exist_ok=True)
    path = FOLDER / f"corpus-{offer}.json"
    path.write_text(json.dumps(listed, ensure_ascii=False), encoding="utf-8")
    return path
