"""Make sentences that mean nothing, to train against.

Logistic regression must put its certainty somewhere: without a class for nonsense, a run of random
letters often looks sure. These sentences are that class. They are drawn with a fixed seed, so the
same training data gives the same model.
"""

from __future__ import annotations

import random

SEED = 20
NAME = "__nonsense__"

_ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm", "1234567890")
_URDU = "ابپتٹثجچحخدڈذرڑزژسشصضطظعغفقکگلمنوہھءیے"
_LATIN = "abcdefghijklmnopqrstuvwxyz"
_ENGLISH = ("banana", "chair", "purple", "window", "cloud", "spoon", "potato", "camel", "engine")
_ROMAN = ("kela", "kursi", "neela", "pahar", "darwaza", "neend", "billi", "jahaz", "patang")
_NASTALIQ = ("کیلا", "کرسی", "نیلا", "پہاڑ", "بلی", "جہاز", "سموسہ", "پتنگ", "ہرا", "پیلا")
_THINGS = (*_ENGLISH, *_ROMAN, *_NASTALIQ)
_SIGNS = "!@#$%^&*()_+-=[]{};:,.<>/?|~"


def sentences(count: int) -> list[str]:
    """Return `count` strings: mashed keys, random letters, digits, signs, words in a heap."""
    chance = random.Random(SEED)  # noqa: S311  # the same strings each time, nothing secret
    makers = (
        _mashed_row,
        _random_words,
        _random_words,
        _random_urdu,
        _digits_and_signs,
        _repeat,
        _heap_of_things,
    )
    return [makers[place % len(makers)](chance) for place in range(count)]


def _mashed_row(chance: random.Random) -> str:
    words = []
    for _ in range(chance.randint(1, 3)):
        row = chance.choice(_ROWS[:3])
        words.append("".join(chance.choice(row) for _ in range(chance.randint(4, 11))))
    return " ".join(words)


def _random_words(chance: random.Random) -> str:
    return " ".join(
        "".join(chance.choice(_LATIN) for _ in range(chance.randint(3, 9)))
        for _ in range(chance.randint(1, 4))
    )


def _heap_of_things(chance: random.Random) -> str:
    return " ".join(chance.sample(_THINGS, chance.randint(2, 5)))


def _random_urdu(chance: random.Random) -> str:
    return " ".join(
        "".join(chance.choice(_URDU) for _ in range(chance.randint(3, 8)))
        for _ in range(chance.randint(1, 3))
    )


def _digits_and_signs(chance: random.Random) -> str:
    letters = chance.choice((_SIGNS, "0123456789", _SIGNS + "0123456789"))
    return "".join(chance.choice(letters) for _ in range(chance.randint(2, 14)))


def _repeat(chance: random.Random) -> str:
    part = "".join(chance.choice(_LATIN) for _ in range(chance.randint(1, 3)))
    return part * chance.randint(3, 7)
