"""`guidebook release`: list, use, rollback. Joined to the `guidebook` command by the entry-point
group `guidebook.commands`, as the library itself may not import this room.

What is made live is served after the next start: a running `make serve` keeps the model it loaded.
"""

import click

RESTART = "Restart `make serve` to serve it."


@click.group()
def release() -> None:
    """Models that were or may be served."""


@release.command("list")
def list_releases() -> None:
    """Every release, oldest first; `*` marks the live one."""
    from deploy.checkout import HERE
    from deploy.release_table import table
    from deploy.releases import Releases
    from guidebook.corpus import load_corpus
    from guidebook.evaluation.places import settings

    releases = Releases(HERE)
    for line in table(releases.all(), releases.live(), load_corpus(settings().corpus).digest):
        click.echo(line)


@release.command("use")
@click.argument("release_id", metavar="[ID]", required=False)
@click.option("--anyway", metavar="REASON", help="Leave the gate out; the reason is noted.")
def use(release_id: str | None, anyway: str | None) -> None:
    """Put release ID, or the newest model that is none yet, through the gate and make it live."""
    from deploy.train import retraining_here

    if anyway is not None and release_id is None:
        raise click.UsageError("--anyway needs the ID of a release.")
    if not retraining_here().use(release_id, anyway):
        click.echo("The live model stays.")
        raise SystemExit(1)
    click.echo(RESTART)


@release.command("rollback")
def rollback() -> None:
    """Make live again what was live before. A second rollback undoes the first."""
    from deploy.train import retraining_here

    retraining_here().rollback()
    click.echo(RESTART)
