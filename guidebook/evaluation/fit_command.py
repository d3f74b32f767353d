"""`guidebook evaluate fit` and `ablate`: the fitted numbers, and what each is worth."""

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING, get_args

import click

from guidebook.evaluation import places

if TYPE_CHECKING:
    from guidebook.evaluation.fitting import Example
    from guidebook.library import Library

_BY_WORDS = ("words", "letters", "best_words", "best_letters")
_BY_SOUNDS = ("sounds", "best_sounds")
_BY_CONSONANTS = ("consonants", "best_consonants")
USED = {  # each encoder and each reading where it pays: see evaluation/README.md for the ablation
    "en": (*_BY_WORDS, *_BY_SOUNDS, "meaning", "centre", "meaning_multi", "centre_multi"),
    "roman_ur": (*_BY_WORDS, *_BY_SOUNDS, *_BY_CONSONANTS, "meaning_multi", "centre_multi"),
    "ur": (*_BY_WORDS, *_BY_SOUNDS, *_BY_CONSONANTS, "meaning_multi", "centre_multi"),
}


@click.command()
@click.option("--dry-run", is_flag=True, help="Print the figures and write nothing.")
def fit(dry_run: bool) -> None:
    """Fit weights, confidence and thresholds on the development questions and on practice."""
    from guidebook.evaluation.fitting import fit_weights, rank
    from guidebook.evaluation.fitting_confidence import fit_confidence, samples
    from guidebook.evaluation.phrasings import practice
    from guidebook.evaluation.questions import questions_digest
    from guidebook.fusion import DATA
    from guidebook.language import Writing
    from guidebook.library import open_library

    library = open_library(places.settings())
    questions = places.questions("development")
    examples = list(_examples(library))
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


@click.command()
def ablate() -> None:
    """Print what each signal and rule is worth on the development questions."""
    from guidebook.evaluation.ablation import markdown, rows
    from guidebook.fusion import load_fusion
    from guidebook.library import open_library

    library = open_library(places.settings())
    fitted = {writing: dict(weights) for writing, weights in load_fusion().weights.items()}
    click.echo(markdown(list(rows(list(_examples(library)), fitted))))


def _out_of_field(library: "Library") -> "Iterator[Example]":
    """Talk of other things: the NLU's own training lines of `out_of_scope`. Nothing answers it."""
    import numpy as np

    from guidebook.evaluation.fitting import example
    from guidebook.evaluation.overlap import nlu_lines
    from guidebook.query import Query, understand
    from guidebook.signals import SIGNALS

    nothing = np.zeros(len(library.corpus.passages), dtype=np.bool_)
    for number, line in enumerate(nlu_lines(places.NLU)):
        if line.where.endswith("intent out_of_scope"):
            understood = understand(Query(line.text))
            weighed = library.retriever.weigh(understood, frozenset(SIGNALS))
            yield example(f"out-{number}", understood.writing, weighed, nothing, answerable=False)


def _examples(library: "Library") -> "Iterator[Example]":
    """Questions whose evidence is weighed: not those that end in a named reply before a search."""
    import numpy as np

    from guidebook.evaluation.fitting import example
    from guidebook.evaluation.judging import propose
    from guidebook.evaluation.qrels import RIGHT
    from guidebook.query import Query, understand
    from guidebook.requests import named_status
    from guidebook.signals import SIGNALS

    corpus = library.corpus
    questions = places.questions("development")
    right: dict[str, set[str]] = {}
    for judgement in propose(questions, corpus):
        if judgement.grade >= RIGHT:
            right.setdefault(judgement.question, set()).add(judgement.passage)
    yield from _out_of_field(library)
    # A question to refuse is met rightly by a passage that admits the gap.
    gaps = {p.id for d in corpus.documents if d.kind == "known-gap" for p in d.passages}
    for question in questions:
        answerable = question.expect in ("answer", "correct")
        if named_status(question.judged_turn) or not (answerable or question.expect == "refuse"):
            continue
        passages = right.get(question.id, set()) if answerable else gaps
        if not passages:
            continue
        understood = understand(Query(" ".join(question.turns)))
        relevant = np.asarray([passage.id in passages for passage in corpus.passages])
        weighed = library.retriever.weigh(understood, frozenset(SIGNALS))
        yield example(question.id, understood.writing, weighed, relevant, answerable)
