"""The latest results are kept, the oldest go, and no text stays."""

import gc

from guidebook.remembered import Remembered


def counting(most: int) -> tuple[Remembered[str], list[str]]:
    made: list[str] = []

    def make(text: str) -> str:
        made.append(text)
        return text.upper()

    return Remembered(make, most), made


def test_a_text_is_made_once_and_the_one_used_longest_ago_goes_first() -> None:
    remembered, made = counting(2)
    assert [remembered.of(text) for text in ("a", "b", "a", "c", "a", "b")] == list("ABACAB")
    assert made == ["a", "b", "c", "b"]


def test_no_text_is_held() -> None:
    remembered = Remembered(len, 8)
    remembered.of("zebra" + "!" * 3)
    held = gc.get_referents(remembered, *gc.get_referents(remembered._kept))
    assert not any("zebra" in str(thing) for thing in (held, remembered._kept, vars(remembered)))


def test_half_a_character_is_a_text_too() -> None:
    assert Remembered(len, 8).of("\ud83d") == 1
