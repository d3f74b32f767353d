"""Charts of a room's results as records: rows of bars with their words, in one language.

What is drawn is decided here; svg.py draws it for a page, handout_pdf.py on paper. A bar never
stands without its counts, and a share of a question never without its interval.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from guidebook import messages
from guidebook.training.gain import Gain
from guidebook.training.item_analysis import ItemFigures, QuizFigures
from guidebook.training.schema import Step
from guidebook.training.shares import Share
from guidebook.vocabulary import Lang, Topic


@dataclass(frozen=True)
class Bar:
    """One bar: a share from 0 to 1, the words at its end, and which entry of the legend it is."""

    share: float
    words: str
    series: int = 0
    interval: tuple[float, float] | None = None


@dataclass(frozen=True)
class Row:
    """What the bars are about. `mark` is a word of warning beside the label."""

    label: str
    bars: tuple[Bar, ...]
    mark: str | None = None


@dataclass(frozen=True)
class Chart:
    """A bar chart. `legend` names the series; a single one needs no name.

    `sentences` says that labels are sentences, which stand over their bars and not beside them.
    """

    lang: Lang
    title: str
    rows: tuple[Row, ...]
    legend: tuple[str, ...] = ()
    note: str | None = None
    sentences: bool = False


def items_chart(figures: QuizFigures, lang: Lang) -> Chart:
    """Share right for each question, in the order asked, with what was misread marked."""
    return Chart(
        lang=lang,
        title=messages.text("results_items", lang),
        rows=tuple(_item_row(one, lang) for one in figures.items),
        note=" ".join(messages.text(key, lang) for key in _notes(figures)),
    )


def gain_chart(gained: Gain, lang: Lang) -> Chart:
    """Share right for each topic, before over after."""
    return Chart(
        lang=lang,
        title=messages.text("results_gain", lang),
        rows=tuple(
            Row(
                messages.text(f"topic_{one.topic}", lang),
                (_bar(one.before, 0), _bar(one.after, 1)),
            )
            for one in gained.topics
        ),
        legend=(messages.text("results_before", lang), messages.text("results_after", lang)),
        note=messages.text("results_interval", lang) if gained.topics else None,
    )


def votes_chart(step: Step, tally: tuple[int, ...], lang: Lang) -> Chart:
    """Votes for each choice of a step: for the room once a choice was taken."""
    votes = max(1, sum(tally))
    return Chart(
        lang=lang,
        title=messages.text("results_votes", lang),
        rows=tuple(
            Row(
                getattr(choice.text, lang),
                (Bar(count / votes, str(count)),),
                mark=messages.text(f"verdict_{choice.verdict}", lang),
            )
            for choice, count in zip(step.choices, tally, strict=True)
        ),
        sentences=True,
    )


def topics_chart(counts: Sequence[tuple[Topic, int]], lang: Lang) -> Chart:
    """What the room asked the chat page about, the longest bar for what was asked most."""
    most = max((count for _, count in counts), default=1)
    return Chart(
        lang=lang,
        title=messages.text("results_asked", lang),
        rows=tuple(
            Row(messages.text(f"topic_{topic}", lang), (Bar(count / most, str(count)),))
            for topic, count in counts
        ),
    )


def _notes(figures: QuizFigures) -> tuple[str, ...]:
    small = () if figures.size == "enough" else (f"results_{figures.size}",)
    return (*small, "results_interval") if figures.items else small


def _item_row(one: ItemFigures, lang: Lang) -> Row:
    topic = messages.text(f"topic_{one.item.topic}", lang)
    mark = None if one.belief is None else messages.text("results_misread_mark", lang)
    return Row(f"{one.number}. {topic}", (_bar(one.difficulty, 0),), mark)


def _bar(share: Share, series: int) -> Bar:
    value = share.value or 0.0
    return Bar(value, f"{share.part}/{share.whole}", series, share.interval)
