"""What a message states is read; what it does not state is not guessed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guidebook import facets
from guidebook.corpus import Corpus
from guidebook.vocabulary import FACETS


@pytest.mark.parametrize(
    ("text", "facet", "value"),
    [
        ("the girl is 14 years old", "age", "child"),
        ("bachi ke sath", "age", "child"),
        ("nahi, bachi ke sath ziadti hui", "age", "child"),
        ("baby girl raped by a man of the village", "age", "child"),
        ("bachon ke saath dada ne ziadti ki", "age", "child"),
        ("kids were abused by a neighbour", "age", "child"),
        ("بچے کے ساتھ زیادتی، ملزم گرفتار", "age", "child"),
        ("bachon ki gandi tasveerein us ke phone mein hain", "age", "child"),
        ("نابالغ لڑکی", "age", "child"),
        ("she is 25 years old", "age", "adult"),
        ("her former husband", "relation", "former_husband"),
        ("her husband", "relation", "husband"),
        ("a transgender person", "sex", "transgender"),
        ("on facebook", "online", "yes"),
        ("she has no injuries", "injuries", "no"),
        ("in lahore", "jurisdiction", "punjab"),
        ("under indian law", "country", "other"),
        ("nine days after the assault", "since", "later"),
        ("zyadti ko do mahine ho gaye", "since", "later"),
        ("تین گھنٹے پہلے واقعہ ہوا", "since", "hours"),
        ("it was four days ago", "since", "days"),
        ("90 hours ago", "since", "days"),
        ("boy of 10, touched by his cousin of 16", "accused_age", "child"),
        ("the accused is 24", "accused_age", "adult"),
        ("mulzim ki umar 16 hai", "accused_age", "child"),
        ("her own father is the accused", "relation", "family"),
        ("باپ نے بیٹی کو مارا", "relation", "family"),
        ("qari ne bache ko mara", "relation", "teacher"),
        ("her husband is a constable", "relation", "officer"),
        ("شوہر پولیس میں ہے", "relation", "officer"),
        ("the nikah is tomorrow", "nikah", "planned"),
        ("زبردستی نکاح ہو چکا ہے", "nikah", "forced"),
        ("apni marzi se shadi ki", "nikah", "chosen"),
        ("shohar ne biwi ko mara", "harm", "beating"),
        ("beaten and raped", "harm", "sexual"),
        ("تیزاب پھینکا", "harm", "burns"),
        ("her brother killed her", "harm", "killing"),
        ("zabardasti nikah", "harm", "marriage"),
        ("a man follows her to college", "harm", "harassment"),
        ("not rape. he broke her arm", "harm", "beating"),
        ("rape nahi hua, zabardasti nikah ki baat hai", "harm", "marriage"),
        ("تیزاب والا مقدمہ، زیادتی کا نہیں", "harm", "burns"),
        ("she is pregnant", "pregnant", "yes"),
        ("us ke drink mein kuch mila kar diya", "drugged", "yes"),
        ("by mouth", "oral", "yes"),
        ("lady constable ko tang karta hai", "policewoman", "yes"),
        ("the incident is of another district", "district", "other"),
        ("happened in Haripur, reported in Kohat", "district", "other"),
        ("the court put him out of the house", "court_order", "yes"),
        ("an arrested woman", "sex", "woman"),
        ("facebook pe us ki tasveer laga dun", "role", "officer"),
        ("my colleague shared her video", "role", "officer"),
        ("gawah ko dhamki mil rahi hai", "role", "witness"),
    ],
)
def test_a_stated_facet_is_read(text: str, facet: str, value: str) -> None:
    assert facets.read(text)[facet] == value


@pytest.mark.parametrize(
    "text",
    [
        "",
        "What must an FIR contain?",
        "154 CrPC",
        "🙂",
        "challan within 14 days",
        "teen din ka remand",
    ],
)
def test_nothing_is_guessed(text: str) -> None:
    assert facets.read(text) == {}


@pytest.mark.parametrize(
    ("text", "facet"),
    [
        ("teen ghante pehle", "age"),  # "teen" is three, not an age
        ("married ten years ago, he beat her today", "since"),  # the wedding is not the case
        ("a man grabbed a woman", "sex"),  # two are named: whose case it is was not said
        ("women desk in Swat and Mardan, is a case reported there", "district"),
        ("he did it by force, he was drunk", "drugged"),
        ("mulzim ne us ki tasveer facebook pe laga di", "role"),
        ("agar kal bacha zaya ho gaya to konsi dafa", "age"),
        ("i found the kids with a neighbour", "age"),
    ],
)
def test_a_word_that_means_something_else_states_nothing(text: str, facet: str) -> None:
    assert facet not in facets.read(text)


def test_the_one_age_in_a_message_on_a_suspect_is_the_suspects_too() -> None:
    alone = facets.read("a 30 year old woman, lady accused, was arrested")
    assert (alone["role"], alone["age"], alone["accused_age"]) == ("suspect", "adult", "adult")
    both = facets.read("accused is 16, the victim is a woman of 25")
    assert (both["accused_age"], both["age"]) == ("child", "adult")


MISREAD = 0.01
"""Share of phrasings that may state a fact against their own passage: irony, two people, slips."""


def test_phrasings_do_not_contradict_their_own_passage(real_corpus: Corpus) -> None:
    phrasings = [
        (passage, phrasing)
        for passage in real_corpus.passages
        if passage.applies_to
        for phrasing in (passage.heading, *passage.asked_as)
    ]
    misread = [
        phrasing
        for passage, phrasing in phrasings
        if facets.contradicts(facets.read(phrasing), passage.applies_to)
    ]
    assert len(misread) <= MISREAD * len(phrasings), misread


@given(st.text())
def test_only_values_of_the_closed_lists_are_read(text: str) -> None:
    for facet, value in facets.read(text).items():
        assert facet in ("jurisdiction", "country") or value in FACETS[facet]


ADULT_WOMAN = {"age": ("adult",), "sex": ("woman", "transgender")}


@pytest.mark.parametrize(
    ("stated", "applies_to", "contradicts", "matches"),
    [
        ({}, ADULT_WOMAN, False, 0),
        ({"age": "adult"}, ADULT_WOMAN, False, 1),
        ({"age": "child"}, ADULT_WOMAN, True, 0),
        ({"age": "adult", "sex": "transgender"}, ADULT_WOMAN, False, 2),
        ({"age": "adult", "sex": "man"}, ADULT_WOMAN, True, 1),
        ({"online": "yes"}, ADULT_WOMAN, False, 0),
        ({"age": "child"}, None, False, 0),
        ({"age": "child"}, {}, False, 0),
    ],
)
def test_a_passage_for_another_case_contradicts(
    stated: dict[str, str],
    applies_to: dict[str, tuple[str, ...]] | None,
    contradicts: bool,
    matches: int,
) -> None:
    assert facets.contradicts(stated, applies_to) is contradicts
    assert facets.matches(stated, applies_to) == matches
