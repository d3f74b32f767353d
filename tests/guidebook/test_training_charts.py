"""A chart is drawn to scale, in both directions, and says in words what it shows."""

from pathlib import Path
from xml.etree import ElementTree

import pytest

from guidebook.training.charts import Bar, Chart, Row, gain_chart, items_chart, votes_chart
from guidebook.training.content import Training, load_training
from guidebook.training.gain import gain
from guidebook.training.item_analysis import analyse
from guidebook.training.quiz_run import QuizAnswer, quiz_items, replay_quiz
from guidebook.training.svg import WIDTH, WORDS_WIDTH, describe, svg
from guidebook.vocabulary import Lang

ROOT = Path(__file__).resolve().parents[2]
SVG = "{http://www.w3.org/2000/svg}"
ROOM = WIDTH - WORDS_WIDTH


@pytest.fixture(scope="module")
def training() -> Training:
    return load_training(ROOT / "training")


def drawn(chart: Chart) -> ElementTree.Element:
    return ElementTree.fromstring(svg(chart))


def boxes(root: ElementTree.Element) -> list[tuple[float, float]]:
    """Left edge and width of every bar, without the frames."""
    found = [one for one in root.iter(f"{SVG}rect") if one.get("fill") != "#ffffff"]
    return [(float(one.get("x", "")), float(one.get("width", ""))) for one in found]


@pytest.mark.parametrize("lang", ["en", "ur"])
def test_bars_are_as_long_as_their_shares_and_begin_where_reading_begins(lang: Lang) -> None:
    rows = tuple(Row("r", (Bar(share, "w", interval=(0.0, 0.5)),)) for share in (0.25, 1.0, 0.0))
    root = drawn(Chart(lang, "t", rows))
    widths = [width for _, width in boxes(root)]
    assert widths == [ROOM * 0.25, ROOM]
    ends = [x + width if lang == "ur" else x for x, width in boxes(root)]
    assert ends == [WIDTH if lang == "ur" else 0] * 2
    (line, *_) = root.iter(f"{SVG}line")
    assert abs(float(line.get("x1", "")) - float(line.get("x2", ""))) == ROOM * 0.5
    assert root.get("direction") == ("rtl" if lang == "ur" else None)


def test_the_questions_chart_shows_counts_and_marks_what_was_misread(training: Training) -> None:
    first = quiz_items(training, "pre")[0]
    options = [first.key, *[(first.key + 1) % 4] * 3]
    given = [QuizAnswer(f"p{number}", first.id, option) for number, option in enumerate(options)]
    run = replay_quiz(training, "pre", given)
    chart = items_chart(analyse(run), "en")
    assert chart.rows[0] == Row(
        "1. First report (FIR)",
        (Bar(1 / 4, "1/4", 0, analyse(run).items[0].difficulty.interval),),
        "misread",
    )
    assert chart.rows[1].mark is None
    assert chart.note is not None
    assert "Fewer than 10 sheets" in chart.note
    assert describe(chart).startswith("1. First report (FIR) (misread): 1/4; 2. ")


def test_before_and_after_stand_together_under_their_topic(training: Training) -> None:
    first, last = quiz_items(training, "pre")[0], quiz_items(training, "post")[0]
    people = [f"p{number}" for number in range(3)]
    wrong = [QuizAnswer(one, first.id, (first.key + 1) % 4) for one in people]
    before = replay_quiz(training, "pre", wrong)
    after = replay_quiz(training, "post", [QuizAnswer(one, last.id, last.key) for one in people])
    chart = gain_chart(gain(before, after), "en")
    assert [(bar.words, bar.share, bar.series) for bar in chart.rows[0].bars] == [
        ("0/3", 0, 0),
        ("3/3", 1, 1),
    ]
    assert "First report (FIR): Before 0/3, After 3/3" in describe(chart)


def test_words_of_the_content_cannot_become_markup(training: Training) -> None:
    step = training.scenarios[0].content.steps[0]
    odd = step.choices[0].text.model_copy(update={"en": '<script>alert("x")</script> & more'})
    changed = step.choices[0].model_copy(update={"text": odd})
    chart = votes_chart(
        step.model_copy(update={"choices": (changed, step.choices[1])}), (1, 3), "en"
    )
    root = drawn(chart)
    assert {one.tag.removeprefix(SVG) for one in root.iter()} == {
        "svg",
        "title",
        "desc",
        "rect",
        "text",
    }
    assert '<script>alert("x")</script> & more' in "".join(root.itertext())
    assert [width for _, width in boxes(root)] == [ROOM * 0.25, ROOM * 0.75]


def test_a_chart_needs_no_style_and_no_script(training: Training) -> None:
    written = svg(items_chart(analyse(replay_quiz(training, "pre", [])), "ur"))
    assert "style" not in written
    assert "href" not in written
