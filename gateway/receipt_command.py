"""`guidebook receipt verify ID`: do the words an answer rested on still stand in the corpus?

Joined to the `guidebook` command by the entry-point group `guidebook.commands`. It reads
the receipt's row and the corpus, changes neither, and works beside a running gateway.
"""

import click


@click.group()
def receipt() -> None:
    """What an answer rested on."""


@receipt.command("verify")
@click.argument("receipt_id", metavar="ID")
def verify(receipt_id: str) -> None:
    """Compare the cited spans of receipt ID with the corpus; exit code 1 unless all are the same.

    An ID may start with a dash: write `guidebook receipt verify -- ID` then.
    """
    import os
    from datetime import UTC, datetime

    from gateway.receipt_check import check, overall
    from gateway.receipt_reading import read_kept
    from guidebook.corpus import load_corpus
    from guidebook.settings import Settings

    settings = Settings.from_environ(os.environ)
    found = read_kept(settings, receipt_id)
    spans = check(found, load_corpus(settings.corpus))
    click.echo(f"receipt {found.id}")
    click.echo(f"time    {datetime.fromtimestamp(found.at, UTC):%Y-%m-%d %H:%M} UTC")
    click.echo(f"status  {found.status}")
    for name, value in {**(found.versions or {}), **(found.scores or {})}.items():
        click.echo(f"{name:<7} {value}")
    for span in spans:
        later = f" by {span.later}" if span.later else ""
        place = f"{span.document_id} {span.start}:{span.end}"
        click.echo(f"{span.finding:<10} {span.part:<8} {place}{later}")
    result = overall(spans)
    click.echo(result)
    if result != "same":
        raise SystemExit(1)
