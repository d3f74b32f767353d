"""The danger net hears danger in each script and stays quiet on questions about the law."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guidebook.danger import is_danger


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
