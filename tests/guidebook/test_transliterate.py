"""Roman Urdu becomes the Urdu an officer would write; everything else stays as it was typed."""

from collections import Counter

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from guidebook.language import writing_of
from guidebook.lexical import consonants
from guidebook.normalise import fold
from guidebook.transliterate import DATA, Transliterator, common_spellings

TEXTS = [
    "شکایت کہاں درج ہوگی؟ شکایت لکھ لیں۔",
    "شکایات کا ریکارڈ",
    "زخم نہیں ہیں تو کیا زیادتی ثابت ہوگی؟",
    "زخمی کو ہسپتال لے جائیں، بدسلوکی کی اطلاع",
    "protection order from the court",
    "can a protection order wait",
    "yeh protection order kaise milta hai",
]


@pytest.fixture
def transliterator() -> Transliterator:
    return Transliterator(TEXTS)


# -- the commonest words


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("kya fir darj nahi hogi", "کیا ایف آئی آر درج نہیں ہوگی"),
        ("larki ke ghar wale nahin mante", "لڑکی کے گھر والے نہیں mante"),
        ("us ke shohar ne maara hai", "اس کے شوہر نے مارا ہے"),
        ("wo mujhe dhamki de raha hai", "وہ مجھے دھمکی دے رہا ہے"),
        ("uski beti hamila hai", "اس کی بیٹی حاملہ ہے"),
        ("tezab ka hamla hua hai", "تیزاب کا حملہ ہوا ہے"),
        ("khula ke liye adalat", "خلع کے لیے عدالت"),
        ("shikayat likh len", "شکایت likh لیں"),
    ],
)
def test_common_words_are_spelt_as_urdu_is(typed: str, written: str) -> None:
    assert Transliterator(["درج"]).urdu(typed) == written


def test_the_ways_phones_write_a_word_all_become_the_one_urdu_word() -> None:
    of = Transliterator([]).urdu
    assert {of(word) for word in ("zyadti", "ziadti", "zyadati", "Zyaadti")} == {"زیادتی"}
    assert {of(word) for word in ("nahi", "nahin", "nai", "nhi")} == {"نہیں"}


def test_every_spelling_stands_for_one_word_and_every_word_is_in_urdu_letters() -> None:
    loaded = yaml.safe_load(DATA.read_text(encoding="utf-8"))
    spellings = Counter(roman for written in loaded.values() for roman in written.split())
    assert [roman for roman, count in spellings.items() if count > 1] == []
    for roman, urdu in common_spellings().items():
        assert roman.isascii(), roman
        assert fold(roman) == roman
        assert writing_of(urdu) == "ur", urdu
        # Arabic kaf and yeh look alike and are other letters: the encoder splits them apart.
        assert not set(urdu) & set("كيىه"), urdu


# -- the corpus's own words


def test_a_corpus_word_with_the_same_consonants_is_taken(transliterator: Transliterator) -> None:
    assert transliterator.urdu("zakhm sabit") == "زخم ثابت"
    assert transliterator.urdu("badsuluki") == "بدسلوکی"


def test_among_words_of_the_same_consonants_the_nearest_in_vowels_is_taken(
    transliterator: Transliterator,
) -> None:
    assert consonants("zakhm") == consonants(fold("زخم")) == consonants(fold("زخمی"))
    assert transliterator.urdu("zakhm") == "زخم"
    assert transliterator.urdu("zakhmi") == "زخمی"
    often = Transliterator([*TEXTS, "زخمی زخمی"])
    assert often.urdu("zakhm") == "زخم"


def test_of_two_words_as_near_the_commoner_is_taken() -> None:
    # Two words with the same consonants, as far from "bdn" as each other.
    assert Transliterator(["بدنو بدنی بدنی"]).urdu("badan") == "بدنی"
    assert Transliterator(["بدنی بدنو بدنو"]).urdu("badan") == "بدنو"


def test_a_word_neither_list_nor_corpus_has_stays_as_typed(transliterator: Transliterator) -> None:
    assert transliterator.urdu("gulmohar zxqv") == "gulmohar zxqv"


# -- what is not Roman Urdu


def test_a_word_the_english_texts_use_stays_english(transliterator: Transliterator) -> None:
    assert transliterator.urdu("protection order kaise") == "protection order کیسے"


def test_numbers_and_sections_stay(transliterator: Transliterator) -> None:
    assert transliterator.urdu("dafa 376 ya 375a") == "دفعہ 376 یا 375a"


def test_urdu_script_stays_in_its_place(transliterator: Transliterator) -> None:
    assert transliterator.urdu("زخم ka medical") == "زخم کا میڈیکل"
    assert transliterator.urdu("ثابت") == "ثابت"


@pytest.mark.parametrize("text", ["", " ", "؟", "🙂"])
def test_a_text_without_words_becomes_nothing(transliterator: Transliterator, text: str) -> None:
    assert transliterator.urdu(text) == ""


# -- whatever is typed


@given(st.text())
def test_the_same_text_is_always_written_the_same(text: str) -> None:
    one = Transliterator(TEXTS)
    first = one.urdu(text)
    assert one.urdu(text) == first  # what was looked up before is remembered
    assert Transliterator(TEXTS).urdu(text) == first
