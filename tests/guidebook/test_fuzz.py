"""A thousand messages nobody would write: each ends in a named status, and nothing is echoed."""

import random
import time

import pytest

from guidebook.context import Context
from guidebook.library import Library
from guidebook.query import Query
from guidebook.vocabulary import STATUSES

MESSAGES = 1000
SEED = 20261122
PIECES = (
    *("rape", "fir", "tezab", "زیادتی", "ایف آئی آر", "376", "دفعہ ۱۵۴", "?", "۔", "and", "اور"),
    *("\u200f", "😀", "{}", "</p>", "' OR 1=1", "${x}", "zqxv" * 9, "\ud800", "\x00", "a" * 400),
    *("larki", "is 14", "/greet"),
)


@pytest.mark.long
def test_no_message_ends_without_a_name(library: Library) -> None:
    dice = random.Random(SEED)
    context = Context()
    for _ in range(MESSAGES):
        text = " ".join(dice.choices(PIECES, k=dice.randint(1, 12)))
        found, context = library.answer(Query(text), context, time.time())
        assert found.reply.status in STATUSES
        assert "zqxv" not in found.reply.text
