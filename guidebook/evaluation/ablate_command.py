"""`guidebook evaluate ablate`: what each choice of the retriever is worth.

Nothing heavy is imported before the command runs. It takes some minutes: two other indexes are
made, in a folder that is gone afterwards, and every row has weights of its own.
"""

import tempfile
from pathlib import Path

import click

from guidebook.evaluation import places


@click.command()
def ablate() -> None:
    """Print what each choice of the retriever is worth on the development questions."""
    from guidebook.evaluation.ablation import markdown, rows
    from guidebook.evaluation.variants import variants
    from guidebook.library import open_library

    settings = places.settings()
    library = open_library(settings)
    with tempfile.TemporaryDirectory(prefix="guidebook-ablate-") as spare:
        click.echo(markdown(rows(variants(library, settings.index, Path(spare)))))
