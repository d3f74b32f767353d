"""`guidebook evaluate talks`: hold the conversations kept apart. Heavy things load on the run."""

import time

import click

from guidebook.evaluation import places


@click.command()
@click.option("--show", is_flag=True, help="Print each question that did not meet its passage.")
def talks(show: bool) -> None:
    """Hold conversations with the library, and count what their messages met."""
    from guidebook.evaluation.talks import figures, hold, load_talks, outcome
    from guidebook.library import open_library

    library = open_library(places.settings())
    messages = load_talks(places.TALKS, library.corpus)
    held = list(hold(messages, library.answer, time.time()))
    for figure in figures(held):
        click.echo(str(figure))
    for message, answer in held if show else ():
        sort, met = outcome(message, answer)
        if sort == "question" and met != "right":
            click.echo(f"{met}: {message.talk}: {message.said}\n    due: {message.right[0]}")
