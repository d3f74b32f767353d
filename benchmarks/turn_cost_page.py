"""docs/turn-cost.md, written from the figures that turn_cost measured."""

import statistics
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from benchmarks.surroundings import told
from guidebook.evaluation.report import table
from guidebook.settings import ROOT

PAGE = ROOT / "docs" / "turn-cost.md"
GOAL_OVER_GREETING = 2.0
GOAL_OVER_STOCK = 3.0
Json = dict[str, Any]
STAGES = (
    ("gateway: masking, limits, storing, checking the evidence", "page", "rasa"),
    ("Rasa: intent, rules, tracker", "rasa", "actions"),
    ("action server: reading the tracker, HTTP", "actions", "library"),
    ("library: search and composing", "library", None),
)


def write(found: Json) -> None:
    """Write the page."""
    PAGE.write_text("\n".join(lines(found)) + "\n", encoding="utf-8")


def lines(found: Json) -> Iterator[str]:
    """The page."""
    yield from (
        "# What a turn costs",
        "",
        "Written by `python -m benchmarks.turn_cost`, part of `make bench`.",
        told(found),
        "The machine is shared: milliseconds move with what others do, ratios hold.",
        "",
        "## An answered turn beside a greeting",
        "",
    )
    yield from greeting(found["layers"])
    yield from ("", "## Where the time goes", "")
    yield from stages(found["layers"])
    yield from ("", "## Turns a second, beside Rasa as it comes", "")
    yield from pressed(found)
    yield from ("", "## From the command to the first answer", "")
    yield from starts(found["starts"])
    yield from ("", "## Memory", "")
    yield from memory(found)
    if "training" in found:
        yield from ("", "## Training, beside the default pipeline", "")
        yield from trained(found["training"])


def greeting(asked: Sequence[Json]) -> Iterator[str]:
    """The ratio, by round: median and spread."""
    rounds = sorted({one["round"] for one in asked})
    ratios = [ratio([one for one in asked if one["round"] == number]) for number in rounds]
    middle = statistics.median(ratios)
    answered = [one["page"] for one in asked]
    greeted = [one["greeting"] for one in asked]
    yield from table(
        ("turn", "p50 ms", "p95 ms"),
        [
            ("answered question", *_percentiles(answered)),
            ("greeting", *_percentiles(greeted)),
        ],
    )
    yield ""
    verdict = "met" if middle <= GOAL_OVER_GREETING else "missed"
    yield (
        f"An answered turn takes {middle:.2f} times a greeting at the median "
        f"({min(ratios):.2f} to {max(ratios):.2f} over {len(ratios)} rounds); "
        f"the goal of {GOAL_OVER_GREETING:.1f} is {verdict}."
    )


def ratio(asked: Sequence[Json]) -> float:
    """Median answered over median greeting."""
    answered = float(statistics.median(one["page"] for one in asked))
    return answered / float(statistics.median(one["greeting"] for one in asked))


def stages(asked: Sequence[Json]) -> Iterator[str]:
    """Median of each stage's own time: a layer less the layer behind it, question by question."""
    own = {
        name: statistics.median(one[whole] - (one[inner] if inner else 0) for one in asked)
        for name, whole, inner in STAGES
    }
    total = sum(own.values())
    rows = [(name, f"{took:.1f}", f"{took / total:.0%}") for name, took in own.items()]
    yield from table(("stage", "ms of its own (median)", "share"), rows)
    yield ""
    yield "Each layer is asked by itself, right after the one in front of it, and the inner time is"
    yield "taken off. The library's own stages stand in [speed.md](speed.md)."


def pressed(found: Json) -> Iterator[str]:
    """Turns a second."""
    rates: Mapping[str, Sequence[float]] = found["press"]["rates"]
    rows = []
    over = {}
    for kind in ("question", "greeting"):
        ours = rates[f"ours: {kind}"]
        for name in ("ours", "stock, kept", "stock, our model", "stock"):
            mine = rates[f"{name}: {kind}"]
            ratios = [our / other for our, other in zip(ours, mine, strict=True)]
            over[name, kind] = statistics.median(ratios)
            rows.append(
                (
                    TITLES[name],
                    kind,
                    f"{statistics.median(mine):.1f}",
                    f"{over[name, kind]:.1f} ({min(ratios):.1f} to {max(ratios):.1f})",
                )
            )
    yield from table(("server", "message", "turns a second", "ours over it"), rows)
    yield ""
    verdict = "met" if over["stock", "question"] >= GOAL_OVER_STOCK else "missed"
    yield f"{found['press']['users']} users ask one message after another at Rasa's own door, with"
    yield "the same action server behind each, in turn. Stock is the default pipeline (DIET,"
    yield f"{found['stock_epochs']} epochs) and policies, REST channel, turns in memory unless the"
    yield "row says otherwise; ours keeps every turn in SQLite."
    yield f"The goal of {GOAL_OVER_STOCK:.0f} times is {verdict} for questions. Their search is the"
    yield "same work behind all, and on two cores it takes its part of the machine from Rasa."
    yield ""
    yield "What a profile of Rasa showed, and what was left as it is:"
    yield "[SQLite is opened for every use](decisions/2026-11-22-sqlite-opened-for-every-use.md)."
    yield "The library's share was taken down:"
    yield "[one engine for both encoders](decisions/2026-11-22-one-engine-for-both-encoders.md)."


TITLES = {
    "ours": "ours",
    "stock": "Rasa as it comes",
    "stock, kept": "Rasa as it comes, turns kept in SQLite",
    "stock, our model": "Rasa as it comes, with our model",
}


def starts(measured: Sequence[Json]) -> Iterator[str]:
    """Seconds, medians and range."""
    rows = []
    for name, key in (("page is up", "page"), ("ready", "ready"), ("first answer", "answer")):
        each = [one[key] for one in measured]
        spread = f"{min(each):.1f} to {max(each):.1f}"
        rows.append((name, f"{statistics.median(each):.1f}", spread))
    yield from table((f"of {len(measured)} starts", "median s", "range"), rows)


def memory(found: Json) -> Iterator[str]:
    """Megabytes of each process."""
    kept = dict(found["memory_mb"])
    rows = [(name, f"{kept[name]:.0f}") for name in sorted(kept)]
    rows.append(("all of Guidebook", f"{sum(kept.values()):.0f}"))
    rows.append(("Rasa as it comes, alone", f"{found['press']['memory_mb']:.0f}"))
    yield from table(("process", "MB (PSS)"), rows)


def trained(both: Mapping[str, Json]) -> Iterator[str]:
    """Time, size and shares of both models."""
    rows = [
        (
            {"ours": "ours", "stock": f"default pipeline, {model['epochs']} epochs"}[name],
            f"{model['seconds']:.0f}",
            f"{model['megabytes']:.1f}",
            f"{model['accuracy']:.3f}",
            f"{model['emergency']:.3f}",
            f"{model['nonsense_refused']:.3f}",
        )
        for name, model in both.items()
    ]
    head = ("model", "train s", "MB", "accuracy", "emergency recall", "nonsense refused")
    yield from table(head, rows)
    yield ""
    yield f"{both['ours']['lines']} lines that no model learned from (`tests/bot/held_out.yml`)."


def _percentiles(values: Sequence[float]) -> tuple[str, str]:
    return f"{statistics.median(values):.0f}", f"{statistics.quantiles(values, n=20)[-1]:.0f}"
