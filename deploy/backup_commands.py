"""`guidebook backup`: make, restore. Joined to `guidebook` as release_commands.py is."""

from pathlib import Path

import click

PLACE = click.Path(path_type=Path, dir_okay=False)


@click.group()
def backup() -> None:
    """Receipts, feedback and secrets in one archive; never conversations."""


@backup.command("make")
@click.argument("target", required=False, type=PLACE)
def make(target: Path | None) -> None:
    """Write a backup to TARGET, or into backups/ of the home. Guidebook may run meanwhile."""
    import time

    from deploy import backup as backups
    from deploy.releases import now
    from guidebook.evaluation.places import settings

    moment, here = now(), settings()
    folder = here.home / "backups"
    name = moment.translate({ord("-"): None, ord(":"): None})[:15]
    target = target or folder / backups.PATTERN.replace("*", name)
    taken = backups.take(here.home, here.lines(), moment)
    backups.write(taken, target)
    secrets = sum(name.startswith(backups.SECRETS) for name in taken.files)
    rows = ", ".join(f"{count} {table}" for table, count in taken.rows.items())
    click.echo(f"{target}: {rows or 'no database yet'}, {secrets} secrets; no conversation")
    gone = backups.forget_old(folder, time.time())
    if gone:
        click.echo(f"Deleted {gone} backups older than 90 days.")


@backup.command("restore")
@click.argument("archive", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--replace", is_flag=True, help="Delete what stands in the home, conversations too.")
def restore(archive: Path, replace: bool) -> None:
    """Check ARCHIVE and put it back. Stop Guidebook first."""
    from deploy import restore as restoring
    from guidebook.evaluation.places import settings

    here = settings()
    found = restoring.read(archive)
    restoring.put_back(found, here.home, replace)
    click.echo(f"Restored {archive} of {found.made_at} into {here.home}.")
    then, today = set(found.settings), here.lines()
    for line in today:
        if line not in then:
            name = line.partition(" = ")[0]
            was = next((item for item in found.settings if item.startswith(f"{name} = ")), None)
            click.echo(f"Setting differs: {line} (then: {was or 'not there'})")
