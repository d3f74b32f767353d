"""The charts of what was played so far, for the trainer to look at and to show the room.

A chart is a picture of its own address, with what it shows in words beside it for whoever cannot
see it. What is drawn, and from how many answers on, is guidebook.training's.
"""

from collections.abc import Mapping

from gateway.markup import tag
from gateway.workshop.frame import page, say
from guidebook.training.charts import Chart
from guidebook.training.svg import describe
from guidebook.vocabulary import Lang


def results(charts: Mapping[str, Chart], lang: Lang) -> str:
    """The page."""
    figures = (
        tag(
            "figure",
            tag("h2", chart.title),
            tag("img", src=f"/trainer/results/{name}.svg", alt=describe(chart), class_="chart"),
            id=name,
        )
        for name, chart in charts.items()
    )
    return page(
        "console",
        say("results", lang),
        lang,
        tag("h1", say("results", lang)),
        tag("p", tag("a", say("back", lang), href="/trainer", class_="button")),
        tag("p", say("results_how", lang), class_="hint"),
        tag("div", *figures, class_="columns charts"),
    )
