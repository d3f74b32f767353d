"""docs/benchmarks.md, written from the figures that peer_judge measured."""

import statistics
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from guidebook.evaluation.report import table
from guidebook.settings import ROOT

PAGE = ROOT / "docs" / "benchmarks.md"
OURS = "guidebook_itself"
OFFERED = {"passages": "passages", "phrasings": "passages and phrasings"}
LANGS = {"en": "English", "roman_ur": "Roman Urdu", "ur": "Urdu"}
Json = dict[str, Any]


def write(found: Json) -> None:
    """Write the page."""
    PAGE.write_text("\n".join(lines(found)) + "\n", encoding="utf-8")


def lines(found: Json) -> Iterator[str]:
    """The page."""
    rows: Sequence[Json] = found["rows"]
    questions: Mapping[str, int] = found["questions"]
    yield from (
        "# Beside other ways to find a passage",
        "",
        "Written by `python -m benchmarks.peer_judge`, part of `make bench`.",
        f"{found['machine']}. Rows measured: {measured(rows)}.",
        f"Last written with {found['passages']} passages and {found['phrasings']} phrasings; a row "
        "had those of its commit.",
        f"{questions['test']} questions of the test split are due an answer or a refusal. The "
        "library was fitted on the",
        "development split alone.",
        "",
        "## Answers",
        "",
    )
    yield from table(
        ("system", "given", "first passage right", "right in five", "recall@5", "answered right",
         "refused rightly", "refused wrongly", "wrong answer given"),
        [
            (
                row["title"],
                OFFERED[row["offer"]],
                *(
                    _share(row["figures"][name])
                    for name in ("found_at_1", "found_at_5", "recall_at_5", "right_first",
                                 "refusal_recall", "over_refusal", "wrong_given")
                ),
            )
            for row in rows
        ],
    )  # fmt: skip
    yield from (
        "",
        "The first three columns look at the ranking alone. The others look at what an officer",
        "would read: `answered right` is the share of answerable questions met by the right",
        "passage, `refused rightly` of those without an answer, `refused wrongly` of those with",
        "one; `wrong answer given` counts all questions.",
        "",
        "![First passage right, by way of writing](plots/peers-right.svg)",
        "",
        "First passage right, by way of writing:",
        "",
    )
    yield from table(
        ("system", "given", *LANGS.values()),
        [
            (
                row["title"],
                OFFERED[row["offer"]],
                *(_share(row["by_lang"][lang]["found_at_1"]) for lang in LANGS),
            )
            for row in rows
        ],
    )
    yield from ("", "## Cost", "")
    yield from cost(rows)
    yield from (
        "",
        "`over ours` divides by Guidebook in the same round: median and range of the rounds, each",
        "question going to all systems in turn. Below one is faster than Guidebook. Memory is a",
        "whole process. Lines of set-up are the code of `build` in `benchmarks/peers/`, as their",
        "makers' first examples have it.",
        "",
        "![Right and time](plots/peers-time.svg)",
        "",
        "## How it was made fair",
        "",
        "- Every system gets the same texts. `passages`: heading and words of each as one text.",
        "  With `phrasings` also every way officers put the question, as texts of their own: what",
        "  helps most of all we know, offered to all. The best text of a passage counts for it.",
        "- Every dense peer has the same packaged MiniLM, on one core. Guidebook has another",
        "  encoder, adapted to the phrasings, and signals with fitted weights: its own work, and",
        "  the reason to compare.",
        "- Two systems at a time read the texts in, each on one core; questions are asked when all",
        "  are ready.",
        "- A peer's best score is held against a threshold that was chosen for it on the",
        "  development split, so that most questions end right. Guidebook refuses by itself.",
        "- Both turns of a two-turn question are searched as one text; Guidebook hears them one",
        "  after another.",
        "- Rasa's ResponseSelector is trained in Rasa's own environment, on words alone and",
        "  without hidden layers, as it learns little otherwise:",
        "  `benchmarks/peers/rasa_selector.py` says how and why.",
        "- Pins: `requirements/peers.txt`, `requirements/app.txt`, `requirements/rasa.txt`.",
        "",
        "What it does not show: the questions were written by one team from the facts, not taken",
        "from officers; and a toolkit's user may tune it further than its first examples do.",
    )


def measured(rows: Sequence[Json]) -> str:
    """Of which day and commit the rows are: only rows of one commit met the same texts."""
    counted = Counter((row["at"][:10], row["commit"]) for row in rows)
    return "; ".join(f"{count} on {day} at {commit}" for (day, commit), count in counted.items())


def cost(rows: Sequence[Json]) -> Iterator[str]:
    """Time, memory and set-up; only where all was offered to all."""
    yield from table(
        ("system", "ms a question", "over ours", "p95 ms", "build s", "MB", "lines of set-up"),
        [
            (
                row["title"],
                f"{row['ms']['median']:.1f}",
                _ratios(row["ms"]["over_ours"]),
                f"{row['ms']['p95']:.1f}",
                f"{row['build_s']:.0f}" if row["peer"] != OURS else "opens what stands",
                f"{row['memory_mb']:.0f}",
                str(row["lines_of_set_up"]),
            )
            for row in rows
            if row["offer"] == "phrasings"
        ],
    )


def _ratios(over: Sequence[float] | None) -> str:
    if over is None:
        return "-"
    return f"{statistics.median(over):.2f} ({min(over):.2f} to {max(over):.2f})"


def _share(value: float | None) -> str:
    return "-" if value is None else f"{value:.3f}"
