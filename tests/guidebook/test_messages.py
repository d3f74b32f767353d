"""Both languages say the same things, and nothing a person typed can get into them."""

from pathlib import Path
from typing import get_args

import pytest

from guidebook import messages
from guidebook.errors import MessageError
from guidebook.normalise import urdu_share
from guidebook.vocabulary import Lang, Topic

STRINGS = Path(__file__).resolve().parents[2] / "widget" / "strings"


def test_both_languages_have_the_same_keys() -> None:
    assert messages.catalogue("en").keys() == messages.catalogue("ur").keys()


def test_both_languages_want_the_same_placeholders() -> None:
    urdu = messages.catalogue("ur")
    for key, english in messages.catalogue("en").items():
        assert messages.placeholders(english) == messages.placeholders(urdu[key]), key


def test_no_message_is_empty_and_the_urdu_ones_are_urdu() -> None:
    assert all(messages.catalogue("en").values())
    for key, words in messages.catalogue("ur").items():
        assert urdu_share(words) > 0.5, key


def test_a_message_is_found_by_key_and_language() -> None:
    assert messages.text("contact_police", "en") == "Police emergency"
    assert messages.text("contact_police", "ur") != "Police emergency"


def test_a_value_is_filled_in_by_its_own_message() -> None:
    filled = messages.text("assumed_province", "en", province="kp")
    assert filled == "Province taken as Khyber Pakhtunkhwa"


def test_an_unknown_key_says_what_to_add() -> None:
    with pytest.raises(MessageError, match="'no_such' is not in the ur catalogue; add it to both"):
        messages.text("no_such", "ur")


def test_a_value_outside_the_closed_list_is_refused() -> None:
    with pytest.raises(MessageError, match="province is 'what the officer typed'"):
        messages.text("assumed_province", "en", province="what the officer typed")


@pytest.mark.parametrize("values", [{}, {"region": "kp"}])
def test_a_placeholder_left_empty_is_refused(values: dict[str, str]) -> None:
    with pytest.raises(MessageError, match="'assumed_province' wants province"):
        messages.text("assumed_province", "en", **values)


def test_placeholders_are_read_from_braces() -> None:
    assert messages.placeholders("{a} and {b}, {{not this}}") == {"a", "b"}


@pytest.mark.parametrize("lang", ["en", "ur"])
def test_a_topic_is_named_as_the_page_names_it(lang: Lang) -> None:
    page = (STRINGS / f"{lang}.js").read_text(encoding="utf-8")
    for topic in get_args(Topic):
        name = messages.text(f"topic_{topic}", lang)
        assert f'"topic.{topic}": "{name}"' in page
