"""`guidebook evaluate nets` and `fit-nets`: what nets catch, and what they learn."""

import click

from guidebook.evaluation import places


@click.command()
def nets() -> None:
    """Print recall and false alarms of danger, support, myths and refusals."""
    from guidebook.evaluation.nets_figures import figures

    for figure in figures(places.NETS):
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
