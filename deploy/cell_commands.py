"""`guidebook cell`: pack, pull, roll, front, move. Joined as release_commands.py is."""

from pathlib import Path

import click

FOLDER = click.Path(path_type=Path, file_okay=False)
FILE = click.Path(path_type=Path, dir_okay=False)


@click.group()
def cell() -> None:
    """Several machines: one release for all, the front, and the move to a server."""


@cell.command("pack")
@click.argument("target", type=FOLDER)
def pack(target: Path) -> None:
    """Write what this checkout serves into TARGET, for the cells to pull."""
    from deploy import cell_release, doctor
    from deploy.training import LIVE
    from guidebook.evaluation.places import settings

    served = settings()
    doctor.index(served)  # with another corpus' index a cell is up, and answers nothing
    click.echo(f"Packed release {cell_release.pack(served, LIVE, target)} into {target}.")


@cell.command("pull")
@click.argument("source")
def pull(source: str) -> None:
    """Take the current release of SOURCE, a folder or an address; reload the cell to serve it."""
    from deploy import cell_release
    from guidebook.evaluation.places import settings

    home = settings().home
    taken = cell_release.pull(source, home)
    cell_release.forget_old(home)
    click.echo(f"Release {taken.id} is current in {home}; a reload serves it.")


@cell.command("roll")
@click.argument("cells", type=FILE)
@click.option("--ready", default=300.0, help="Seconds a cell may take to come back.")
def roll(cells: Path, ready: float) -> None:
    """Pull and reload the cells of the file CELLS, one after another."""
    from deploy import rolling

    rolling.roll(rolling.read(cells), ready, click.echo)


@cell.command("front")
@click.argument("cells", nargs=-1, required=True)
@click.option("--listen", default="0.0.0.0:80", help="Where officers come in.")
@click.option("--run", type=FOLDER, default=Path("/run/guidebook-front"))
@click.option("--releases", type=FOLDER, default=Path("/srv/guidebook/releases"))
def front(cells: tuple[str, ...], listen: str, run: Path, releases: Path) -> None:
    """Print nginx's configuration for a front of CELLS, each as host:port."""
    from deploy.front import render

    click.echo(render(cells, listen, run, releases), nl=False)


@cell.command("move")
@click.argument("url")
def move(url: str) -> None:
    """Move this home's SQLite files to the PostgreSQL at URL. Stop Guidebook first."""
    import os

    from deploy.move import move as moving
    from gateway.bounds import Bounds
    from guidebook.settings import Settings

    settings = Settings.from_environ({**os.environ, "GUIDEBOOK_DATABASE_URL": url})
    for table in moving(settings.home, settings.database_url, Bounds().lock_wait):
        click.echo(f"{table.table:<16} {table.rows:>8} rows, {table.new} new on the server")
    click.echo("Every row is on the server as it is in the files, which stay as they were.")
