"""The form goes on whatever is said: answers, questions, commands, courtesies, noise."""

from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guidebook.first_hour import CHOICES, QUESTIONS, UNKNOWN
from guidebook.first_hour_form import Progress, Turn, correct, take

EARLIER = {"case": "rape"}
DONE = {name: values[0] for name, values in CHOICES.items()}  # a child raped, as it happens


def at(asked: str, answers: Mapping[str, str] = EARLIER, failures: int = 0) -> Progress:
    return Progress(asked, answers, (), failures)


def said(text: str, progress: Progress, intent: str | None = None) -> Turn:
    return take(text, intent, progress)


def test_it_opens_with_the_first_question_and_forgets_an_earlier_case() -> None:
    turn = said("start the first-hour card", Progress(None, DONE, ("strangled",)))
    assert (turn.act, turn.opening) == ("ask", "opening")
    assert turn.progress == Progress("case")


def test_what_is_told_at_the_start_is_not_asked_again() -> None:
    turn = said("step by step batao abhi case aya hai, larki ka rape hua hai", Progress())
    assert turn.progress.asked == "danger"
    assert turn.noted == ("case",)


def test_even_a_whole_case_at_the_start_leaves_one_question() -> None:
    text = (
        "first hour card: girl of 15 raped by her uncle last night, she is bleeding, "
        "she is at the hospital, no danger now"
    )
    turn = said(text, Progress())
    assert (turn.act, turn.progress.asked) == ("ask", "place")


def test_the_questions_come_in_their_order_and_the_card_at_the_end() -> None:
    turn = said("first hour card", Progress())
    asked = []
    while turn.act == "ask":
        asked.append(turn.progress.asked)
        turn = said("skip", turn.progress)
    assert asked == list(QUESTIONS)
    assert (turn.act, turn.progress.asked) == ("finish", None)
    assert set(turn.progress.answers.values()) == {UNKNOWN}


def test_a_sentence_that_answers_more_than_was_asked_is_acknowledged() -> None:
    turn = said("she is 15, her uncle did it last night", at("danger"))
    assert turn.noted == ("age", "time", "family")
    assert turn.progress.asked == "danger"


def test_the_answer_to_the_question_itself_needs_no_acknowledgement() -> None:
    turn = said("no", at("danger"))
    assert (turn.noted, turn.changed, turn.progress.asked) == ((), (), "age")


@pytest.mark.parametrize("text", ["no, she is 19", "nahi wo 19 ki hai", "نہیں وہ 19 سال کی ہے"])
def test_a_correction_changes_the_answer_and_asks_the_same_question_again(text: str) -> None:
    turn = said(text, at("time", {**EARLIER, "danger": "no", "age": "child"}))
    assert (turn.changed, turn.noted) == (("age",), ())
    assert turn.progress.answers["age"] == "adult"
    assert turn.progress.asked == "time"


def test_danger_is_told_when_it_is_said_and_only_then() -> None:
    turn = said("yes", at("danger"))
    assert turn.danger
    assert not said("2 hours ago", turn.progress).danger


@pytest.mark.parametrize("text", ["can the medical wait?", "kya lady doctor zaroori hai"])
def test_a_question_in_between_leaves_the_form_where_it_is(text: str) -> None:
    before = at("danger", failures=1)
    assert said(text, before, "ask_guidance") == Turn("question", before)


def test_a_short_doubtful_answer_is_still_an_answer() -> None:
    assert said("maybe 15?", at("age")).progress.answers["age"] == "child"


def test_long_talk_may_be_a_question_without_its_words() -> None:
    text = "the doctor went home and the ward is shut till morning"
    assert said(text, at("age"), "ask_guidance").act == "perhaps_question"


@pytest.mark.parametrize("text", ["stop", "bas", "بس"])
def test_a_word_to_stop_ends_the_form(text: str) -> None:
    assert said(text, at("age")).act == "stop"


