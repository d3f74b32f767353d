"""What a conversation remembers comes back whole, ages out, and never breaks a turn."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guidebook.context import MAX_AGE_S, Context, leans_on_context

NOW = 1_800_000_000.0
FULL = Context(
    answered_passage_ids=("a/b", "c/d"),
    resolved_query="what about a child",
    facets={"age": "child"},
    clarify_count=1,
    failures=2,
    at=NOW,
    province="punjab",
    page_province="kp",
    mentions=("strangled",),
    card_out=True,
)

SLOTS = st.recursive(
    st.none() | st.booleans() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.sampled_from(list(FULL.to_json())), inner),
)


def test_a_context_survives_the_slot() -> None:
    assert Context.from_json(json.loads(json.dumps(FULL.to_json())), NOW) == FULL


@pytest.mark.parametrize(
    ("age_s", "remembered"),
    [(0, True), (MAX_AGE_S, True), (MAX_AGE_S + 1, False), (24 * 3600, False), (-1, False)],
)
def test_a_context_is_ignored_after_thirty_minutes(age_s: int, remembered: bool) -> None:
    assert MAX_AGE_S == 30 * 60
    found = Context.from_json(FULL.to_json(), NOW + age_s)
    assert (found == FULL) is remembered
    assert remembered or found == Context()


@pytest.mark.parametrize(
    "slot",
    [
        None,
        "text",
        [],
        3,
        {},
        {"at": "yesterday"},
        {"at": None},
        {"at": float("nan")},
        {"at": NOW, "answered_passage_ids": 3},
        {"at": NOW, "answered_passage_ids": [["a"]]},
        {"at": NOW, "facets": "child"},
        {"at": NOW, "facets": {"age": ["child"]}},
        {"at": NOW, "failures": "many"},
        {"at": NOW, "clarify_count": None},
        {"at": NOW, "resolved_query": 7},
    ],
)
def test_a_broken_slot_is_a_fresh_context(slot: object) -> None:
    assert Context.from_json(slot, NOW) == Context()


def test_an_unknown_field_in_the_slot_is_left_out() -> None:
    assert Context.from_json(FULL.to_json() | {"newer": 1}, NOW) == FULL


@given(SLOTS)
def test_no_slot_makes_it_raise(slot: object) -> None:
    found = Context.from_json(slot, NOW)
    assert all(isinstance(item, str) for item in found.answered_passage_ids)


@pytest.mark.parametrize(
    "text",
    [
        "and if she is 14?",
        "what about a child",
        "why?",
        "",
        "aur agar larki ho",
        "اور اگر بچی ہو",
        "is it bailable",
        "if she says yes can we close it at the station today",
        "ok and the two friends who stood there with him",
        "acha phir un ke doston ka kya hoga jo sath khare the",
    ],
)
def test_a_follow_up_leans_on_what_was_said(text: str) -> None:
    assert leans_on_context(text)


@pytest.mark.parametrize(
    "text",
    [
        "Can I refuse an FIR because I do not believe the woman in front of me?",
        "Where and when was the women police conference held?",
        "medical muaina kitne ghante ke andar karwana zaroori hota hai rape case mein",
    ],
)
def test_a_whole_question_stands_alone(text: str) -> None:
    assert not leans_on_context(text)
