"""Sentences nobody wrote a rule for answer the card; a word or two is left to the rules."""

from collections.abc import Mapping

import pytest

from guidebook.evaluation import places
from guidebook.evaluation.fitting_first_hour import first_hour_figures, lines_of
from guidebook.evaluation.nets_figures import Figure
from guidebook.first_hour import CHOICES, read
from guidebook.first_hour_form import Progress, take, tells_case
from guidebook.first_hour_meaning import (
    ASKS,
    LETTERS,
    MEANING,
    Heard,
    families,
    hear_nothing,
)
from guidebook.library import Library

STORY = (
    "Moharrar at PS. Woman of 26 came with her brother, husband beat her with a pipe this morning, "
    "her arm is swollen and she cannot lift it, she is sitting in my office"
)


@pytest.fixture(scope="module")
def measured(library: Library) -> Mapping[str, Figure]:
    lines = lines_of(places.NETS / "first_hour_apart.yml")
    found = {figure.name: figure for figure in first_hour_figures(lines, library.hear_case)}
    print(*found.values(), sep="\n")
    return found


def test_values_are_those_of_the_buttons() -> None:
    for name, values in CHOICES.items():
        for part in (LETTERS, MEANING):
            assert set(families()[f"{part}.{name}"].kinds) <= set(values)
    assert families()[f"{LETTERS}.{ASKS}"].kinds == (ASKS,)


def test_most_facts_of_messages_kept_apart_are_read(measured: Mapping[str, Figure]) -> None:
    assert measured["first hour: facts read"].share >= 0.82
    assert measured["first hour: facts read that are wrong"].share <= 0.08


def test_it_reads_far_more_than_rules_do(measured: Mapping[str, Figure]) -> None:
    lines = lines_of(places.NETS / "first_hour_apart.yml")
    by_rules = next(iter(first_hour_figures(lines, hear_nothing)))
    assert measured["first hour: facts read"].caught >= by_rules.caught + 50


def test_questions_in_between_are_known(measured: Mapping[str, Figure]) -> None:
    assert measured["first hour: taken for a question, question"].share >= 0.95
    assert measured["first hour: taken for a question, answer"].share <= 0.03


def test_one_sentence_answers_three_questions(library: Library) -> None:
    text = "stepfather. happened about ten mins ago, she studies in class 4"
    found = read(text, "family", library.hear_case(text)).answers
    assert found == {"family": "yes", "time": "hour", "age": "child"}


def test_a_question_without_a_mark_is_answered_and_not_read_as_an_answer(library: Library) -> None:
    turn = take("section for acid throwing", None, Progress("time"), hear=library.hear_case)
    assert (turn.act, dict(turn.progress.answers)) == ("question", {})


@pytest.mark.parametrize(
    ("text", "heard", "read_as"),
    [
        ("no", {"danger": "yes"}, "no"),  # a word or two: the rules
        ("he has left her and the flat is locked from inside by us", {"danger": "no"}, "no"),
        ("no, she is not safe at all here", {"danger": "no"}, "yes"),  # danger is believed
    ],
)
def test_who_is_believed(text: str, heard: Mapping[str, str], read_as: str) -> None:
    assert read(text, "danger", Heard(heard)).answers["danger"] == read_as


def test_an_arrest_says_nothing_of_danger_until_that_is_asked(library: Library) -> None:
    text = "her devar raped her and the accused is arrested"
    assert "danger" not in read(text, "case", library.hear_case(text)).answers
    assert read("the accused is arrested", "danger").answers["danger"] == "no"


def test_a_case_told_at_length_without_a_question_is_known(library: Library) -> None:
    assert tells_case(STORY, library.hear_case)
    assert not tells_case(f"{STORY}. Which section applies?", library.hear_case)
    assert not tells_case("girl of 15, husband beat her", library.hear_case)


def test_a_card_started_later_knows_what_was_told_but_asks_for_danger() -> None:
    earlier = "her husband is beating her right now, she is 15"
    turn = take("start the first-hour card", None, Progress(), (earlier,))
    assert turn.noted == ("case", "age", "family")
    assert turn.progress.asked == "danger"
    other = take("first hour card: rape", None, Progress(), (earlier,))
    assert dict(other.progress.answers) == {"case": "rape"}
