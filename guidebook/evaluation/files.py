"""Write a file whole or not at all, and read JSON lines with their numbers."""

import json
import os
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from guidebook.evaluation.errors import EvaluationError


def write_whole(path: Path, text: str) -> None:
    """Replace `path` by `text`. A reader sees the old file or the new one, never half of one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, staged = tempfile.mkstemp(prefix=f".{path.name}-", dir=path.parent)
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        Path(staged).chmod(0o644)  # mkstemp makes 0600; these files are for everyone
        Path(staged).replace(path)
    finally:
        Path(staged).unlink(missing_ok=True)


def write_lines(path: Path, objects: Iterable[object]) -> None:
    """One JSON object a line."""
    write_whole(path, "".join(json.dumps(item, ensure_ascii=False) + "\n" for item in objects))


def write_object(path: Path, value: object) -> None:
    """One JSON value, indented, keys sorted, so that two versions compare line by line."""
    text = json.dumps(value, ensure_ascii=False, indent=1, sort_keys=True, default=str)
    write_whole(path, text + "\n")


def read_lines(path: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    """Line number and object of each line; EvaluationError names the line that is not one."""
    text = path.read_text(encoding="utf-8")
    for number, line in enumerate(text.rstrip("\n").split("\n") if text else [], 1):
        try:
            value = json.loads(line)
        except json.JSONDecodeError as error:
            raise EvaluationError(
                f"{path}:{number}: {error.msg}; write one JSON object a line."
            ) from error
        if not isinstance(value, dict):
            raise EvaluationError(f"{path}:{number}: this is no JSON object; write one a line.")
        yield number, value


def read_object(path: Path) -> dict[str, Any]:
    """The JSON object in `path`; EvaluationError when there is none."""
    try:
        value = json.loads(path.read_text(encoding="utf-8"))
    except json.JSONDecodeError as error:
        raise EvaluationError(f"{path}:{error.lineno}: {error.msg}; mend the JSON.") from error
    if not isinstance(value, dict):
        raise EvaluationError(f"{path}:1: this is no JSON object; mend the file.")
    return value
