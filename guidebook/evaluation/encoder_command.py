"""`guidebook evaluate fit-encoder`: adapt the encoder. Heavy things load on the run."""

import click

from guidebook.evaluation import places


@click.command("fit-encoder")
def fit_encoder() -> None:
    """Fit the encoder's adaptation on the corpus's phrasings and on told cases: half an hour."""
    import numpy as np

    from guidebook.adaptation import DATA, NOTHING
    from guidebook.encoder import E5Encoder, e5_weights
    from guidebook.evaluation.fitting_encoder import Examples, fit
    from guidebook.evaluation.phrasings import is_kept_back
    from guidebook.evaluation.told import load_told
    from guidebook.index import as_read, entries_of
    from guidebook.transliterate import Transliterator

    corpus = places.corpus()
    entries = entries_of(corpus)
    number = {passage.id: at for at, passage in enumerate(corpus.passages)}
    learnt = [(entry.text, "own" if entry.own else "phrasing", entry.passage) for entry in entries]
    told = load_told(places.TOLD, corpus)
    learnt += [(item.text, item.sort, number[item.passage]) for item in told]
    transliterator = Transliterator(entry.text for entry in entries)
    weights = e5_weights()
    plain = E5Encoder(weights, NOTHING)
    examples = Examples(
        [as_read(text, plain, transliterator) for text, _, _ in learnt],
        [sort for _, sort, _ in learnt],
        np.asarray([passage for _, _, passage in learnt], dtype=np.int64),
        np.asarray([sort != "own" and is_kept_back(text) for text, sort, _ in learnt]),
    )
    fitted = fit(examples, weights, plain.tokens, click.echo)
    fitted.save(DATA)
    for sort, count, before, after in fitted.figures:
        click.echo(
            f"{sort}: of {count} kept back, nearest to their own {before:.3f} -> {after:.3f}"
        )
    click.echo(f"{len(learnt)} texts -> {DATA}")
