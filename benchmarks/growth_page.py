"""docs/growth.md, written from the figures that growth measured."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from benchmarks.surroundings import told
from guidebook.evaluation.report import table
from guidebook.settings import ROOT

PAGE = ROOT / "docs" / "growth.md"
Json = dict[str, Any]


def write(found: Json) -> None:
    """Write the page."""
    PAGE.write_text("\n".join(lines(found)) + "\n", encoding="utf-8")


def lines(found: Json) -> Iterator[str]:
    """The page."""
    each = max(found["vectors"].values()) / found["passages"]
    yield from (
        "# Growth",
        "",
        "Written by `python -m benchmarks.growth`, part of `make bench`; `make bench-big` adds a",
        "million vectors.",
        told(found),
        f"Today: {found['passages']} passages, "
        + ", ".join(f"{count} vectors of {name}" for name, count in found["vectors"].items())
        + ".",
        "",
        "## The rule",
        "",
        "| vectors of one encoder | index | why |",
        "| --- | --- | --- |",
        "| up to 100,000 | flat | exact, no training, an update is an append; what we use |",
        "| 100,000 to 1,000,000 | HNSW | a search that hardly grows, for a fifth more memory and a "
        "longer build; some neighbours are missed, see the recall below |",
        "| above | IVF-PQ | a small part of the memory; it misses many more "
        "neighbours, so the nearest must be compared again exactly |",
        "",
        f"A passage has up to {each:.0f} vectors an encoder, so 100,000 vectors are some",
        f"{100_000 / each:,.0f} passages. Before another kind than flat is of use, the",
        "retriever must change: it asks for the score of every passage, since scores are compared",
        "with their own mean, and an approximate index only knows the nearest. So the rule is",
        "written down here and not in the code.",
        "",
        "## Kinds of index",
        "",
        "Vectors lie between real ones, 384 numbers each; 200 questions go to every kind in turn,",
        "one core. Recall is the share of the ten exact neighbours that are found. An update adds",
        "100 vectors.",
        "",
    )
    yield from kinds(found["kinds"])
    yield from ("", "![Time a question](plots/growth-time.svg) ![Memory](plots/growth-memory.svg)")
    if found["libraries"]:
        yield from (
            "",
            "## The whole retriever",
            "",
            "Made passages have the words of real ones in another order and eight phrasings each.",
            "Embedding the question is left out: it costs the same at every size.",
            "",
        )
        yield from libraries(found["libraries"])
    if found["updates"]:
        yield from ("", "## An update", "")
        rows = [(name, f"{seconds:.1f}") for name, seconds in sorted(found["updates"].items())]
        yield from table(("`guidebook index build` when", "seconds"), rows)
        yield ""
        yield "Vectors of unchanged texts are taken from the index that stands; the rest is the"
        yield "whitening, learning each passage's centre and writing files."


def kinds(measured: Sequence[Json]) -> Iterator[str]:
    """A row a kind and size; time and memory as ratios to flat at that size."""
    exact: Mapping[int, Json] = {one["size"]: one for one in measured if one["kind"] == "flat"}
    rows = [
        (
            f"{one['size']:,}",
            one["kind"],
            f"{one['build_s']:.1f}",
            f"{one['megabytes']:.1f}",
            f"{one['p50_ms']:.2f} / {one['p95_ms']:.2f}",
            f"{one['p50_ms'] / exact[one['size']]['p50_ms']:.2f}",
            f"{one['recall']:.3f}",
            f"{one['add_ms']:.1f}",
        )
        for one in measured
    ]
    head = ("vectors", "kind", "build s", "MB", "p50 / p95 ms", "p50 over flat", "recall@10",
            "update ms")  # fmt: skip
    yield from table(head, rows)


def libraries(measured: Sequence[Json]) -> Iterator[str]:
    """A row a size."""
    rows = [
        (
            f"{one['passages']:,}",
            f"{one['texts']:,}",
            f"{one['open_s']:.1f}",
            f"{one['megabytes']:.0f}",
            f"{one['p50_ms']:.1f} / {one['p95_ms']:.1f}",
        )
        for one in measured
    ]
    yield from table(("passages", "texts", "open s", "MB", "search p50 / p95 ms"), rows)
