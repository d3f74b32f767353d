"""A province said in words holds until the page says another; a language is acknowledged."""

import pytest

from guidebook.commands import Command
from guidebook.context import Context
from guidebook.setting import heed_page, province_of, settle
from guidebook.vocabulary import Lang

PUNJAB = Command("province", "punjab")


def test_a_province_is_acknowledged_and_remembered() -> None:
    reply, context = settle(PUNJAB, Context(at=5.0), "kp", "en")
    assert (reply.status, reply.text) == ("told_province", "From now on I answer for Punjab.")
    assert context == Context(at=5.0, province="punjab", page_province="kp")


def test_said_in_words_it_wins_over_the_page() -> None:
    _, context = settle(PUNJAB, Context(), "kp", "en")
    assert province_of(context, "kp", "sindh") == ("punjab", True)


def test_a_change_in_the_page_wins_over_what_was_said_before() -> None:
    _, context = settle(PUNJAB, Context(), "kp", "en")
    assert province_of(context, "sindh", "kp") == ("sindh", False)
    assert province_of(heed_page(context, "sindh"), "kp", "sindh") == ("kp", False)


@pytest.mark.parametrize(("page", "expected"), [("ict", "ict"), (None, "kp"), ("mars", "kp")])
def test_without_a_word_the_page_decides_else_the_installation(
    page: str | None, expected: str
) -> None:
    assert province_of(Context(), page, "kp") == (expected, False)


@pytest.mark.parametrize(("wished", "said_in"), [("ur", "ur"), ("en", "en")])
def test_a_language_is_acknowledged_in_itself(wished: str, said_in: Lang) -> None:
    reply, context = settle(Command("language", wished), Context(), None, "en")
    assert (reply.status, reply.lang) == ("told_language", said_in)
    assert context == Context()
