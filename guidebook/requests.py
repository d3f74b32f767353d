"""Recognise a request that gets a named reply of its own before any search.

Help for a writer who is hurt; and what this product never does: draft case papers, score risk,
foretell a verdict, say where a survivor is, help to do wrong, answer outside its field.
Rules in `data/refusals.yml`, in three scripts. Evidence still decides everything else.
"""

from functools import cache
from pathlib import Path

import yaml

from guidebook.nets import Net, Weaver, ready

DATA = Path(__file__).resolve().parent / "data" / "refusals.yml"


@cache
def nets() -> dict[str, tuple[Net, ...]]:
    """Status -> its nets, in the order they are tried."""
    loaded = yaml.safe_load(DATA.read_text(encoding="utf-8"))
    weave = Weaver(loaded.pop("groups"))
    return {status: weave.nets(items) for status, items in loaded.items()}


def named_status(text: str) -> str | None:
    """The status this request ends in, or None when it is a question for the corpus."""
    message = ready(text)
    for status, tried in nets().items():
        if any(net.catches(message) for net in tried):
            return status
    return None
