"""Write what the trainer ticked into a folder of the run-time home, one file a subject.

Files are their owner's alone. They hold words of this project, of the corpus and of the training
content, and counts; nothing anybody typed. What a figure means is guidebook.training's.
"""

import csv
import io
import os
from collections.abc import Callable, Collection, Iterator, Sequence
from pathlib import Path

from gateway.workshop import passages
from gateway.workshop.material import Material
from guidebook import messages
from guidebook.training.charts import Chart, gain_chart, items_chart, topics_chart, votes_chart
from guidebook.training.handout_pdf import pdf
from guidebook.training.handout_session import session_handout
from guidebook.training.results_csv import gain_csv, items_csv, review_csv
from guidebook.training.session import session_json
from guidebook.training.svg import svg

Files = Iterator[tuple[str, bytes]]
BOM = "\ufeff"  # Excel reads UTF-8 only behind it


def _counts(material: Material) -> Files:
    asking = material.asking
    topics = [(messages.text(f"topic_{t}", material.lang), n) for t, n in asking.topics()]
    nearest = [(passages.heading(material.corpus, p), n) for p, n in asking.nearest()]
    yield "topics.csv", _table(("topic", "times"), topics)
    yield "unanswered.csv", _table(("how_it_ended", "times"), asking.unanswered())
    yield "nearest.csv", _table(("nearest_passage", "times"), nearest)
    verdicts = (*asking.verdicts.items(), *asking.reasons.items())
    yield "feedback.csv", _table(("verdict_or_reason", "times"), verdicts)


def _results(material: Material) -> Files:
    session, lang = material.session, material.lang
    for number, figures in enumerate(session.quizzes, 1):
        yield f"{number}-{figures.name}.csv", _text(items_csv(figures, lang))
    for number, played in enumerate(session.scenarios, 1):
        yield f"case-{number}-{played.id}.csv", _text(review_csv(played.review, lang))
    if session.gain:
        yield "before-after.csv", _text(gain_csv(session.gain))
    yield "session.json", session_json(session).encode()


def charts(material: Material) -> dict[str, Chart]:
    """Every chart of the workshop, by the name of its file."""
    session, lang = material.session, material.lang
    found = {"topics": topics_chart(session.topics, lang)}
    for number, figures in enumerate(session.quizzes, 1):
        found[f"{number}-{figures.name}"] = items_chart(figures, lang)
    if session.gain:
        found["before-after"] = gain_chart(session.gain, lang)
    for number, played in enumerate(session.scenarios, 1):
        for at, visit in enumerate(played.review.visits, 1):
            found[f"case-{number}-{at}"] = votes_chart(visit.step, visit.tally, lang)
    return found


def _charts(material: Material) -> Files:
    for name, chart in charts(material).items():
        yield f"{name}.svg", svg(chart).encode()


def _sheet(material: Material) -> Files:
    """The one-page sheet, and all of it; without documents nothing can be quoted."""
    if material.corpus is None:
        return
    held_on = material.session.held_on
    for name, one_page in (("summary", True), ("results", False)):
        made = (material.session, material.corpus, material.lang, held_on)
        yield f"{name}.pdf", pdf(session_handout(*made, one_page=one_page))


EXPORTS: dict[str, Callable[[Material], Files]] = {
    "counts": _counts,
    "results": _results,
    "charts": _charts,
    "sheet": _sheet,
}
"""What can be ticked, and the files it makes."""


def write(folder: Path, material: Material, ticked: Collection[str]) -> tuple[str, ...]:
    """Write the ticked files; their names."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    made = []
    for name, files in EXPORTS.items():
        for file, content in files(material) if name in ticked else ():
            keep(folder / file, content)
            made.append(file)
    return tuple(made)


def keep(path: Path, content: bytes) -> None:
    """Write a file that its owner alone reads."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)


def _table(head: Sequence[str], rows: Sequence[Sequence[object]]) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(head)
    writer.writerows(rows)
    return _text(text.getvalue())


def _text(table: str) -> bytes:
    return (BOM + table).encode()
