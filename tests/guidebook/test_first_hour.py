"""An officer's words answer the card's questions, in three scripts; nothing is guessed."""

from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guidebook.corpus import Corpus
from guidebook.danger import is_danger
from guidebook.first_hour import CHOICES, QUESTIONS, background, label, read, rules
from guidebook.first_hour_meaning import Heard
from guidebook.vocabulary import Case, Lang


def test_one_sentence_answers_several_questions() -> None:
    found = read("she is 15, her uncle did it last night", "case").answers
    assert found == {"age": "child", "family": "yes", "time": "hours_24"}


@pytest.mark.parametrize(
    "text",
    [
        "15 saal ki larki hai, chacha ne zyadti ki kal raat, hospital mein hai",
        "15 سال کی لڑکی ہے، چچا نے زیادتی کی کل رات، ہسپتال میں ہے",
        "girl of 15, raped by her uncle last night, at the hospital",
    ],
)
def test_the_same_case_reads_the_same_in_three_scripts(text: str) -> None:
    assert read(text, "case").answers == {
        "case": "rape",
        "age": "child",
        "family": "yes",
        "time": "hours_24",
        "place": "hospital",
    }


@pytest.mark.parametrize(
    ("asked", "text", "value"),
    [
        ("case", "rape", "rape"),
        ("case", "zyadti hui hai", "rape"),
        ("case", "shohar ne maara", "domestic_violence"),
        ("case", "گھریلو تشدد", "domestic_violence"),
        ("case", "acid was thrown", "acid_burns"),
        ("case", "تیزاب پھینکا گیا", "acid_burns"),
        ("case", "ghairat ka mamla", "honour"),
        ("case", "zabardasti nikah", "forced_marriage"),
        ("case", "nikah of a girl of 13", "child_marriage"),
        ("case", "boss touched her", "harassment"),
        ("case", "facebook pe blackmail", "online_abuse"),
        ("case", "bachi lapata hai", "kidnapping"),
        ("case", "something else", "other"),
        ("danger", "yes", "yes"),
        ("danger", "haan", "yes"),
        ("danger", "جی", "yes"),
        ("danger", "no", "no"),
        ("danger", "نہیں", "no"),
        ("danger", "she is safe with us now", "no"),
        ("danger", "she is not safe", "yes"),
        ("danger", "wo mehfooz nahi", "yes"),
        ("danger", "abhi koi khatra nahi", "no"),
        ("danger", "husband is outside with a gun", "yes"),
        ("age", "15", "child"),
        ("age", "30", "adult"),
        ("age", "بالغ", "adult"),
        ("age", "10 saal", "child"),
        ("time", "half an hour ago", "hour"),
        ("time", "abhi", "hour"),
        ("time", "2 ghante pehle", "hours_6"),
        ("time", "aaj subah", "hours_6"),
        ("time", "کل رات", "hours_24"),
        ("time", "yesterday", "hours_24"),
        ("time", "do din pehle", "days_3"),
        ("time", "ek hafta pehle", "longer"),
        ("time", "10 days", "longer"),
        ("injuries", "koi zakhm nahi", "no"),
        ("injuries", "she is bleeding", "yes"),
        ("injuries", "زخمی ہے", "yes"),
        ("family", "chacha", "yes"),
        ("family", "neighbour", "no"),
        ("family", "پڑوسی نے کی", "no"),
        ("place", "thane mein", "station"),
        ("place", "موقع پر", "scene"),
        ("place", "hospital", "hospital"),
        ("place", "phone", "phone"),
    ],
)
def test_a_reply_to_the_question_is_read(asked: str, text: str, value: str) -> None:
    assert read(text, asked).answers.get(asked) == value


@pytest.mark.parametrize("question", QUESTIONS)
@pytest.mark.parametrize("lang", get_args(Lang))
def test_every_button_is_read_back_as_what_it_says(question: str, lang: Lang) -> None:
    for value in CHOICES[question]:
        assert read(label(question, value, lang), question).answers == {question: value}


@pytest.mark.parametrize("lang", get_args(Lang))
def test_no_button_sounds_the_danger_net_but_the_one_that_says_danger(lang: Lang) -> None:
    for question, values in CHOICES.items():
        for value in values:
            if (question, value) != ("danger", "yes"):
                assert not is_danger(label(question, value, lang)), label(question, value, lang)


@pytest.mark.parametrize(
    "text", ["pehle ghante ka card shuru karo", "start the first-hour card", "کارڈ شروع کریں"]
)
def test_the_words_that_start_the_card_say_nothing_of_a_case(text: str) -> None:
    assert read(text).answers == {}


