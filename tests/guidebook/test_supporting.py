"""Support is words and numbers: 15 and 1122 first, a way back to them, and a way to correct us."""

from typing import get_args

import pytest

from guidebook import messages
from guidebook.corpus import Corpus
from guidebook.requests import meant_a_case, meant_themselves, named_status, wants_numbers
from guidebook.supporting import STEPS, support, support_numbers
from guidebook.vocabulary import STATUSES, Lang, supports


@pytest.mark.parametrize("lang", get_args(Lang))
@pytest.mark.parametrize("status", STEPS)
def test_each_kind_has_its_words_its_numbers_and_its_way_back(
    status: str, lang: Lang, real_corpus: Corpus
) -> None:
    reply = support(status, real_corpus.directory, "kp", lang)
    assert reply.status == status
    assert reply.text.split("\n") == [reply.lead, *reply.steps]
    assert reply.lead == messages.text(status, lang)
    assert [contact.number for contact in reply.contacts][:2] == ["15", "1122"]
    assert len({contact.number for contact in reply.contacts}) == len(reply.contacts) > 2
    (suggestion,) = reply.suggestions
    assert meant_a_case(suggestion.payload)
    assert reply.citations == ()


def test_without_a_directory_15_and_1122_remain() -> None:
    reply = support_numbers(None, "kp", "en")
    assert [contact.number for contact in reply.contacts] == ["15", "1122"]


def test_every_support_status_but_the_numbers_has_steps() -> None:
    kinds = {status for status in STATUSES if supports(status)}
    assert kinds == {*STEPS, "told_support_numbers"}


@pytest.mark.parametrize("lang", get_args(Lang))
def test_the_words_it_promises_bring_the_numbers_back(lang: Lang) -> None:
    promised = messages.text("support_again", lang).split('"')[1::2]
    assert len(promised) == 2
    assert all(wants_numbers(word) for word in promised)


@pytest.mark.parametrize(
    "text", ["medical for a rape victim", "how many numbers may a sample label have in the lab"]
)
def test_a_question_is_neither(text: str) -> None:
    assert not meant_a_case(text)
    assert not wants_numbers(text)


@pytest.mark.parametrize(
    "text", ["I meant myself, not a case", "mera matlab apni baat thi", "میں خود"]
)
def test_a_writer_may_say_again_that_they_meant_themselves(text: str) -> None:
    assert meant_themselves(text)


def test_meaning_a_case_is_not_meaning_oneself() -> None:
    assert not meant_themselves("I meant a case")


@pytest.mark.parametrize(
    "text",
    [
        "I need to ask something",
        "explain trauma and memory for my class",
        "I meant the nikah was last month",
        "what if none is posted in my station",
    ],
)
def test_an_opening_or_a_lesson_is_no_disclosure(text: str) -> None:
    assert named_status(text) is None


STORY = " ".join(["her husband beat her and the neighbour brought her to the station"] * 6)


@pytest.mark.parametrize(
    "text",
    [
        "شوہر نے بیوی کو مارا ہے، بازو ٹوٹ گیا",
        "shohar ne biwi ko mara, haddi toot gai",
        "us ki tang toot gai hai",
    ],
)
def test_a_broken_bone_is_no_officer_at_the_end_of_strength(text: str) -> None:
    assert named_status(text) is None
    assert named_status("main andar se toot gaya hun") == "told_support_exhausted"


def test_what_a_pasted_story_tells_is_not_what_its_writer_wishes() -> None:
    told = f"{STORY}. The brother in law asked where she is now. Kindly guide what is to be done."
    assert named_status(told) is None
    assert named_status(f"{STORY}. Draft the FIR for me") == "refused_drafting"
