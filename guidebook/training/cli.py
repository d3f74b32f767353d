"""`guidebook training check` and `guidebook handout`: what whoever prepares a workshop runs.

Heavy libraries are imported inside the commands. Anything that cannot be printed raises
HandoutError, one sentence.
"""

import os
from datetime import date
from pathlib import Path

import click

from guidebook.settings import ROOT, Settings
from guidebook.vocabulary import Lang

CONTENT = ROOT / "training"


@click.group()
def training() -> None:
    """The workshop's content."""


@training.command("check")
@click.argument("folder", type=click.Path(path_type=Path), default=CONTENT)
def training_check(folder: Path) -> None:
    """Check quizzes, forms and scenarios; each fault says where, what, and the remedy."""
    from guidebook.corpus import load_corpus
    from guidebook.training.check import check
    from guidebook.training.content import load_training

    loaded = load_training(folder)
    faults = check(loaded, load_corpus(Settings.from_environ(os.environ).corpus))
    for fault in faults:
        click.echo(str(fault), err=True)
    counts = f"{len(loaded.items)} items, {len(loaded.scenarios)} scenarios"
    click.echo(f"{counts}, {len(faults)} faults")
    if faults:
        raise SystemExit(2)


@click.command()
@click.argument("name")
@click.option("--language", "lang", type=click.Choice(["en", "ur"]), default="en")
@click.option("--facilitator", is_flag=True, help="With notes and keys; keep it to yourself.")
@click.option("--one-page", is_flag=True, help="Of a session, the summary alone.")
@click.option(
    "-o",
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Default: NAME.pdf, here, with what was chosen in its name.",
)
def handout(name: str, lang: Lang, facilitator: bool, one_page: bool, output: Path | None) -> None:
    """Print NAME as PDF: a topic, a scenario, `pre` or `post`, or a session's session.json."""
    from guidebook.corpus import load_corpus
    from guidebook.errors import HandoutError
    from guidebook.training.content import load_training
    from guidebook.training.handout_of import handout_of
    from guidebook.training.handout_pdf import pdf

    composed = handout_of(
        name,
        load_training(CONTENT),
        load_corpus(Settings.from_environ(os.environ).corpus),
        lang,
        date.today(),
        facilitator=facilitator,
        one_page=one_page,
    )
    path = default_path(name, lang, facilitator, one_page) if output is None else output
    try:
        path.write_bytes(pdf(composed))
    except OSError as error:
        raise HandoutError(
            f"Cannot write {path} ({error.strerror}); name another file with -o."
        ) from error
    click.echo(str(path))


def default_path(name: str, lang: Lang, facilitator: bool, one_page: bool) -> Path:
    """A name of its own for each kind, so that no key is printed over its form."""
    sort = "-facilitator" if facilitator else "-one-page" if one_page else ""
    language = "" if lang == "en" else f"-{lang}"
    return Path(f"{Path(name).stem}{sort}{language}.pdf")
