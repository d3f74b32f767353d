"""Lists of common words, as data: `data/common_words.yml`."""

from functools import cache
from pathlib import Path
from typing import Literal

import yaml

DATA = Path(__file__).resolve().parent / "data" / "common_words.yml"


@cache
def common_words(name: Literal["too_common", "roman_urdu"]) -> frozenset[str]:
    """One list."""
    loaded = yaml.safe_load(DATA.read_text(encoding="utf-8"))
    return frozenset(loaded[name].split())
