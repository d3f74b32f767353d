"""What the product was made for: the words of an approved document, cited, or an honest refusal."""

import pytest

from guidebook import messages
from guidebook.vocabulary import family
from tests.end_to_end.officer import PRESS_CONTACTS, SEEDS, Officer

CONFERENCE = "undp-women-leaders-conference-2022"
MESSAGE = "un-police-cooperation-day-2023"
LEATHER = "unido-women-leather-2023"
UNTRANSLATED = "یو این سیکرٹری جنرل نے پولیس تعاون کے عالمی دن پر کس کی تعریف کی؟"


@pytest.mark.parametrize(
    ("question", "document", "authority", "words"),
    [
        (
            "Where and when was the women police conference held?",
            CONFERENCE,
            "conference",
            "Nathiagali, 18 August 2022",
        ),
        (
            "What did the RPO Hazara say about career progression?",
            CONFERENCE,
            "conference",
            "equal opportunities for career progression in the police service",
        ),
        (
            "Which project and donor funded the conference?",
            CONFERENCE,
            "conference",
            "under the European Union (EU) funded project: Promoting rule of law",
        ),
        (
            "What does the UN message say about victims of gender-based violence and women "
            "officers?",
            MESSAGE,
            "message",
            "who may be more likely to seek help from women officers",
        ),
        (
            "What principles underlie police cooperation?",
            MESSAGE,
            "message",
            "accountability, transparency, and respect for diversity",
        ),
        (
            "Why do we need more women police officers, according to UNDP?",
            CONFERENCE,
            "conference",
            "they play a critical role in handling cases of crimes against women, children, and "
            "transgender persons",
        ),
    ],
    ids=["where and when", "RPO Hazara", "donor", "victims", "principles", "why more"],
)
def test_a_question_on_the_source_texts_is_answered_word_for_word(
    officer: Officer, question: str, document: str, authority: str, words: str
) -> None:
    reply = officer.answer(question)
    assert words in reply.text
    citation = reply.citations[0]  # a text that differs may stand beside it
    assert (citation.document_id, citation.authority) == (document, authority)
    assert citation.quote in SEEDS
    beside = reply.beside.lines if reply.beside else ()
    said = reply.text.splitlines()[: -len(beside) - 1 if beside else None]
    assert all(line in SEEDS for line in said)
    assert officer.document(document)["title"] == citation.title


def test_the_punishment_for_acid_comes_from_the_law_and_not_from_the_conference(
    officer: Officer,
) -> None:
    reply = officer.answer("What is the punishment for an acid attack?")
    (citation,) = reply.citations
    assert citation.authority == "statute"
    assert citation.kind == "guidance"
    assert "336B" in reply.text
    assert "\nLaw:" in citation.quote


@pytest.mark.parametrize(
    "question",
    [
        "What does UNIDO do for women in the leather sector?",
        "What is the leather programme?",
        "Which training did the women in leather programme get?",
        "Who spoke for the tanners association at the leather ceremony?",
    ],
)
def test_a_question_on_the_leather_programme_finds_the_unido_text(
    officer: Officer, question: str
) -> None:
    (citation,) = officer.answer(question).citations
    assert (citation.document_id, citation.authority) == (LEATHER, "press")
    assert citation.quote in SEEDS


@pytest.mark.parametrize(
    "question",
    [
        "How can women be empowered in the police?",
        "Who trains women police officers?",
        "What certificates do women officers get after a training ceremony?",
        "How do I record the first report of a rape?",
        "Can I refuse an FIR because I do not believe her?",
        "Must a woman officer take the statement of a rape survivor?",
        "What do I do first when a woman with burns comes to the station?",
        "Can a husband be arrested for beating his wife in KP?",
        "How do I preserve messages as evidence of online harassment?",
        "Which organisations help women in Karachi?",
    ],
)
def test_a_question_on_policing_never_gets_the_leather_text(
    officer: Officer, question: str
) -> None:
    *_, reply = officer.ask(question)  # burns may bring first steps before it
    assert family(reply.status) in {"answered", "clarify", "unanswerable"}
    shown = {citation.document_id for citation in (*reply.citations, *reply.nearest)}
    assert LEATHER not in shown
    assert "leather" not in reply.model_dump_json().lower()


@pytest.mark.parametrize(
    "question",
    [
        "Phone number for help with gender-based violence",
        "Whom do I contact for more information about the conference?",
        "UNIDO phone number and email",
        "Give me the e-mail of UNDP Pakistan",
        "helpline number for women",
    ],
)
def test_numbers_for_journalists_are_given_to_nobody(officer: Officer, question: str) -> None:
    assert all(contact in SEEDS for contact in PRESS_CONTACTS)
    for reply in officer.ask(question):  # `ask` looks through every field of every reply
        said = reply.model_dump_json()
        assert "@undp.org" not in said
        assert "@unido.org" not in said


def test_what_no_text_answers_is_refused_and_the_nearest_text_is_called_no_answer(
    officer: Officer,
) -> None:
    (reply,) = officer.ask("zzkq wvvp mmrt")
    assert reply.status == "unanswerable_no_passage"
    assert reply.citations == ()
    assert reply.nearest
    assert reply.notice is not None
    assert "not an answer" in reply.notice


def test_what_is_no_matter_of_ours_is_refused_without_any_text(officer: Officer) -> None:
    (reply,) = officer.ask("How do I apply for a passport?")
    assert reply.status == "unanswerable_out_of_scope"
    assert (reply.citations, reply.nearest) == ((), ())


@pytest.mark.parametrize(
    ("question", "words", "line"),
    [
        ("تیزاب پھینکنے کی سزا کیا ہے؟", "336B", "translated_text"),
        ("ایف آئی آر درج کرنے سے انکار کیا جا سکتا ہے؟", "نہیں۔", "translated_text"),
        (UNTRANSLATED, "wish to commend law enforcement", "english_text"),
    ],
)
def test_an_urdu_question_gets_the_text_under_a_line_that_says_whose_words_it_is_in(
    officer: Officer, question: str, words: str, line: str
) -> None:
    reply = officer.answer(question)
    assert words in reply.text
    assert reply.lang == "ur"
    assert reply.notice is not None
    assert messages.text(line, "ur") in reply.notice


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("tezab phenkne ki saza kya hai?", "336B"),
        ("aurat ki FIR darj karne se inkar kar sakte hain?", "No."),
    ],
)
def test_a_roman_urdu_question_is_answered(officer: Officer, question: str, words: str) -> None:
    reply = officer.answer(question)
    assert words in reply.text
    assert reply.citations[0].authority in {"statute", "ruling"}
