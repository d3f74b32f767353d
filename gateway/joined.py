"""The page's modules as one file: a phone on a slow network waits for one answer, not for thirty.

`join` follows the imports from one module and writes each module once, in the order they need each
other, as a function of its own, without its whole-line comments. It knows the few forms of import
and export the page uses and nothing else of JavaScript: what it does not know is a JoinError, and
the page is then served module by module, which works as well. The files themselves stay as they
are, and are served too.
"""

import re
from pathlib import Path

IMPORT = re.compile(r'^import (\{[^}]*\}|\* as \w+|\w+) from "(\.[^"]+)";\n', re.MULTILINE)
EXPORT = re.compile(
    r"^export (default |(?:async function|function|class|const) (\w+))", re.MULTILINE
)
COMMENTS = re.compile(r"^[ \t]*(?://[^\n]*|/\*\*.*?\*/)[ \t]*\n", re.MULTILINE | re.DOTALL)
LEFT_OVER = re.compile(r"^(?:import|export)\b|\bimport\(", re.MULTILINE)
RENAMED = re.compile(r"(\w+) as (\w+)")
DEFAULT = "default_export"


class JoinError(Exception):
    """A module says something this file does not know."""


def join(entry: Path) -> str:
    """The module `entry` and all it imports, as one module; JoinError or OSError when it cannot."""
    parts: dict[Path, str] = {}
    _add(entry.resolve(), entry.resolve().parent, parts, ())
    return "".join(parts.values())


def _add(module: Path, root: Path, parts: dict[Path, str], above: tuple[Path, ...]) -> None:
    if module in parts:
        return
    if module in above or not module.is_relative_to(root):
        raise JoinError(f"{module.name} imports itself in a circle, or lies outside.")
    source = COMMENTS.sub("", module.read_text(encoding="utf-8"))
    for _, target in IMPORT.findall(source):
        _add((module.parent / target).resolve(), root, parts, (*above, module))
    exported = [name or f"default: {DEFAULT}" for _, name in EXPORT.findall(source)]
    body = IMPORT.sub(lambda found: _bound(found, module, root), source)
    body = EXPORT.sub(lambda found: f"const {DEFAULT} = " if not found[2] else found[1], body)
    if LEFT_OVER.search(body):
        raise JoinError(f"{module.name} imports or exports in a form that cannot be joined.")
    given = ", ".join(exported)
    parts[module] = (
        f"const {_name(module, root)} = (() => {{\n{body}return {{ {given} }};\n}})();\n"
    )


def _bound(found: re.Match[str], module: Path, root: Path) -> str:
    """The import as a constant taken from the module's function."""
    names, source = found[1], _name((module.parent / found[2]).resolve(), root)
    if names.startswith("* as "):
        return f"const {names[5:]} = {source};\n"
    if not names.startswith("{"):
        return f"const {names} = {source}.default;\n"
    named = RENAMED.sub(r"\1: \2", names)
    return f"const {named} = {source};\n"


def _name(module: Path, root: Path) -> str:
    return "module_" + re.sub(r"\W", "_", str(module.relative_to(root).with_suffix("")))
