"""Draw the figures of benchmarks/results as SVG into docs/plots: `python -m benchmarks.plots`.

Runs in the benchmarks' own environment, which has matplotlib, and imports nothing of ours. A file
that was not measured is not drawn.
"""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
PLOTS = HERE.parent / "docs" / "plots"
WAYS = {"en": "English", "roman_ur": "Roman Urdu", "ur": "Urdu"}
Json = dict[str, Any]


def main() -> None:
    """Draw what was measured."""
    import matplotlib as mpl

    mpl.use("svg")
    mpl.rcParams |= {
        "svg.hashsalt": "guidebook",
        "font.size": 9,
        "figure.constrained_layout.use": 1,
    }
    PLOTS.mkdir(exist_ok=True)
    drawn: dict[str, Callable[[Json], None]] = {"peers": peers, "growth": growth, "turn_cost": turn}
    for name, draw in drawn.items():
        path = HERE / "results" / f"{name}.json"
        if path.is_file():
            draw(json.loads(path.read_text(encoding="utf-8")))


def peers(found: Json) -> None:
    """Right first by way of writing; right first against time."""
    from matplotlib import pyplot as plt

    rows = [row for row in found["rows"] if row["offer"] == "phrasings"]
    figure, axes = plt.subplots(figsize=(7.5, 4.2))
    for at, (lang, title) in enumerate(WAYS.items()):
        shares = [row["by_lang"][lang]["found_at_1"] or 0 for row in rows]
        places = [number + (at - 1) * 0.27 for number in range(len(rows))]
        axes.barh(places, shares, height=0.25, label=title)
    axes.set_yticks(range(len(rows)), [row["title"] for row in rows])
    axes.invert_yaxis()
    axes.set_xlim(0, 1)
    axes.set_xlabel("share of test questions whose first passage is right")
    axes.legend(loc="lower right")
    _save(figure, "peers-right")
    figure, axes = plt.subplots(figsize=(6.5, 4))
    for row in rows:
        right, took = row["figures"]["found_at_1"], row["ms"]["median"]
        axes.scatter([took], [right], s=28)
        axes.annotate(row["title"], (took, right), xytext=(4, 4), textcoords="offset points")
    axes.set_xlabel("ms a question (median)")
    axes.set_ylabel("first passage right")
    axes.set_ylim(0, 1)
    axes.margins(x=0.25)
    _save(figure, "peers-time")


def growth(found: Json) -> None:
    """Time and memory of each kind of index, by size."""
    from matplotlib import pyplot as plt

    for name, key, label in (
        ("growth-time", "p50_ms", "ms a question (median)"),
        ("growth-memory", "megabytes", "megabytes"),
    ):
        figure, axes = plt.subplots(figsize=(4.6, 3.4))
        for kind in dict.fromkeys(one["kind"] for one in found["kinds"]):
            of = [one for one in found["kinds"] if one["kind"] == kind]
            axes.loglog([one["size"] for one in of], [one[key] for one in of], "o-", label=kind)
        axes.set_xlabel("vectors")
        axes.set_ylabel(label)
        axes.legend()
        _save(figure, name)


def turn(found: Json) -> None:
    """How long a greeting and an answered question take."""
    from matplotlib import pyplot as plt

    figure, axes = plt.subplots(figsize=(4.6, 3.4))
    for key, title in (("greeting", "greeting"), ("page", "answered question")):
        took = sorted(one[key] for one in found["layers"])
        shares = [(number + 1) / len(took) for number in range(len(took))]
        axes.step(took, shares, where="post", label=title)
    axes.set_xlabel("ms at the page's door")
    axes.set_ylabel("share of turns within")
    axes.set_xlim(left=0)
    axes.legend(loc="lower right")
    _save(figure, "turn-cost")


def _save(figure: Any, name: str) -> None:
    figure.savefig(PLOTS / f"{name}.svg", metadata={"Date": None})


if __name__ == "__main__":
    main()