def test_a_goodbye_stops_too() -> None:
    assert said("khuda hafiz", at("age"), "goodbye").act == "stop"


@pytest.mark.parametrize("text", ["repeat", "dobara", "دوبارہ"])
def test_repeat_asks_the_same_question(text: str) -> None:
    before = at("age", failures=1)
    assert said(text, before) == Turn("ask", before)


@pytest.mark.parametrize("intent", ["greet", "thank", "list_documents"])
def test_a_courtesy_is_returned_and_the_form_goes_on(intent: str) -> None:
    before = at("age")
    assert said("shukriya", before, intent) == Turn("courtesy", before)


def test_a_setting_is_changed_and_the_form_goes_on() -> None:
    turn = said("I am in Punjab", at("age"))
    assert (turn.act, turn.progress) == ("setting", at("age"))
    assert turn.command is not None
    assert turn.command.value == "punjab"


def test_the_first_unreadable_answer_is_asked_for_again() -> None:
    turn = said("qwer zxcv", at("danger"))
    assert (turn.opening, turn.progress.asked, turn.progress.failures) == (
        "unreadable",
        "danger",
        1,
    )


def test_the_second_in_a_row_leaves_the_question_alone() -> None:
    turn = said("qwer zxcv", at("danger", failures=1))
    assert (turn.opening, turn.progress.asked, turn.progress.failures) == ("moved_on", "age", 0)
    assert turn.progress.answers["danger"] == UNKNOWN


def test_an_answer_between_two_failures_forgives_the_first() -> None:
    once = said("qwer zxcv", at("danger"))
    answered = said("no", once.progress)
    again = said("qwer zxcv", answered.progress)
    assert (again.opening, again.progress.asked) == ("unreadable", "age")


def test_an_emergency_only_the_classifier_heard_gets_first_steps() -> None:
    turn = said("come quickly", at("age"), "report_emergency")
    assert (turn.danger, turn.progress) == (True, at("age"))


def test_start_inside_the_form_begins_anew() -> None:
    turn = said("start the first-hour card", at("age"))
    assert (turn.opening, turn.progress) == ("opening", Progress("case"))


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("no, she is 19", None),
        ("nahi wo 19 ki hai", None),
        ("نہیں وہ 19 سال کی ہے", None),
        ("she is 19", None),
        ("make the age 19", "correct_fact"),
    ],
)
def test_after_the_card_a_correction_draws_it_again(text: str, intent: str | None) -> None:
    turn = correct(text, intent, Progress(None, DONE))
    assert turn is not None
    assert (turn.act, turn.changed) == ("finish", ("age",))
    assert turn.progress.answers == {**DONE, "age": "adult"}


def test_a_long_correction_that_says_that_it_is_one_is_heard() -> None:
    text = "no, she is unconscious, fix the injury line, and he is in lock up so no danger from him"
    hurt = correct(text, None, Progress(None, {**DONE, "injuries": "no", "danger": "yes"}))
    assert hurt is not None
    assert (hurt.progress.answers["injuries"], hurt.progress.answers["danger"]) == ("yes", "no")


def test_nobody_is_safe_once_words_of_danger_are_heard() -> None:
    worse = correct("no, she is unconscious now", None, Progress(None, {**DONE, "danger": "no"}))
    assert worse is not None
    assert worse.danger


def test_a_correction_to_what_it_was_already_is_heard_all_the_same() -> None:
    turn = correct("no, she is 16", None, Progress(None, DONE))
    assert turn is not None
    assert (turn.changed, turn.noted) == ((), ("age",))


@pytest.mark.parametrize(
    "text",
    [
        "acid attack section",
        "is it bailable",
        "can i arrest the husband",
        "thank you",
        "no",
        "another woman came in, her husband beat her last night and she is bleeding badly now",
    ],
)
def test_after_the_card_another_matter_is_no_correction(text: str) -> None:
    assert correct(text, "ask_guidance", Progress(None, DONE)) is None


