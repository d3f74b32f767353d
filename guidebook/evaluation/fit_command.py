"""`guidebook evaluate fit`: write the fitted numbers.

Nothing heavy is imported before the command runs.
"""

import json
from typing import get_args

import click

from guidebook.evaluation import places


@click.command()
@click.option("--dry-run", is_flag=True, help="Print the figures and write nothing.")
def fit(dry_run: bool) -> None:
    """Fit weights, confidence and thresholds on the development questions and on practice."""
    from guidebook.evaluation.examples import examples_of
    from guidebook.evaluation.fitting import USED, fit_weights, rank
    from guidebook.evaluation.fitting_confidence import fit_confidence, samples
    from guidebook.evaluation.phrasings import practice
    from guidebook.evaluation.questions import questions_digest
    from guidebook.fusion import DATA
    from guidebook.language import Writing
    from guidebook.library import open_library

    library = open_library(places.settings())
    questions = places.questions("development")
    examples = list(examples_of(library))
    practised = list(practice(library, places.settings().index))
    weights = {}
    for writing in get_args(Writing):
        written = [item for item in examples if item.writing == writing and item.answerable]
        beside = [item for item in practised if item.writing == writing]
        weights[writing] = fit_weights(written, beside, USED[writing])
        first = sum(rank(item, weights[writing]) == 1 for item in written) / max(len(written), 1)
        click.echo(
            f"{writing}: {len(written)} questions, {len(beside)} for practice; "
            f"right first {first:.3f} of the questions"
        )
    fitted = fit_confidence(*samples(examples, weights))
    for name, value in fitted.figures.items():
        click.echo(f"{name} = {value:.3f}")
    written_out = {
        "provenance": {
            "command": "guidebook evaluate fit",
            "split": "development",
            "questions": len(examples),
            "practice": len(practised),
            "questions_digest": questions_digest(questions),
            "corpus_digest": library.corpus.digest,
            "cross_validated": {name: round(value, 3) for name, value in fitted.figures.items()},
        },
        "weights": weights,
        "confidence": {"intercept": fitted.intercept, "coefficients": fitted.coefficients},
        "answer_at": fitted.answer_at,
        "strong_at": fitted.strong_at,
    }
    if not dry_run:
        DATA.write_text(json.dumps(written_out, indent=2) + "\n", encoding="utf-8")
        click.echo(f"Wrote {DATA}. Rebuild nothing; restart what runs.")
