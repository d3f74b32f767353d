"""Where a value stands in a YAML text: the line of `steps.2.choices.0.next`.

A fault deep in a long file is only of use with its line. The text is read again for that, since
a loaded value no longer knows where it came from.
"""

from collections.abc import Iterator

import yaml

from guidebook.corpus_yaml import Loader

Place = tuple[str | int, ...]


def line_of_place(text: str, place: Place) -> int:
    """The 1-based line of `place`; that of its nearest part when it is absent."""
    node = yaml.compose(text, Loader=Loader)
    line = 1
    for part in place:
        found = _step(node, part)
        if found is None:
            break
        line, node = found
    return line


def doubled_keys(text: str) -> Iterator[tuple[int, str]]:
    """Line and name of each key that stands twice in a mapping; YAML keeps the last in silence."""
    stack = [yaml.compose(text, Loader=Loader)]
    while stack:
        node = stack.pop()
        if isinstance(node, yaml.SequenceNode):
            stack.extend(node.value)
        elif isinstance(node, yaml.MappingNode):
            seen: set[str] = set()
            for key, value in node.value:
                if key.value in seen:
                    yield key.start_mark.line + 1, str(key.value)
                seen.add(str(key.value))
                stack.append(value)


def _step(node: yaml.Node | None, part: str | int) -> tuple[int, yaml.Node] | None:
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            if key.value == part:
                return key.start_mark.line + 1, value
    if isinstance(node, yaml.SequenceNode) and isinstance(part, int) and part < len(node.value):
        found: yaml.Node = node.value[part]
        return found.start_mark.line + 1, found
    return None