@given(st.lists(st.text(), max_size=12))
def test_whatever_is_typed_the_form_stands_at_a_question_or_has_ended(texts: list[str]) -> None:
    turn = take("first hour card", "start_first_hour", Progress())
    for text in texts:
        if turn.act in ("finish", "stop"):
            return
        assert turn.progress.asked in QUESTIONS
        turn = take(text, None, turn.progress)


@pytest.mark.parametrize(
    "text",
    [
        "stop card. her husband is at the gate",
        "bas card nahi chahiye. zabardasti nikah kon si dafa hai",
        "کارڈ نہیں چاہیے۔ دفعہ بتائیں",
    ],
)
def test_who_puts_the_card_away_is_let_go(text: str) -> None:
    turn = said(text, at("danger"))
    assert (turn.act, turn.progress) == ("leave", Progress())


@pytest.mark.parametrize("text", ["give the card now", "ab card de do", "کارڈ ابھی دکھائیں"])
def test_who_wants_the_card_now_gets_what_there_is(text: str) -> None:
    turn = said(text, at("age"))
    assert (turn.act, turn.progress.asked) == ("finish", None)
    assert turn.progress.answers == EARLIER


def test_what_is_told_while_asking_for_the_card_goes_into_it() -> None:
    turn = said("give the card now, she is 15", at("danger"))
    assert (turn.act, turn.progress.answers["age"]) == ("finish", "child")


def test_a_card_of_nothing_is_not_given() -> None:
    assert said("give the card now", at("case", {})).act == "ask"


@pytest.mark.parametrize("text", ["no no, not forced marriage", "nahi, zabardasti nikah nahi"])
def test_what_it_was_not_is_taken_off_the_card(text: str) -> None:
    after = correct(text, None, Progress(None, {**DONE, "case": "forced_marriage"}))
    assert after is not None
    assert after.progress.answers["case"] == "other"
    between = said(text, at("danger", {"case": "forced_marriage"}))
    assert between.progress.answers["case"] == "other"


@pytest.mark.parametrize(
    "text", ["not forced marriage. he shot her", "zabardasti nikah nahi, goli mari"]
)
def test_what_it_was_instead_is_put_on_it(text: str) -> None:
    after = correct(text, None, Progress(None, {**DONE, "case": "forced_marriage"}))
    assert after is not None
    assert after.progress.answers["case"] == "attack"


@pytest.mark.parametrize(
    "told",
    ["aurat ko tang me goli lagi hai, bhai ne mari hai. chowki se", "shot in the leg by him"],
)
def test_a_wound_is_a_case_of_its_own_and_hurt(told: str) -> None:
    begun = take("first hour card", None, Progress(), (told,))
    assert begun.progress.answers["case"] == "attack"
    assert begun.progress.answers["injuries"] == "yes"
    assert "bleeding" in begun.progress.mentions


def test_what_told_of_the_case_counts_before_what_was_asked_since() -> None:
    earlier = ("her brother beat her at home", "can the neighbour who is a stranger be a witness")
    begun = take("first hour card", None, Progress(), earlier)
    assert begun.progress.answers["family"] == "yes"


@pytest.mark.parametrize("text", ["cnic card de do usko", "nadra card de raha"])
def test_another_card_is_not_given(text: str) -> None:
    assert said(text, at("age")).act != "finish"


def test_an_identity_card_is_not_the_first_hour_card() -> None:
    assert said("no, his id card says 17", at("age")).act != "leave"


def test_what_would_be_so_is_no_fact_of_the_case() -> None:
    turn = said("aur agar 15 saal ki ho", at("danger"))
    assert (turn.act, turn.progress) == ("question", at("danger"))


def test_a_question_does_not_change_what_was_said_before() -> None:
    turn = said(
        "which section for an adult, must I write rape?", at("time", {**EARLIER, "age": "child"})
    )
    assert turn.progress.answers["age"] == "child"
