"""Make sentences that mean nothing, to train against.

Logistic regression must put its certainty somewhere: without a class for nonsense, a run of random
letters often looks sure. These sentences are that class. They are drawn with a fixed seed, so the
same training data gives the same model; real words without sense are written by hand, in
nonsense.yml.
"""

from __future__ import annotations

import random
from pathlib import Path

import yaml

LINES = Path(__file__).with_suffix(".yml")
SEED = 20
NAME = "__nonsense__"

_ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm", "1234567890")
_URDU = "ابپتٹثجچحخدڈذرڑزژسشصضطظعغفقکگلمنوہھءیے"
_LATIN = "abcdefghijklmnopqrstuvwxyz"
_ENGLISH = ("banana", "chair", "purple", "window", "cloud", "spoon", "potato", "camel", "engine")
_ROMAN = ("kela", "kursi", "neela", "pahar", "darwaza", "neend", "billi", "jahaz", "patang")
_NASTALIQ = ("کیلا", "کرسی", "نیلا", "پہاڑ", "بلی", "جہاز", "سموسہ", "پتنگ", "ہرا", "پیلا")
_THINGS = (*_ENGLISH, *_ROMAN, *_NASTALIQ)
_ODD_ENGLISH = (
    ("the {0} {1} eats a {2}", "my {0} is a {1} {2}", "a {1} {0} sings to the {2}"),
    ("moon", "spoon", "camel", "carpet", "teapot", "pillow", "lamp", "goat", "ladder", "onion"),
    ("green", "sleepy", "square", "wooden", "loud", "sour", "tiny", "shiny"),
)
_ODD_ROMAN = (
    ("{0} {1} {2} khata hai", "mera {0} {1} {2} hai", "{1} {0} ne {2} ko gana sunaya"),
    ("chand", "chammach", "unt", "qaleen", "takiya", "bakra", "seerhi", "piyaz", "pankha"),
    ("hara", "sota", "gol", "meetha", "khatta", "chota", "chamakta"),
)
_ODD_URDU = (
    ("{0} {1} {2} کھاتا ہے", "میرا {0} {1} {2} ہے", "{1} {0} نے {2} کو گانا سنایا"),
    ("چاند", "چمچ", "اونٹ", "قالین", "تکیہ", "بکرا", "سیڑھی", "پیاز", "پنکھا"),
    ("ہرا", "سوتا", "گول", "میٹھا", "کھٹا", "چھوٹا", "چمکتا"),
)
_SIGNS = "!@#$%^&*()_+-=[]{};:,.<>/?|~"


def sentences(count: int) -> list[str]:
    """Return `count` strings: mashed keys, random letters, digits, signs, words without sense."""
    chance = random.Random(SEED)  # noqa: S311  # the same strings each time, nothing secret
    makers = (
        _mashed_row,
        _random_words,
        _random_words,
        _random_urdu,
        _digits_and_signs,
        _repeat,
        _heap_of_things,
        _odd_sentence,
    )
    return [makers[place % len(makers)](chance) for place in range(count)]


def written() -> list[str]:
    """Return the sentences written by hand."""
    found: list[str] = yaml.safe_load(LINES.read_text("utf-8"))
    return found


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


def _odd_sentence(chance: random.Random) -> str:
    frames, things, kinds = chance.choice((_ODD_ENGLISH, _ODD_ROMAN, _ODD_URDU))
    one, other = chance.sample(things, 2)
    return chance.choice(frames).format(one, chance.choice(kinds), other)


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
