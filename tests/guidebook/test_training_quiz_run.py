"""A quiz run takes each answer once, keeps keys to itself, and is made again by its answers."""

import random
from dataclasses import replace
from pathlib import Path

import pytest

from guidebook.errors import UnknownQuizError
from guidebook.training.content import Training, load_training
from guidebook.training.quiz_run import (
    QuizAnswer,
    QuizRun,
    close_quiz,
    quiz_names,
    replay_quiz,
    start_quiz,
    submit,
)

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def training() -> Training:
    return load_training(ROOT / "training")


@pytest.fixture
def run(training: Training) -> QuizRun:
    return start_quiz(training, "pre", at=100.0)


def answer(run: QuizRun, place: int, option: int | None, phone: str = "phone-1") -> QuizAnswer:
    return QuizAnswer(phone, run.items[place].id, option, at=110.0)


def test_a_form_is_asked_in_the_order_of_its_file(training: Training, run: QuizRun) -> None:
    assert tuple(item.id for item in run.items) == training.forms.content.pre
    first = run.sheet("phone-1")
    assert (first.next_item, first.right, first.of, first.finished) == (run.items[0], 0, 15, False)


def test_a_topic_can_be_asked_and_an_unknown_name_is_told(training: Training) -> None:
    assert {item.topic for item in start_quiz(training, "medical", 0).items} == {"medical"}
    assert quiz_names(training)[:2] == ("pre", "post")
    with pytest.raises(UnknownQuizError, match="No quiz is named 'middle'; take one of pre, post"):
        start_quiz(training, "middle", 0)


def test_a_question_shows_its_words_in_the_language_asked_for_and_no_key(run: QuizRun) -> None:
    item = run.items[2]
    shown = run.question(item, "ur")
    assert (shown.number, shown.of, shown.text) == (3, 15, item.question.ur)
    assert shown.options == tuple(option.ur for option in item.options)
    assert not hasattr(shown, "key")
    assert not hasattr(shown, "rationale")


def test_an_answer_sent_twice_counts_once_and_the_first_one_stands(run: QuizRun) -> None:
    once = submit(run, answer(run, 0, 1))
    assert once.outcome == "kept"
    again = submit(once.run, replace(answer(run, 0, 1), at=115.0))
    assert (again.outcome, again.run) == ("already_kept", once.run)
    other = submit(once.run, answer(run, 0, 2))
    assert (other.outcome, other.run) == ("first_stands", once.run)


@pytest.mark.parametrize(
    ("item_id", "option", "outcome"),
    [
        ("no-such-item", 0, "unknown_question"),
        ("fir-no-permission", 0, "unknown_question"),  # an item of the other form
        ("fir-refuse-disbelief", 4, "unknown_option"),
        ("fir-refuse-disbelief", -1, "unknown_option"),
    ],
)
def test_what_the_run_does_not_ask_changes_nothing(
    run: QuizRun, item_id: str, option: int, outcome: str
) -> None:
    told = submit(run, QuizAnswer("phone-1", item_id, option, 110.0))
    assert (told.outcome, told.run) == (outcome, run)


def test_a_closed_run_takes_nothing_new_and_still_knows_what_it_has(run: QuizRun) -> None:
    kept = submit(run, answer(run, 0, 1)).run
    closed = close_quiz(kept, at=200.0)
    assert submit(closed, answer(run, 1, 1)).outcome == "closed"
    assert submit(closed, answer(run, 0, 1)).outcome == "already_kept"  # a phone that sends again
    assert close_quiz(closed, at=300.0).closed_at == 200.0


def test_a_question_left_out_is_not_asked_again(run: QuizRun) -> None:
    kept = submit(run, answer(run, 0, None)).run
    sheet = kept.sheet("phone-1")
    assert (sheet.next_item, sheet.right, len(sheet.answers)) == (run.items[1], 0, 1)


def test_sheets_are_apart_and_counts_are_of_the_room(run: QuizRun) -> None:
    for place, item in enumerate(run.items):
        run = submit(run, answer(run, place, item.key, "phone-1")).run
    run = submit(run, answer(run, 0, (run.items[0].key + 1) % 4, "phone-2")).run
    first, second = run.sheet("phone-1"), run.sheet("phone-2")
    assert (first.right, first.finished) == (15, True)
    assert (second.right, second.finished, second.next_item) == (0, False, run.items[1])
    assert {one.participant for one in second.answers} == {"phone-2"}
    assert (run.participants, run.finished) == (("phone-1", "phone-2"), 1)
    assert run.answered()[run.items[0].id] == 2
    assert run.answered()[run.items[1].id] == 1


def test_a_run_is_made_again_by_its_answers_however_often_they_came(
    training: Training, run: QuizRun
) -> None:
    chance = random.Random(9)
    sent = [
        answer(run, chance.randrange(15), chance.choice([None, 0, 1, 2, 3]), f"phone-{number % 7}")
        for number in range(300)
    ]
    lived = run
    for one in sent:
        lived = submit(lived, one).run
    again = replay_quiz(training, "pre", 100.0, None, sent)
    assert again == lived
    assert replay_quiz(training, "pre", 100.0, None, lived.answers.values()) == lived


def test_answers_to_what_the_files_no_longer_ask_are_passed_over(training: Training) -> None:
    sent = [QuizAnswer("a", "taken-out", 0, 1.0), QuizAnswer("a", "fir-refuse-disbelief", 9, 1.0)]
    assert replay_quiz(training, "pre", 0.0, None, sent).participants == ()
