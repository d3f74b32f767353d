"""Messages of a few known words: "which section?", "a girl has come", "what now?".

They name nothing that could be searched for. Lists of words in `data/bare_words.yml`, in three
writings; a word outside its sort's lists makes the message another one. What follows from a sort
is decided by clarifying.py and resolving.py.
"""

from functools import cache
from pathlib import Path
from typing import Literal, get_args

import yaml

from guidebook.normalise import words

DATA = Path(__file__).resolve().parent / "data" / "bare_words.yml"

Sort = Literal["section", "came", "now"]
BESIDE = "beside"  # the list of words that a sort needs not


def sort_of(text: str) -> Sort | None:
    """The sort of a message of such words alone, or None."""
    said = frozenset(words(text))
    for sort, (needed, known) in _lists().items():
        if said <= known and all(said & some for some in needed):
            return sort
    return None


@cache
def _lists() -> dict[Sort, tuple[tuple[frozenset[str], ...], frozenset[str]]]:
    """Of each sort the lists of which a word is needed, and all its words, as words() cuts them."""
    loaded: dict[str, dict[str, str]] = yaml.safe_load(DATA.read_text(encoding="utf-8"))
    found: dict[Sort, tuple[tuple[frozenset[str], ...], frozenset[str]]] = {}
    for sort in get_args(Sort):
        lists = {name: frozenset(words(line)) for name, line in loaded[sort].items()}
        needed = tuple(some for name, some in lists.items() if name != BESIDE)
        found[sort] = (needed, frozenset().union(*lists.values()))
    return found
