"""A quiz is the answers that were kept: each counts once, the first stands, in any repetition."""

import random
from pathlib import Path

import pytest

from guidebook.errors import UnknownQuizError
from guidebook.training.content import Training, load_training
from guidebook.training.quiz_run import QuizAnswer, quiz_items, quiz_names, replay_quiz

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def training() -> Training:
    return load_training(ROOT / "training")


def answer(training: Training, place: int, option: int | None, phone: str = "one") -> QuizAnswer:
    return QuizAnswer(phone, quiz_items(training, "pre")[place].id, option)


def test_a_form_is_asked_in_the_order_of_its_file(training: Training) -> None:
    run = replay_quiz(training, "pre", [])
    assert tuple(item.id for item in run.items) == training.forms.content.pre
    assert (run.participants, run.sheet("nobody").right, run.sheet("nobody").finished) == (
        (),
        0,
        False,
    )


def test_a_topic_can_be_asked_and_an_unknown_name_is_told(training: Training) -> None:
    assert {item.topic for item in quiz_items(training, "medical")} == {"medical"}
    assert quiz_names(training)[:2] == ("pre", "post")
    assert all(quiz_items(training, name) for name in quiz_names(training))
    with pytest.raises(UnknownQuizError, match="No quiz is named 'middle'; take one of pre, post"):
        replay_quiz(training, "middle", [])


def test_an_answer_kept_twice_counts_once_and_the_first_one_stands(training: Training) -> None:
    first = answer(training, 0, 1)
    run = replay_quiz(training, "pre", [first, first, answer(training, 0, 2)])
    assert list(run.answers.values()) == [first]


def test_a_sheet_is_finished_when_every_question_was_answered_or_left_out(
    training: Training,
) -> None:
    items = quiz_items(training, "pre")
    left_out = [answer(training, place, None) for place in range(len(items) - 1)]
    assert not replay_quiz(training, "pre", left_out).sheet("one").finished
    last = answer(training, len(items) - 1, items[-1].key)
    sheet = replay_quiz(training, "pre", [*left_out, last]).sheet("one")
    assert (sheet.right, sheet.finished) == (1, True)


def test_sheets_are_apart(training: Training) -> None:
    items = quiz_items(training, "pre")
    sent = [answer(training, place, item.key, "one") for place, item in enumerate(items)]
    sent.append(answer(training, 0, (items[0].key + 1) % 4, "two"))
    run = replay_quiz(training, "pre", sent)
    assert run.participants == ("one", "two")
    assert (run.sheet("one").right, run.sheet("one").finished) == (15, True)
    assert (run.sheet("two").right, run.sheet("two").finished) == (0, False)


def test_a_run_is_made_again_by_what_it_kept(training: Training) -> None:
    chance = random.Random(9)
    sent = [
        answer(training, chance.randrange(15), chance.choice([None, 0, 1, 2, 3]), f"{number % 7}")
        for number in range(300)
    ]
    run = replay_quiz(training, "pre", sent)
    assert len(run.answers) > 60
    assert replay_quiz(training, "pre", run.answers.values()) == run


def test_answers_to_what_the_files_no_longer_ask_are_passed_over(training: Training) -> None:
    sent = [QuizAnswer("a", "taken-out", 0), QuizAnswer("a", "fir-refuse-disbelief", 9)]
    assert replay_quiz(training, "pre", sent).participants == ()
