"""Commands that examine the bot: run asks and saves, score reads what was saved."""

import time
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from guidebook.evaluation import places

if TYPE_CHECKING:
    from guidebook.evaluation.cases import Case
    from guidebook.evaluation.scoring import Scores

SPLIT = click.option(
    "--split",
    type=click.Choice(places.SPLITS),
    default="all",
    show_default=True,
    help="Which questions.",
)
NAME = click.option("--name", default="latest", show_default=True, help="Folder under results/.")


@click.command()
@click.option("--url", help="Ask the running bot at this address, not the library.")
@SPLIT
@NAME
def run(url: str | None, split: str, name: str) -> None:
    """Ask the questions and save what came back."""
    from guidebook.evaluation.asking import Asker, HttpAsker, library_asker
    from guidebook.evaluation.questions import questions_digest
    from guidebook.evaluation.runs import Run, index_manifest, save_run, surroundings

    settings, questions = places.settings(), places.questions(split)
    asker: Asker = HttpAsker.at(url) if url else library_asker(settings)
    started = time.perf_counter()
    responses = {}
    with click.progressbar(length=len(questions), label="Asking") as bar:
        for question in questions:
            responses[question.id] = asker.ask(question)
            bar.update(1)
    saved = {
        **surroundings(places.ROOT),
        **asker.describe(),
        "split": split,
        "seconds": round(time.perf_counter() - started, 1),
        "questions_digest": questions_digest(questions),
        "index": index_manifest(settings.index),
        "settings": settings.lines(),
    }
    folder = places.RESULTS / name
    save_run(folder, Run(name, responses, saved))
    click.echo(f"{len(responses)} answers in {saved['seconds']} s: {folder}")


@click.command()
@SPLIT
@NAME
@click.option("--explain", "explained", metavar="ID", help="Print one question in full.")
@click.option("--against", metavar="FILE", help="`baseline`, or a file: fail if a figure fell.")
@click.option("--save-baseline", is_flag=True, help="Make this score the committed baseline.")
@click.option("--failures", default=20, show_default=True, help="How many failures to print.")
def score(
    split: str,
    name: str,
    explained: str | None,
    against: str | None,
    save_baseline: bool,
    failures: int,
) -> None:
    """Score a saved run, offline."""
    from guidebook.evaluation import baseline as baselines
    from guidebook.evaluation.cases import cases_of
    from guidebook.evaluation.files import write_object, write_whole
    from guidebook.evaluation.qrels import load_qrels
    from guidebook.evaluation.questions import questions_digest
    from guidebook.evaluation.report import as_json, markdown
    from guidebook.evaluation.runs import load_run
    from guidebook.evaluation.scoring import score as score_cases

    folder = places.RESULTS / name
    saved = load_run(folder)
    asked = questions_digest(places.questions(saved.settings["split"]))
    if asked != saved.settings["questions_digest"]:
        click.echo("The questions were changed since this run; ask them again.", err=True)
    cases = cases_of(places.questions(split), load_qrels(places.QRELS), saved)
    if explained is not None:
        click.echo(_explain(cases, explained))
        return
    scores = score_cases(cases, split)
    write_whole(folder / f"score-{split}.md", markdown(scores, saved))
    write_object(folder / f"score-{split}.json", as_json(scores, saved))
    click.echo(markdown(scores, saved, failures=failures))
    if save_baseline:
        baselines.save_baseline(places.BASELINE, scores, saved)
        click.echo(f"Saved as the baseline of split {split}: {places.BASELINE}")
    if against is not None:
        _compare(scores, places.BASELINE if against == "baseline" else Path(against))


def _explain(cases: "Sequence[Case]", wanted: str) -> str:
    from guidebook.evaluation.errors import EvaluationError
    from guidebook.evaluation.report import explain

    headings = {passage.id: passage.heading for passage in places.corpus().passages}
    for case in cases:
        if case.question.id == wanted:
            return explain(case, headings)
    raise EvaluationError(f"No question {wanted} in this split; look in {places.QUESTIONS}.")


def _compare(scores: "Scores", path: Path) -> None:
    from guidebook.evaluation.baseline import drops, load_baseline

    found = drops(scores, load_baseline(path, scores.split))
    for drop in found:
        click.echo(f"FELL: {drop}")
    if found:
        raise SystemExit(1)
    click.echo(f"No headline figure fell under {path}.")
