"""`guidebook off` and `guidebook on`: stop answers at once, on a topic or altogether.

Joined to the `guidebook` command by the entry-point group `guidebook.commands`. They write the
switch of GUIDEBOOK_HOME; a running gateway obeys from its next message on.
"""

import getpass
import os
from typing import get_args

import click

from gateway.switch import State, Switch
from guidebook.settings import Settings
from guidebook.vocabulary import Topic

TOPIC = click.Choice(get_args(Topic))


@click.command("off")
@click.option("--topic", type=TOPIC, help="Stop this topic alone; without it, everything.")
@click.option("--reason", required=True, help="What officers read, at most 200 characters.")
@click.option("--by", "actor", help="Who switches; your account name without it.")
def off(topic: str | None, reason: str, actor: str | None) -> None:
    """Stop answers. First steps in danger stay on."""
    _show(_switch().off(reason, actor or _account(), topic))


@click.command("on")
@click.option("--topic", type=TOPIC, help="Answer this topic again; without it, everything.")
@click.option("--by", "actor", help="Who switches; your account name without it.")
def on(topic: str | None, actor: str | None) -> None:
    """Answer again."""
    _show(_switch().on(actor or _account(), topic))


def _switch() -> Switch:
    return Switch(Settings.from_environ(os.environ).home)


def _account() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "unknown"


def _show(state: State) -> None:
    if state.everything:
        click.echo(f"off: everything ({state.everything.reason})")
    for topic, stopped in sorted(state.topics.items()):
        click.echo(f"off: {topic} ({stopped.reason})")
    if not state.everything and not state.topics:
        click.echo("on: everything")
