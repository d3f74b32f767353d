"""`guidebook evaluate nets` and `fit-nets`: what nets catch, and what they learn."""

import click

from guidebook.evaluation import places


@click.command()
def nets() -> None:
    """Print recall and false alarms of danger, support, myths and refusals."""
    from guidebook.evaluation.fitting_first_hour import first_hour_figures, lines_of
    from guidebook.evaluation.nets_figures import apart_figures, asked_by, figures, heard_by
    from guidebook.library import open_library

    library = open_library(places.settings())
    heard = apart_figures(places.NETS, heard_by(library), " by meaning too")
    lines = lines_of(places.NETS / "first_hour_apart.yml")
    of_case = first_hour_figures(lines, library.hear_case)
    asked = apart_figures(places.NETS, asked_by(library), " or asked about")
    for figure in (*figures(places.NETS), *heard, *asked, *of_case):
        click.echo(str(figure))


@click.command("fit-nets")
def fit_nets() -> None:
    """Fit the likeness of the nets on evaluation/nets/examples.yml."""
    from guidebook.evaluation.fitting_nets import fit, gather
    from guidebook.likeness import DATA

    examples = gather(places.NETS, places.NLU, places.corpus())
    fitted = fit(examples)
    fitted.save(DATA)
    for family, recall, allowed in fitted.figures:
        click.echo(f"{family}: alone {recall:.3f} recall at {allowed:.3f} false, cross-validated")
    click.echo(f"{sum(map(len, examples.values()))} examples of {len(examples)} sorts -> {DATA}")


@click.command("fit-meaning")
def fit_meaning() -> None:
    """Fit the nets' judgement by meaning on the same examples: minutes, for the embeddings."""
    from guidebook.evaluation.fitting_meaning import fit, some
    from guidebook.evaluation.fitting_nets import gather
    from guidebook.library import open_library
    from guidebook.meaning import DATA, ENCODER

    library = open_library(places.settings())
    examples = some(gather(places.NETS, places.NLU, library.corpus))
    fitted = fit(examples, lambda texts: library.retriever.signals.embed(texts, ENCODER))
    fitted.save(DATA)
    for family, recall, allowed in fitted.figures:
        click.echo(f"{family}: alone {recall:.3f} recall at {allowed:.3f} false, cross-validated")
    click.echo(f"{sum(map(len, examples.values()))} examples of {len(examples)} sorts -> {DATA}")


@click.command("fit-first-hour")
def fit_first_hour() -> None:
    """Fit what sentences say of a case on evaluation/nets/first_hour.yml."""
    from guidebook.evaluation.fitting_first_hour import fit, lines_of, save
    from guidebook.first_hour_meaning import DATA
    from guidebook.library import open_library
    from guidebook.meaning import ENCODER

    library = open_library(places.settings())
    lines = lines_of(places.NETS / "first_hour.yml")
    save(fit(lines, lambda texts: library.retriever.signals.embed(texts, ENCODER)), DATA)
    click.echo(f"{len(lines)} sentences -> {DATA}")


@click.command("fit-requests")
def fit_requests() -> None:
    """Fit the kinds of requests on evaluation/nets/requests.yml and the corpus's phrasings."""
    from guidebook.evaluation.fitting_requests import fit, learned, left_over, read
    from guidebook.library import open_library
    from guidebook.meaning import ENCODER
    from guidebook.request_kinds import DATA

    library = open_library(places.settings())
    lines = read(places.NETS / "requests.yml")
    signals = library.retriever.signals
    fitted = fit(
        learned(lines, library.corpus),
        left_over(lines),
        lambda texts: signals.embed(texts, ENCODER),
    )
    fitted.save(DATA)
    click.echo(f"{fitted.right:.3f} of the lines left over named rightly -> {DATA}")


@click.command()
def requests() -> None:
    """Print how many requests of each kind are declined, and how many questions with them."""
    from guidebook.evaluation.fitting_requests import read
    from guidebook.evaluation.nets_figures import declined
    from guidebook.library import open_library

    library = open_library(places.settings())
    for figure in declined(library, read(places.NETS / "requests_apart.yml")):
        click.echo(str(figure))
