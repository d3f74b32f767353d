"""How long an answer takes, by way of writing, beside a plain search: writes docs/speed.md.

Each development question goes once through Library.answer, and once, right after it, through the
plain search most toolkits offer (MiniLM and FAISS over the passages): what slows the machine slows
both. One core an encoder; nothing is asked twice. Run it as

    PYTHONPATH=. .venv/bin/python benchmarks/retrieval_speed.py
"""

import os
import platform
import subprocess
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, get_args

import faiss
import numpy as np

from guidebook.context import Context
from guidebook.corpus import Corpus
from guidebook.encoder import Embeddings, Encoder, keep_to_one_core, load_minilm
from guidebook.evaluation import places
from guidebook.language import Writing, writing_of
from guidebook.library import Library, encoders, open_library
from guidebook.query import Query, Understood
from guidebook.retriever import Retriever, SearchResults

PAGE = places.ROOT / "docs" / "speed.md"
WARM_UP = 20
GOAL_MS: Mapping[Writing, float] = {"en": 20.0, "roman_ur": 60.0, "ur": 60.0}
GOAL_TAIL = 3.0  # p95 over p50
ENCODING = ("e5",)
STAGES = (*ENCODING, "signals", "fusion", "rest")


class TimedEncoder:
    """An encoder that adds the time it takes to `spent`."""

    def __init__(self, encoder: Encoder, name: str, spent: dict[str, float]) -> None:
        self._encoder, self._name, self._spent = encoder, name, spent
        self.name = encoder.name
        self.dimension = encoder.dimension
        self.reads = encoder.reads
        self.reads_urdu_script = encoder.reads_urdu_script

    def encode_queries(self, texts: Sequence[str]) -> Embeddings:
        started = time.perf_counter()
        found = self._encoder.encode_queries(texts)
        self._spent[self._name] += (time.perf_counter() - started) * 1000
        return found

    def encode_passages(self, texts: Sequence[str]) -> Embeddings:
        return self._encoder.encode_passages(texts)


class TimedRetriever(Retriever):
    """A retriever that adds the time of its stages to `spent`: an answer may search twice."""

    spent: dict[str, float]

    def search(
        self, query: Understood, limit: int = 10, without: frozenset[str] = frozenset()
    ) -> SearchResults:
        found = super().search(query, limit, without)
        for stage, took in found.took_ms.items():
            self.spent[stage] += took
        return found


@dataclass
class Times:
    """Milliseconds a question, in the order they were asked."""

    answer: list[float] = field(default_factory=list)
    plain: list[float] = field(default_factory=list)
    stages: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))


def main() -> None:
    """Measure, and write the page."""
    keep_to_one_core()
    spent: dict[str, float] = defaultdict(float)
    library = timed_library(spent)
    plain = plain_search(library.corpus, load_minilm(places.settings().encoder))
    questions = [" ".join(question.turns) for question in places.questions("development")]
    before = os.getloadavg()[0]
    for text in questions[:WARM_UP]:
        library.answer(Query(text), Context(), 0.0)
        plain(text)
    times: dict[Writing, Times] = {writing: Times() for writing in get_args(Writing)}
    for text in questions:
        spent.clear()
        took = timed(lambda asked: library.answer(Query(asked), Context(), 0.0), text)
        of = times[writing_of(text)]
        of.answer.append(took)
        of.plain.append(timed(plain, text))
        for stage in STAGES[:-1]:
            of.stages[stage].append(spent[stage])
        of.stages["rest"].append(took - spent["signals"] - spent["fusion"])
    page = "\n".join(lines(times, library.corpus, (before, os.getloadavg()[0]))) + "\n"
    PAGE.write_text(page, encoding="utf-8")
    print(page)


def timed(ask: Callable[[str], Any], text: str) -> float:
    """Milliseconds one question takes."""
    started = time.perf_counter()
    ask(text)
    return (time.perf_counter() - started) * 1000


def timed_library(spent: dict[str, float]) -> Library:
    """The library of the settings, which adds what it takes to `spent`."""
    opened = open_library(places.settings())
    loaded = {name: TimedEncoder(one, name, spent) for name, one in encoders().items()}
    of = opened.retriever
    retriever = TimedRetriever(opened.corpus, of.index, loaded, of.fusion)
    retriever.spent = spent
    return Library(opened.corpus, retriever)


def plain_search(corpus: Corpus, encoder: Encoder) -> Callable[[str], Any]:
    """Embed the question, take the ten nearest passages: no more than that."""
    index = faiss.IndexFlatIP(encoder.dimension)
    texts = [f"{passage.heading}\n{passage.text}" for passage in corpus.passages]
    index.add(np.ascontiguousarray(encoder.encode_passages(texts)))
    return lambda text: index.search(encoder.encode_queries([text]), 10)


def lines(
    times: Mapping[Writing, Times], corpus: Corpus, load: tuple[float, float]
) -> Iterator[str]:
    """The page."""
    yield from (
        "# Speed",
        "",
        "Written by `benchmarks/retrieval_speed.py`. Each development question goes once through",
        "`Library.answer`: from its words to a composed reply. Rasa, gateway, network add to it.",
        "",
        f"{date.today().isoformat()}, commit {commit()}. {machine()}; load average {load[0]:.1f} "
        f"before, {load[1]:.1f} after.",
        f"{len(corpus.passages)} passages; an encoder computes on one core.",
        "",
        "| writing | questions | p50 ms | p95 ms | plain search p50 ms | answer over plain "
        "| goal p50 | goal p95 |",
        "| --- | --- | --- | --- | --- | --- | --- | --- |",
    )
    for writing, of in times.items():
        middle, tail = np.percentile(of.answer, (50, 95))
        plain = float(np.median(of.plain))
        yield (
            f"| {writing} | {len(of.answer)} | {middle:.1f} | {tail:.1f} | {plain:.1f} "
            f"| {middle / plain:.1f} | {verdict(middle, GOAL_MS[writing])} "
            f"| {verdict(tail, GOAL_TAIL * middle)} |"
        )
    yield from (
        "",
        "The goals: half of the questions within 20 ms in English, 60 ms in Roman Urdu and Urdu;",
        "19 of 20 within three times what half take. Plain search, in the same run, is MiniLM and",
        "FAISS over the passages.",
        "",
        "Mean milliseconds by stage. `rest` is hearing, which waits for E5, reading the question",
        "and composing the reply. Two questions in one message are searched three times.",
        "",
        f"| writing | {' | '.join(STAGES)} |",
        "| --- | " + " | ".join("---" for _ in STAGES) + " |",
    )
    for writing, of in times.items():
        means = (f"{np.mean(of.stages[stage]):.1f}" for stage in STAGES)
        yield f"| {writing} | {' | '.join(means)} |"


def verdict(value: float, goal: float) -> str:
    """The goal, and whether it is met."""
    return f"{goal:.0f}: {'met' if value <= goal else 'missed'}"


def commit() -> str:
    """The commit that was measured."""
    said = ["git", "describe", "--always", "--dirty=, with changes", "--exclude=*"]
    return subprocess.run(said, cwd=places.ROOT, capture_output=True, text=True).stdout.strip()


def machine() -> str:
    """The processor and how many cores of it."""
    known = Path("/proc/cpuinfo")
    text = known.read_text(encoding="utf-8") if known.is_file() else ""
    names = [line.partition(":")[2].strip() for line in text.split("\n") if "model name" in line]
    return f"{names[0] if names else platform.machine()}, {os.cpu_count()} cores"


if __name__ == "__main__":
    main()
