"""Write docs/cli.md from the commands themselves: `python -m deploy.cli_reference`.

A test compares the page with what the commands say now, so it cannot grow old.
"""

from collections.abc import Iterator

import click

from guidebook.cli import main as guidebook
from guidebook.settings import ROOT

PAGE = ROOT / "docs" / "cli.md"
HEAD = """# Every command

Made by `python -m deploy.cli_reference` from the commands themselves. `make` alone lists the rest.
In a checkout `guidebook` is `.venv/bin/guidebook`.
"""


def render() -> str:
    """The whole page."""
    return "\n".join([HEAD, *_lines(guidebook, "guidebook")])


def _lines(command: click.Command, name: str) -> Iterator[str]:
    context = click.Context(command, info_name=name)
    if isinstance(command, click.Group):
        if name != "guidebook":
            yield f"## {name}\n"
        yield f"{_first(command)}\n"
        for part in command.list_commands(context):
            found = command.get_command(context, part)
            if found is not None and not found.hidden:
                yield from _lines(found, f"{name} {part}")
        return
    depth = "##" if name.count(" ") == 1 else "###"
    usage = " ".join(command.collect_usage_pieces(context))
    yield f"{depth} {name}\n\n```\n{name} {usage}\n```\n\n{_help(command)}\n"
    shown = (found.get_help_record(context) for found in command.params)
    rows = [record for record in shown if record and record[1]]
    if rows:
        yield "| option | what |\n|---|---|"
        yield "\n".join(f"| `{option}` | {_cell(what)} |" for option, what in rows) + "\n"


def _help(command: click.Command) -> str:
    return "\n".join(line.strip() for line in (command.help or "").strip().splitlines())


def _first(command: click.Command) -> str:
    return _help(command).partition("\n\n")[0]


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")


if __name__ == "__main__":
    PAGE.write_text(render(), encoding="utf-8")
