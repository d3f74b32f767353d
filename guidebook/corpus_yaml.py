"""Read the YAML in a corpus file, so that every mistake in it has a line.

Plain YAML loading raises a bare ValueError, without a place, for a date that does not exist.
"""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

from guidebook.faults import Fault

if TYPE_CHECKING or not yaml.__with_libyaml__:
    from yaml import SafeLoader as Safe
else:
    from yaml import CSafeLoader as Safe


class Loader(Safe):
    """A safe loader that says where a value stands that cannot be made."""

    def construct_object(self, node: yaml.Node, deep: bool = False) -> Any:
        """The value of `node`."""
        try:
            return super().construct_object(node, deep)
        except ValueError as error:
            problem = f"{node.value}: {error}"
            raise yaml.constructor.ConstructorError(None, None, problem, node.start_mark) from error


def load_yaml(block: str) -> Any:
    """What `block` says; yaml.YAMLError when it is not YAML."""
    return yaml.load(block, Loader=Loader)  # noqa: S506  # a safe loader


def yaml_fault(error: yaml.YAMLError, path: Path, field: str, first_line: int) -> Fault:
    """The fault behind `error` in a block that starts at `first_line`."""
    mark = getattr(error, "problem_mark", None)
    line = first_line + (mark.line if mark is not None else 0)
    problem = getattr(error, "problem", None) or "not YAML"
    return Fault(path, line, field, str(problem), "mend the YAML at this line.")
