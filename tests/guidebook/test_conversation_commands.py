"""A request about the conversation is told from what is said of a case, in three scripts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guidebook.commands import Command, command_in, place_said, wished_language
from guidebook.corpus import Corpus
from guidebook.questions import asks


@pytest.mark.parametrize(
    ("text", "name", "value"),
    [
        ("start the first-hour card", "start", None),
        ("mujhe step by step batao, abhi case aya hai", "start", None),
        ("پہلے گھنٹے کا کارڈ شروع کریں", "start", None),
        ("stop", "stop", None),
        ("bas", "stop", None),
        ("بس", "stop", None),
        ("skip", "skip", None),
        ("i don't know", "skip", None),
        ("pata nahi", "skip", None),
        ("معلوم نہیں", "skip", None),
        ("next", "skip", None),
        ("چھوڑیں", "skip", None),
        ("repeat", "repeat", None),
        ("can you repeat that?", "repeat", None),
        ("dobara", "repeat", None),
        ("پھر سے بتائیں", "repeat", None),
        ("Urdu mein batao", "language", "ur"),
        ("can you speak urdu?", "language", "ur"),
        ("اردو میں بتائیں", "language", "ur"),
        ("English please", "language", "en"),
        ("angrezi mein likho", "language", "en"),
        ("show my card again", "card", None),
        ("mera card dikhao", "card", None),
        ("میرا کارڈ کہاں ہے", "card", None),
        ("I am in Punjab", "province", "punjab"),
        ("my station is in Quetta", "province", "balochistan"),
        ("mera thana Lahore mein hai", "province", "punjab"),
        ("main Sindh se hun", "province", "sindh"),
        ("province KP", "province", "kp"),
        ("میں پنجاب میں ہوں", "province", "punjab"),
        ("میرا تھانہ پشاور میں ہے", "province", "kp"),
    ],
)
def test_a_command_is_heard(text: str, name: str, value: str | None) -> None:
    found = command_in(text)
    assert found is not None
    assert (found.name, found.value) == (name, value)


@pytest.mark.parametrize(
    "text",
    [
        "stop him from hitting her",
        "how do i stop him?",
        "he raped her again",
        "the next day he came back and beat her with a stick",
        "she is in Karachi",
        "the accused is in Lahore",
        "in Punjab, who protects women",
        "I am in the house with her",
        "kya FIR Urdu mein likhni hai",
        "she speaks only urdu",
        "statement in urdu please",
        "FIR darj karne ka tareeqa step by step batao",
        "medical dobara karwana hai",
        "my checklist says low risk, do i follow it",
        "azad kashmir mein khawateen ka thana kahan hai",
        "no",
        "nahi",
        "she is 15, her uncle did it last night",
        "اس نے اس کا ریپ کیا",
    ],
)
def test_what_is_said_of_a_case_is_no_command(text: str) -> None:
    assert command_in(text) is None


def test_no_question_of_the_corpus_asks_for_the_card_or_sets_a_province(
    real_corpus: Corpus,
) -> None:
    for passage in real_corpus.passages:
        for question in (passage.heading, *passage.asked_as):
            found = command_in(question)
            assert found is None or found.name not in ("card", "province"), question


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("this is Punjab actually. which law for violence at home", "punjab"),
        ("no sorry it is KP. same question", "kp"),
        ("Is that child marriage there, as it is in Islamabad?", None),
        ("she was beaten in Lahore and now lives here", None),
    ],
)
def test_where_a_question_is_of_is_said_in_words_of_its_own(text: str, place: str | None) -> None:
    assert place_said(text) == place


def test_a_place_without_a_province_sets_none() -> None:
    assert command_in("my station is in Atlantis") is None


@pytest.mark.parametrize(
    ("text", "lang"),
    [("Urdu mein batao", "ur"), ("in English please", "en"), ("FIR kaise likhun", None)],
)
def test_the_wished_language_is_read(text: str, lang: str | None) -> None:
    assert wished_language(text) == lang


@pytest.mark.parametrize(
    "text",
    [
        "can the medical wait",
        "She is 15, is that a child?",
        "who can examine her",
        "in Punjab, who protects women",
        "kya medical baad mein ho sakta hai",
        "lady doctor kaise bulaun",
        "کیا میڈیکل کل ہو سکتا ہے",
        "اب میں کیا کروں",
        "her hands are burnt, how she sign",
        "blood not stopping, what i do till vehicle come",
        "dar ul aman bhejun ya ghar",
        "mujhe kis ko batana hai",
        "اس کو دارالامان بھیجوں",
    ],
)
def test_a_question_is_one_with_and_without_its_mark(text: str) -> None:
    assert asks(text)


@pytest.mark.parametrize(
    "text",
    [
        "she is 15",
        "when she was coming home he grabbed her",
        "do ghante pehle",
        "is larki ko chacha ne mara",
        "the man who beat her is here",
        "اس نے اس کا ریپ کیا",
        "زخمی کیا",
        "a stranger did it",
        "kamre me band kia hai",
    ],
)
def test_a_statement_is_no_question(text: str) -> None:
    assert not asks(text)


@given(st.text())
def test_nothing_typed_makes_it_raise(text: str) -> None:
    assert command_in(text) is None or isinstance(command_in(text), Command)
