"""The danger net hears danger in each script and stays quiet on questions about the law."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guidebook.danger import is_danger, is_denied


@pytest.mark.parametrize(
    "text",
    [
        "he is strangling her right now",
        "HE IS BEATING HER!!!",
        "there is an armed mob outside the station",
        "husband is outside with a gun",
        "he threw acid on her face",
        "she is not breathing",
        "he has a knife and is trying to kill me",
        "shohar gala daba raha hai",
        "wo usko maar raha hai abhi",
        "us ne tezab phenk diya",
        "بھائی اسے قتل کر رہا ہے",
        "اس نے تیزاب پھینک دیا",
        "وہ اسے مار رہا ہے",
    ],
)
def test_danger_is_heard(text: str) -> None:
    assert is_danger(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "hello",
        "What is the punishment for an acid attack?",
        "Where and when was the women police conference held?",
        "Can I refuse an FIR because I do not believe her?",
        "Who may examine a rape survivor?",
        "What did UNIDO do in the leather sector?",
        "FIR kaise likhte hain",
        "medical kitne ghante mein hota hai",
        "ایف آئی آر کیسے درج ہوتی ہے؟",
    ],
)
def test_a_question_of_knowledge_is_no_danger(text: str) -> None:
    assert not is_danger(text)


@given(st.text())
def test_no_text_makes_it_raise(text: str) -> None:
    assert is_danger(text) in (True, False)


@pytest.mark.parametrize("text", ["help", "Help!", "bachao", "madad", "فوراً آئیں"])
def test_a_cry_that_is_the_whole_message_is_heard(text: str) -> None:
    assert is_danger(text)


@pytest.mark.parametrize(
    "text",
    [
        "No one is in danger, it is an old file",
        "no danger now",
        "koi khatre mein nahi",
        "سب محفوظ ہیں، صرف ضمنی لکھنی ہے",
    ],
)
def test_word_that_nobody_is_in_danger_is_believed(text: str) -> None:
    assert is_denied(text)
    assert not is_danger(text)


@pytest.mark.parametrize(
    "text",
    [
        "nobody is hurt but he is outside with a gun",
        "she is safe now, but he is at the gate with a knife",
        "koi zakhmi nahi lekin bhai bandooq le kar bahar khara hai",
        "the girl is not safe tonight",
    ],
)
def test_what_takes_the_word_back_is_danger(text: str) -> None:
    assert is_danger(text)
    assert not is_denied(text)


@pytest.mark.parametrize("text", ["help me with the form", "aap kon ho", "no", "nobody"])
def test_few_calm_words_are_no_cry(text: str) -> None:
    assert not is_danger(text)


@pytest.mark.parametrize(
    "text",
    [
        "mother can sit with her when she tell or she will teach her answers",
        "how check age fast, no cnic",
        "darul aman hamla aurat ko rakhta hai",
    ],
)
def test_a_word_that_sounds_like_one_of_danger_sounds_no_alarm(text: str) -> None:
    assert not is_danger(text)


@pytest.mark.parametrize(
    "text",
    [
        "wo tel ki botal le kar khara hai",
        "jirge walon ne hamla kar diya",
        "hum par hamla ho raha hai",
        "he is choking her right now",
        "wo ghar me phasi hui hai",
        "larki kunwe me kood gai",
    ],
)
def test_the_word_of_danger_itself_still_does(text: str) -> None:
    assert is_danger(text)
