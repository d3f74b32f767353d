"""The first-hour card on the real stack: by sentences, by skipping, interrupted, corrected."""

import pytest

from guidebook.first_hour import QUESTIONS
from guidebook.reply import Reply
from guidebook.vocabulary import family
from tests.end_to_end.officer import Officer

START = "start the first-hour card"


def last(officer: Officer, *texts: str) -> Reply:
    """The last reply to the last of several messages."""
    for text in texts:
        *_, reply = officer.ask(text)
    return reply


def card_of(reply: Reply) -> dict[str, str]:
    """The facts on the card, whose steps must stand in the documents."""
    assert reply.status == "told_first_hour", reply.text
    assert reply.card is not None
    for step in reply.card.steps:
        assert step.text in reply.citations[step.citation].quote
    return {fact.name: fact.value for fact in reply.card.facts}


@pytest.mark.parametrize(
    ("lang", "texts"),
    [
        (
            "en",
            [
                START,
                "girl of 15, raped by her uncle last night",
                "no",
                "she is bleeding",
                "we are at the hospital",
            ],
        ),
        (
            "en",
            [
                "mujhe step by step batao, abhi case aya hai",
                "15 saal ki larki hai, chacha ne zyadti ki kal raat",
                "nahi",
                "zakhmi hai",
                "hospital mein",
            ],
        ),
        (
            "ur",
            [
                "پہلے گھنٹے کا کارڈ شروع کریں",
                "15 سال کی لڑکی ہے، چچا نے زیادتی کی کل رات",
                "نہیں",
                "زخمی ہے",
                "ہسپتال میں",
            ],
        ),
    ],
)
def test_a_case_told_in_sentences_ends_in_its_card(
    officer: Officer, lang: str, texts: list[str]
) -> None:
    reply = last(officer, *texts)
    facts = card_of(reply)
    assert (reply.lang, set(facts)) == (lang, set(QUESTIONS))
    named = {citation.passage_id for citation in reply.citations}
    assert "medical-time-windows-practice/medical-before-statement" in named
    assert "child-interview-practice/minimal-facts" in named
    assert "acid-first-aid-practice/acid-first-minutes" not in named


def test_a_form_that_is_skipped_gives_the_steps_of_any_case(officer: Officer) -> None:
    opening = last(officer, START)
    asked = [opening.status]
    for _ in QUESTIONS:
        reply = last(officer, "skip")
        asked.append(reply.status)
    assert asked == [*(f"asked_{name}" for name in QUESTIONS), "told_first_hour"]
    assert card_of(reply) == {}


def test_the_buttons_alone_lead_to_the_card(officer: Officer) -> None:
    reply = last(officer, START)
    for _ in QUESTIONS:
        reply = last(officer, reply.suggestions[0].payload)
    assert set(card_of(reply)) == set(QUESTIONS)


def test_a_question_in_between_is_answered_and_the_form_goes_on(officer: Officer) -> None:
    last(officer, START, "rape")
    answer, asked = officer.ask("can the medical wait?")
    assert family(answer.status) == "answered"
    assert any("medical" in citation.passage_id for citation in answer.citations)
    assert asked.status == "asked_danger"
    thanks, asked = officer.ask("thank you")
    assert (thanks.status, asked.status) == ("told_welcome", "asked_danger")
    assert officer.status("repeat") == "asked_danger"
    assert officer.status("no") == "asked_age"


def test_a_correction_changes_what_follows_and_after_the_card_the_card(officer: Officer) -> None:
    last(officer, START, "rape", "no", "child")
    reply = last(officer, "no, she is 19")
    assert reply.status == "asked_time"
    assert "Adult" in reply.text
    adult = card_of(last(officer, "2 hours ago", "no", "a neighbour", "at the station"))
    heard, redrawn = officer.ask("nahi wo 16 ki hai")
    assert heard.status == "told_acknowledged"
    child = card_of(redrawn)
    assert (adult["age"], child["age"]) == ("Adult, 18 or older", "Child, under 18")
    assert {**adult, "age": ""} == {**child, "age": ""}


@pytest.mark.parametrize("word", ["stop", "bas", "بس"])
def test_stop_stops_and_the_next_message_is_a_question_again(officer: Officer, word: str) -> None:
    assert last(officer, START, "rape", word).status == "told_first_hour_stopped"
    (reply,) = officer.ask("Where and when was the women police conference held?")
    assert reply.status == "answered"


def test_danger_now_gets_first_steps_once_and_the_form_goes_on(officer: Officer) -> None:
    last(officer, START, "her husband beat her")
    first, asked = officer.ask("yes, she is in danger now")
    assert (first.status, asked.status) == ("emergency", "asked_age")
    again = officer.ask("he is strangling her right now")
    assert [reply.status for reply in again].count("emergency") == 1
    assert again[0].status == "emergency"
    assert family(again[-1].status) == "asked"


def test_two_unreadable_answers_leave_the_question_open(officer: Officer) -> None:
    last(officer, START)
    assert officer.status("qwxz pfkd vbnh") == "asked_case"
    assert officer.status("qwxz pfkd vbnh") == "asked_danger"


def test_two_refusals_in_a_row_name_whom_to_ask(officer: Officer) -> None:
    assert officer.status("qwxz pfkd vbnh") == "unanswerable_no_passage"
    (reply,) = officer.ask("zzkq wvvp mmrt")
    assert reply.status == "unanswerable_ask_person"
    assert reply.contacts


def test_a_language_asked_for_holds_for_every_part_of_the_product(officer: Officer) -> None:
    (told,) = officer.ask("Urdu mein batao", lang="en")
    (thanks,) = officer.ask("thank you", lang="en")
    assert (told.status, told.lang) == ("told_language", "ur")
    assert (thanks.status, thanks.lang) == ("told_welcome", "ur")
    assert "خوش" in thanks.text


def test_a_province_asked_for_holds_until_the_page_says_another(officer: Officer) -> None:
    question = "Which domestic violence law is in force here?"
    officer.ask("I am in Punjab", province="kp")
    assert officer.answer(question, province="kp").citations[0].jurisdiction == "punjab"
    officer.ask(question, province="sindh")
    assert officer.answer(question, province="kp").citations[0].jurisdiction == "kp"


def test_the_last_answer_is_repeated_word_for_word(officer: Officer) -> None:
    answer = officer.answer("What principles underlie police cooperation?")
    again = officer.answer("dobara")
    assert (again.text, again.citations) == (answer.text, answer.citations)