def test_tomorrow_is_not_yesterday() -> None:
    assert "time" not in read("نکاح کل ہے", "danger").answers


@pytest.mark.parametrize(
    ("text", "value"), [("no he is her cousin", "yes"), ("it was a neighbour", "no")]
)
def test_who_it_was_is_read_without_the_word_suspect(text: str, value: str) -> None:
    assert read(text).answers["family"] == value


@pytest.mark.parametrize("text", ["no, she is 16", "nahi wo 16 ki hai", "نہیں وہ 16 سال کی ہے"])
def test_a_no_that_corrects_the_age_answers_nothing_else(text: str) -> None:
    assert read(text, "danger").answers == {"age": "child"}


@pytest.mark.parametrize(
    "text",
    [
        "i am not sure what to say about this girl and her clothes",
        "there is no woman constable with me at this hour",
    ],
)
def test_a_no_inside_a_long_sentence_does_not_say_that_nobody_is_in_danger(text: str) -> None:
    assert read(text, "danger").answers.get("danger") != "no"


@pytest.mark.parametrize(
    "text", ["actually it was 2 hours ago", "wo 2 ghante pehle aayi", "10 din pehle"]
)
def test_how_long_ago_is_no_age(text: str) -> None:
    assert "age" not in read(text, "age").answers


def test_who_brought_her_is_not_the_suspect() -> None:
    assert "family" not in read("she was brought by her father").answers


def test_the_past_told_in_a_case_is_not_taken_for_danger_now() -> None:
    assert "danger" not in read("tezab phenka gaya", "case").answers


def test_what_only_some_steps_depend_on_is_read_beside_the_answers() -> None:
    assert "strangled" in read("he choked her").mentions
    assert read("she was slapped").mentions == ()


@pytest.mark.parametrize("text", ["", "???", "qwer zxcv", "ہممم"])
def test_what_says_nothing_answers_nothing(text: str) -> None:
    for question in QUESTIONS:
        assert read(text, question).answers == {}


@given(st.text(), st.sampled_from(QUESTIONS))
def test_nothing_typed_makes_it_raise_or_invent_a_value(text: str, asked: str) -> None:
    for question, value in read(text, asked).answers.items():
        assert value in CHOICES[question]


def test_the_kinds_of_case_are_those_of_the_corpus() -> None:
    assert set(CHOICES["case"]) - {"other"} == set(get_args(Case)) - {"any"}


def test_the_rules_name_values_of_the_closed_list() -> None:
    for name, question in rules().questions.items():
        assert {*question.said, *question.asked} <= set(CHOICES[name])


def test_the_rules_name_passages_that_are_steps(real_corpus: Corpus) -> None:
    for passage_id in (*rules().belonging, *rules().left_out, *rules().by_step):
        passage = real_corpus.passage(passage_id)
        assert passage is not None, passage_id
        assert passage.when is not None, passage_id


def test_a_question_in_between_is_asked_about_the_case() -> None:
    about, facets = background({"case": "rape", "age": "child", "injuries": "unknown"})
    assert (about, facets) == ("Rape or sexual violence", {"age": "child", "harm": "sexual"})
    assert background({"case": "other"}) == (None, {})


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("she is hurt", "yes"),
        ("she is hurt, no weapon", "yes"),
        ("no shes safe but hurt", "yes"),
        ("broken arm, no weapon", "yes"),
        ("WRONG. she is hurt, arm broken", "yes"),
        ("nobody is hurt", "no"),
        ("she is not hurt", "no"),
        ("koi zakhmi nahi", "no"),
        ("وہ زخمی نہیں ہے", "no"),
    ],
)
def test_who_is_hurt_is_never_written_down_as_unhurt(text: str, value: str) -> None:
    assert read(text, "injuries").answers["injuries"] == value


def test_what_is_heard_does_not_unsay_an_injury() -> None:
    heard = Heard({"injuries": "no"})
    assert read("yes, she is hurt", "injuries", heard).answers["injuries"] == "yes"


@pytest.mark.parametrize(
    "text", ["nobody in danger", "no, nobody is in danger", "no one is in danger now"]
)
def test_nobody_in_danger_is_no_danger(text: str) -> None:
    assert read(text, "danger").answers["danger"] == "no"


@pytest.mark.parametrize(
    "text", ["he shut her in a room", "her father shut her in the house and took the key"]
)
def test_a_door_that_is_shut_is_no_shot(text: str) -> None:
    heard = read(text)
    assert "case" not in heard.answers
    assert "bleeding" not in heard.mentions
