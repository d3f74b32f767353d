"""Messages nobody would write, the same ones every time, and what no reply to them may hold."""

import random
from collections.abc import Iterator

from guidebook.settings import ROOT

SEED = 20261122
MARK = "zqxjmark"
"""In most messages, and in no document: a reply that holds it repeats what was typed."""
PERSONAL = ("17301-1234567-1", "0300 1234567")
PIECES = (
    *("rape", "fir", "tezab", "زیادتی", "ایف آئی آر", "376", "دفعہ ۱۵۴", "?", "۔", "and", "اور"),
    *("\u200f", "\u202e", "😀", "{}", "</p>", "' OR 1=1", "${x}", "{{7*7}}", "a" * 400, "/greet{}"),
    *PERSONAL,
    *("name is gul", "ولد", "she is being beaten now", "\t"),
    *("\x01", "\u0301", "\U000e0001", "[cnic]", "%00", "\\u0000", "\r\n", "null"),
)
TELLTALES = (MARK, "Traceback", 'File "', str(ROOT), "site-packages", "sqlite3.", "Exception")


def messages(count: int) -> Iterator[str]:
    """That many messages."""
    dice = random.Random(SEED)
    for _ in range(count):
        words = dice.choices(PIECES, k=dice.randint(1, 12))
        if dice.random() < 0.9:  # the others may come to nothing, and are refused
            words.insert(dice.randint(0, len(words)), MARK)
        if dice.random() < 0.5:  # digits glued to a number make another number
            yield "".join(word for word in words if word not in PERSONAL)
        else:
            yield " ".join(words)


def tells_nothing(body: str) -> bool:
    """True when a response holds nothing of the message, and no path or trace of ours."""
    return not any(telltale in body for telltale in TELLTALES)


def cells(asked: int, refused: int, slowest: float) -> tuple[str, ...]:
    """As the table shows it."""
    return (str(asked), str(asked - refused), str(refused), f"{slowest * 1000:.0f}", "none")
