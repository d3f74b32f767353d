"""A conversation as officers have it: small talk, sources, danger, two desks, one turn once."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from guidebook.vocabulary import family
from tests.end_to_end.officer import Officer, new_id
from tests.end_to_end.served import Served

CONFERENCE_QUESTION = "Where and when was the women police conference held?"
PRINCIPLES_QUESTION = "What principles underlie police cooperation?"
ACID_NOW = "He just threw acid on her, she is screaming, what do I do first?"


@pytest.mark.parametrize(
    ("said", "status"),
    [
        ("hello", "told_greeting"),
        ("assalam o alaikum", "told_greeting"),
        ("thank you", "told_welcome"),
        ("goodbye", "told_goodbye"),
        ("what can you do?", "told_capabilities"),
        ("yes", "told_acknowledged"),
        ("no", "clarify_rephrase"),
    ],
)
def test_small_talk_gets_its_fixed_reply(officer: Officer, said: str, status: str) -> None:
    assert officer.status(said) == status


def test_small_talk_in_urdu_gets_the_urdu_reply(officer: Officer) -> None:
    (reply,) = officer.ask("السلام علیکم", lang="ur")
    assert (reply.status, reply.lang) == ("told_greeting", "ur")
    assert "علیکم" in reply.text


def test_the_source_of_the_last_answer_is_shown_on_request(officer: Officer) -> None:
    answer = officer.answer(CONFERENCE_QUESTION)
    (source,) = officer.ask("show me the source")
    assert source.status == "told_source"
    assert source.citations[0].passage_id == answer.citations[0].passage_id


def test_without_an_answer_there_is_no_source_to_show(officer: Officer) -> None:
    assert officer.status("show me the source") == "told_no_source"


def test_the_documents_are_listed_by_title(officer: Officer) -> None:
    (reply,) = officer.ask("Which documents do you have?")
    assert reply.status == "told_documents"
    titles = [officer.document(document_id)["title"] for document_id in ("fir-first-report",)]
    assert set(titles) <= set(reply.more)
    assert len(reply.more) > 3


def test_danger_gets_first_steps_and_numbers_before_the_answer(officer: Officer) -> None:
    first, *rest = officer.ask(ACID_NOW)
    assert first.status == "emergency"
    assert {contact.number for contact in first.contacts} == {"15", "1122"}
    assert all(contact.state == "call_now" for contact in first.contacts)
    assert [family(reply.status) for reply in rest] == ["answered"]
    assert rest[0].citations[0].document_id.startswith("acid")


def test_danger_in_urdu_is_met_in_urdu(officer: Officer) -> None:
    first, *_ = officer.ask("وہ اسے ابھی مار رہا ہے، جلدی مدد چاہیے")
    assert (first.status, first.lang) == ("emergency", "ur")


def test_the_transcript_shows_what_was_asked_and_answered_in_order(officer: Officer) -> None:
    officer.ask("hello")
    answer = officer.answer(CONFERENCE_QUESTION)
    kept = officer.transcript()
    assert [entry["role"] for entry in kept] == ["officer", "guidebook"] * 2
    assert kept[2]["text"] == CONFERENCE_QUESTION
    assert kept[3]["reply"] == answer.to_json()


def test_a_message_sent_twice_runs_once(officer: Officer, served: Served) -> None:
    message = new_id()
    first = officer.ask(CONFERENCE_QUESTION, message)
    assert officer.ask(CONFERENCE_QUESTION, message) == first
    assert len(served.user_events(message)) == 1
    assert officer.asked() == [CONFERENCE_QUESTION]


def test_a_message_sent_three_times_at_once_runs_once(officer: Officer, served: Served) -> None:
    officer.transcript()  # the cookie first: without one each post would be another session
    message = new_id()
    with ThreadPoolExecutor(3) as pool:
        replies = list(pool.map(lambda _: officer.ask(PRINCIPLES_QUESTION, message), range(3)))
    assert replies[0] == replies[1] == replies[2]
    assert len(served.user_events(message)) == 1


def test_an_id_is_not_given_to_another_text(officer: Officer) -> None:
    message = new_id()
    officer.ask("hello", message)
    assert officer.post("thank you", message).status_code == 422
    assert officer.asked() == ["hello"]


def test_two_desks_never_see_each_other(officer: Officer, colleague: Officer) -> None:
    mine = officer.answer(CONFERENCE_QUESTION)
    assert colleague.transcript() == []
    assert colleague.status("show me the source") == "told_no_source"
    theirs = colleague.answer(PRINCIPLES_QUESTION)
    (source,) = officer.ask("show me the source")
    assert source.citations[0].passage_id == mine.citations[0].passage_id
    assert theirs.citations[0].passage_id != mine.citations[0].passage_id
    assert PRINCIPLES_QUESTION not in officer.asked()
    assert CONFERENCE_QUESTION not in colleague.asked()


def test_desks_that_use_the_same_message_id_at_once_get_their_own_answers(
    officer: Officer, colleague: Officer
) -> None:
    message = new_id()
    with ThreadPoolExecutor(2) as pool:
        mine = pool.submit(officer.answer, CONFERENCE_QUESTION, message)
        theirs = pool.submit(colleague.answer, PRINCIPLES_QUESTION, message)
    assert mine.result().citations[0].document_id == "undp-women-leaders-conference-2022"
    assert theirs.result().citations[0].document_id == "un-police-cooperation-day-2023"
