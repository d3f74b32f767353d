"""Word nets: rules in plain words that find what a message is about, in three scripts.

A rule is one line of data. Words stand as people type them; `a|b` is either, `word*` any ending,
`word?` may be missing, `..` up to three other words, `N` a number (`N1-17` in that range),
`<name>` any phrase of a group. Parts joined by ` + ` may come in any order, up to NEAR words apart.
Rules and messages meet in one spelling (spelling.py). A net finds; it decides nothing.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from guidebook.normalise import fold
from guidebook.spelling import plain, sounded

NEAR = 9
_GAP = r"(?:\S+ ){0,3}"
_NUMBER = re.compile(r"N(?:\d+-\d+)?")


@dataclass(frozen=True)
class Rule:
    """The parts of one line; all must be found near the first."""

    parts: tuple[re.Pattern[str], ...]

    def found_in(self, ready: str) -> bool:
        """True when the message, made `ready`, satisfies the rule."""
        first, *others = self.parts
        if not others:
            return first.search(ready) is not None
        places: list[list[tuple[int, int]]] = []
        for part in self.parts:
            found = list(_places(part, ready))
            if not found:  # the other parts need not be looked for
                return False
            places.append(found)
        return any(
            all(any(_apart(start, other) <= NEAR for other in place) for place in places[1:])
            for start in places[0]
        )


@dataclass(frozen=True)
class Net:
    """Rules of which one is enough, unless another rule says no."""

    when: tuple[Rule, ...]
    unless: tuple[Rule, ...] = ()

    def catches(self, ready: str) -> bool:
        """True when a message, made `ready`, is in the net."""
        if not any(rule.found_in(ready) for rule in self.when):
            return False
        return not any(rule.found_in(ready) for rule in self.unless)


class Weaver:
    """Compiles rules over named groups. A group may use the groups before it."""

    def __init__(self, groups: Mapping[str, str]) -> None:
        self._groups: dict[str, str] = {}
        for name, phrases in groups.items():
            self._groups[name] = "|".join(self._phrase(phrase) for phrase in listed(phrases))

    def net(self, when: Iterable[str], unless: Iterable[str] = ()) -> Net:
        """A net of rule lines."""
        return Net(tuple(map(self.rule, when)), tuple(map(self.rule, unless)))

    def nets(self, items: Sequence[str | Mapping[str, Sequence[str]]]) -> tuple[Net, ...]:
        """Nets from data: rule lines, or items with `when` and `unless`."""
        lines = [item for item in items if isinstance(item, str)]
        fuller = [item for item in items if not isinstance(item, str)]
        bare = (self.net(lines),) if lines else ()
        return bare + tuple(self.net(item["when"], item.get("unless", ())) for item in fuller)

    def rule(self, line: str) -> Rule:
        """One line, compiled. KeyError names a group that does not stand above."""
        return Rule(
            tuple(re.compile(rf"(?<!\S){self._phrase(part)}") for part in line.split(" + "))
        )

    def _phrase(self, phrase: str) -> str:
        return "".join(map(self._token, phrase.split()))

    def _token(self, token: str) -> str:
        if token == "..":  # noqa: S105  # a gap, no secret
            return _GAP
        if token.endswith("?"):
            return f"(?:{self._token(token[:-1])})?"
        return f"(?:{'|'.join(map(self._either, token.split('|')))})"

    def _either(self, name: str) -> str:
        if name.startswith("<"):
            return f"(?:{self._groups[name[1:-1]]})"
        if _NUMBER.fullmatch(name):
            return f"(?:{_numbers(name[1:])}) "
        return f"{_word(name)} "


def ready(text: str) -> str:
    """`text` as nets read it: one spelling, each word followed by a space."""
    return f"{plain(text)} "


def listed(phrases: str) -> Iterator[str]:
    """The phrases of a group: separated by commas."""
    return (phrase.strip() for phrase in phrases.split(",") if phrase.strip())


def _word(word: str) -> str:
    if word.endswith("*"):
        # Letters no rule touches keep the end-of-word rules off a beginning. A dull vowel is kept
        # at the end of a word only, and this may be its end.
        begin = re.escape(sounded(fold(word[:-1]) + "xz")[:-2])
        return re.sub("i$", "[ie]", re.sub("u$", "[uo]", begin)) + r"\S*"
    return re.escape(plain(word))


def _numbers(bounds: str) -> str:
    if not bounds:
        return r"\d+"
    low, high = map(int, bounds.split("-"))
    return "|".join(str(number) for number in range(low, high + 1))


def _places(part: re.Pattern[str], ready: str) -> Iterator[tuple[int, int]]:
    """First and last word number of each find."""
    for found in part.finditer(ready):
        first = ready.count(" ", 0, found.start())
        yield first, first + max(0, found.group().count(" ") - 1)


def _apart(one: tuple[int, int], other: tuple[int, int]) -> int:
    """Words between two finds; negative where they touch or overlap."""
    return max(one[0], other[0]) - min(one[1], other[1])
