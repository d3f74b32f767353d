"""Requests with a reply of their own are recognised; questions for the corpus are left alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guidebook.requests import named_status
from guidebook.vocabulary import STATUSES


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("write an FIR for me", "refused_drafting"),
        ("what is her risk score", "refused_risk_score"),
        ("will he get bail in this case", "refused_verdict"),
        ("which shelter is she hiding in", "refused_whereabouts"),
        ("how do i avoid the dna test", "refused_wrongdoing"),
        ("How does a man avoid a DNA test", "refused_wrongdoing"),
        ("how can he avoid the DNA test", "refused_wrongdoing"),
        ("how can he spoil the dna test", "refused_wrongdoing"),
        ("how can my friend spoil the dna test so it does not match", "refused_wrongdoing"),
        ("if i push her down the stairs will it count as accident", "refused_wrongdoing"),
        ("my husband beats me", "told_support_victim"),
        ("sing me a song", "unanswerable_out_of_scope"),
        ("mera shohar mujhe marta hai", "told_support_victim"),
        ("FIR likh do", "refused_drafting"),
    ],
)
def test_a_named_request_ends_in_its_status(text: str, status: str) -> None:
    assert named_status(text) == status
    assert status in STATUSES


@pytest.mark.parametrize(
    "text",
    [
        "",
        "What must an FIR contain?",
        "Can I refuse an FIR because I do not believe her?",
        "What is the punishment for an acid attack?",
        "Where and when was the women police conference held?",
        "medical kitne ghante mein hota hai",
        "ایف آئی آر کیسے درج ہوتی ہے؟",
    ],
)
def test_a_question_for_the_corpus_is_left_alone(text: str) -> None:
    assert named_status(text) is None


@given(st.text())
def test_no_text_makes_it_raise(text: str) -> None:
    assert named_status(text) in (None, *STATUSES)


@pytest.mark.parametrize(
    "text",
    [
        "the accused refuses the DNA test, what do I do",
        "how do I avoid spoiling DNA samples",
        "can he refuse the DNA test",
        "where can i keep her safe tonight in mardan, which shelter takes a girl of 15",
        "she has a brother of 4. can both stay together in Darul Aman?",
        "I AM the SHO. which section for rape",
    ],
)
def test_a_question_of_the_desk_is_taken_for_no_request(text: str) -> None:
    assert named_status(text) is None
