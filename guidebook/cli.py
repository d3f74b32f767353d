"""The `guidebook` command: what a maintainer runs, one line each.

Heavy libraries are imported inside the commands, so that `guidebook --help` is instant. A
GuidebookError is one sentence on stderr and exit code 2; a trace is a defect.
"""

import json
import os
import time
from datetime import date
from importlib.metadata import entry_points
from pathlib import Path
from typing import Any

import click

from guidebook.errors import GuidebookError
from guidebook.evaluation.cli import evaluate
from guidebook.settings import Settings
from guidebook.training.cli import handout, training

COMMANDS = "guidebook.commands"


class ToldGroup(click.Group):
    """A group of commands whose GuidebookErrors are told, not traced.

    Rooms above the library add theirs as entry points of the group `guidebook.commands`: the
    library may not import them. One is loaded when it is named or when help lists it.
    """

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted({*super().list_commands(ctx), *entry_points(group=COMMANDS).names})

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        own = super().get_command(ctx, cmd_name)
        if own is not None:
            return own
        for found in entry_points(group=COMMANDS, name=cmd_name):
            command: click.Command = found.load()
            return command
        return None

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except GuidebookError as error:
            click.echo(str(error), err=True)
            ctx.exit(2)


def _settings() -> Settings:
    return Settings.from_environ(os.environ)


@click.group(cls=ToldGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="guidebook")
def main() -> None:
    """Answers from approved documents, with their source, or none."""


@main.group()
def corpus() -> None:
    """The documents."""


@corpus.command("check")
def corpus_check() -> None:
    """Check every document; each fault says where, what, and the remedy."""
    from guidebook.corpus import load_corpus
    from guidebook.corpus_check import check
    from guidebook.facts import load_facts
    from guidebook.myths import myth_faults

    loaded = load_corpus(_settings().corpus)
    faults = check(loaded, load_facts(loaded.folder / "facts"), date.today())
    faults += myth_faults(loaded)
    for fault in faults:
        click.echo(str(fault), err=True)
    translated = sum(len(document.passages) for document in loaded.translations)
    click.echo(
        f"{len(loaded.documents)} documents, {len(loaded.passages)} passages, "
        f"{translated} of them translated, {len(faults)} faults"
    )
    if faults:
        raise SystemExit(2)


@corpus.command("coverage")
@click.option("--json", "as_json", is_flag=True, help="Print JSON instead of the table.")
def corpus_coverage(as_json: bool) -> None:
    """Facts and topics against passages, uncovered first."""
    from guidebook.corpus import load_corpus
    from guidebook.coverage import coverage
    from guidebook.facts import load_facts

    folder = _settings().corpus
    found = coverage(load_corpus(folder), load_facts(folder / "facts"))
    click.echo(json.dumps(found.to_json(), indent=2) if as_json else found.to_text())


@corpus.command("import-facts")
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
def corpus_import_facts(folder: Path) -> None:
    """Read the fact dossiers in FOLDER into corpus/facts."""
    from guidebook.dossier import import_facts

    for name, count in import_facts(folder, _settings().corpus / "facts").items():
        click.echo(f"{name}: {count} facts")


@corpus.command("render-services")
def corpus_render_services() -> None:
    """Write the service directory's Markdown from services.yml."""
    from guidebook.service_pages import write_pages
    from guidebook.services import load_services

    directory = _settings().corpus / "services"
    for path in write_pages(load_services(directory / "services.yml"), directory):
        click.echo(str(path))


@main.group()
def index() -> None:
    """The search index."""


@index.command("build")
def index_build() -> None:
    """Build the index from the corpus; texts that did not change keep their vectors."""
    from guidebook import index as indexing
    from guidebook.corpus import load_corpus
    from guidebook.library import encoders

    settings = _settings()
    loaded = load_corpus(settings.corpus)
    built = indexing.build(loaded, list(encoders().values()), settings.index, click.echo)
    click.echo(f"{len(loaded.passages)} passages, {len(built.entries)} texts -> {settings.index}")


@index.command("ensure")
@click.pass_context
def index_ensure(context: click.Context) -> None:
    """Build the index unless it fits the corpus already."""
    from guidebook.corpus import load_corpus
    from guidebook.encoder import encoder_names
    from guidebook.index import is_of

    settings = _settings()
    if is_of(settings.index, load_corpus(settings.corpus).searched, encoder_names()):
        click.echo(f"current: {settings.index}")
    else:
        context.invoke(index_build)


@index.command("info")
def index_info() -> None:
    """Show what the index was built from, and whether it fits the corpus."""
    from guidebook.corpus import load_corpus
    from guidebook.index import read_manifest

    settings = _settings()
    manifest = read_manifest(settings.index)
    fits = manifest["corpus_digest"] == load_corpus(settings.corpus).searched
    click.echo(f"index = {settings.index}")
    click.echo(f"corpus_digest = {manifest['corpus_digest']}")
    click.echo(f"fits_corpus = {'yes' if fits else 'no: run `guidebook index build`'}")
    for item in manifest["encoders"]:
        click.echo(f"{item['name']} = {len(item['rows'])} vectors of {item['dimension']}")


@index.command("export-encoder")
@click.argument("target", type=click.Path(path_type=Path), default=Path("models/encoder"))
def index_export_encoder(target: Path) -> None:
    """Export the sentence encoder to ONNX, unless TARGET is already current."""
    from guidebook.encoder_export import export
    from guidebook.model_files import is_current

    click.echo(f"current: {target}" if is_current(target) else f"exported: {export(target)}")


@main.command()
@click.argument("question")
@click.option("--limit", default=5, show_default=True, help="How many passages to show.")
def search(question: str, limit: int) -> None:
    """Show the passages nearest to QUESTION, with scores and rejections."""
    from guidebook.library import open_library
    from guidebook.query import Query, understand

    settings = _settings()
    retriever = open_library(settings).retriever
    understood = understand(Query(question, province=settings.jurisdiction))
    found = retriever.search(understood, limit)
    click.echo(f"writing={understood.writing} facets={dict(understood.facets)}")
    click.echo(f"probability={found.probability:.2f}")
    for result in (*found.accepted, *found.rejected):
        mark = "" if result.rejection is None else f"  rejected: {result.rejection}"
        click.echo(f"{result.score:8.2f}  {result.passage.id}{mark}")


@main.command()
@click.argument("question")
@click.option("--json", "as_json", is_flag=True, help="Print the reply as the page gets it.")
def answer(question: str, as_json: bool) -> None:
    """Answer QUESTION as the bot would, without Rasa."""
    from guidebook.context import Context
    from guidebook.library import open_library
    from guidebook.query import Query

    settings = _settings()
    library = open_library(settings)
    query = Query(question, province=settings.jurisdiction)
    reply = library.answer(query, Context(), time.time())[0].reply
    if as_json:
        click.echo(json.dumps(reply.to_json(), ensure_ascii=False, indent=2))
        return
    click.echo(f"[{reply.status}]")
    click.echo(reply.text)
    for citation in reply.citations or reply.nearest:
        click.echo(f'  {citation.title}, "{citation.heading}" ({citation.authority})')


@main.command()
def settings() -> None:
    """Print every setting."""
    for line in _settings().lines():
        click.echo(line)


for command in (evaluate, handout, training):
    main.add_command(command)
