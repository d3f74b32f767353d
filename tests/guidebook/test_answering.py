"""What the product was made to answer is answered in a document's own words, with its source."""

import re

import pytest

from guidebook.answering import STEPS
from guidebook.library import Library
from guidebook.query import Query, understand
from guidebook.reply import Citation
from guidebook.vocabulary import STATUSES, family
from tests.guidebook.asking import UN, UNDP, UNIDO, Ask, own_words


@pytest.mark.parametrize(
    ("question", "passage_id", "words"),
    [
        (
            "Where and when was the women police conference held?",
            f"{UNDP}/held-where-and-when",
            "Nathiagali, 18 August 2022",
        ),
        (
            "What did the RPO Hazara say about career progression?",
            f"{UNDP}/rpo-hazara-career",
            "Mirvais Niaz",
        ),
        (
            "Which project and donor funded the conference?",
            f"{UNDP}/organisers-project-donor",
            "European Union (EU) funded project",
        ),
        (
            "What does the UN message say about victims of gender-based violence "
            "and women officers?",
            f"{UN}/women-officers-and-victims",
            "seek help from women officers",
        ),
        (
            "What principles underlie police cooperation?",
            f"{UN}/principles-of-cooperation",
            "accountability, transparency, and respect for diversity",
        ),
        (
            "Why do we need more women police officers, according to UNDP?",
            f"{UNDP}/undp-more-women-officers",
            "Anita Bakhtiar",
        ),
    ],
)
def test_a_question_on_the_source_texts_is_answered_verbatim_and_cited(
    ask: Ask, library: Library, question: str, passage_id: str, words: str
) -> None:
    reply, _ = ask(question)
    passage = library.corpus.passage(passage_id)
    assert passage is not None
    citation = reply.citations[0]
    assert reply.status == "answered"
    assert citation.passage_id == passage_id
    assert reply.lead == citation.quote == passage.text
    assert words in reply.text
    assert citation.sources[0].url.startswith("https://")
    own_words(reply, library.corpus)


@pytest.mark.parametrize(
    ("question", "passage"),
    [
        ("What training did the leather programme offer?", "practical-training"),
        ("What is UNIDO?", "about-unido"),
        ("What did Gulzar Firoz say about jobs for women?", "firoz-mou"),
    ],
)
def test_a_question_on_the_leather_programme_finds_the_unido_text(
    ask: Ask, question: str, passage: str
) -> None:
    reply, _ = ask(question)
    assert [citation.passage_id for citation in reply.citations] == [f"{UNIDO}/{passage}"]
    assert reply.citations[0].authority == "press"


@pytest.mark.parametrize(
    "question",
    [
        "What training should women police officers get?",
        "How is gender equality fostered in the police?",
        "Who gives certificates to women after training?",
        "women empowerment programme in Karachi",
        "What is the punishment for an acid attack?",
    ],
)
def test_a_question_on_policing_never_finds_the_unido_text(ask: Ask, question: str) -> None:
    reply, _ = ask(question)
    cited: list[Citation] = [*reply.citations, *reply.nearest]
    assert UNIDO not in {citation.document_id for citation in cited}


def test_a_question_the_law_notes_answer_is_answered_from_them(ask: Ask, library: Library) -> None:
    reply, _ = ask("What is the punishment for an acid attack?")
    assert family(reply.status) == "answered"
    assert {citation.authority for citation in reply.citations} == {"statute"}
    assert "336B" in reply.text
    own_words(reply, library.corpus)


def test_a_remark_at_a_conference_is_never_cited_as_law(ask: Ask) -> None:
    reply, _ = ask("What did the RPO Hazara say about career progression?")
    assert [(c.kind, c.authority) for c in reply.citations] == [("conference", "conference")]


def test_a_document_contact_is_never_a_number_to_call(ask: Ask) -> None:
    for question in ("Whom do I contact about the conference?", "UNDP phone number and email"):
        reply, _ = ask(question)
        assert all(contact.number in ("15", "1122") for contact in reply.contacts)


# -- the whole corpus


def test_a_passages_own_heading_is_answered_by_its_own_words(ask: Ask, library: Library) -> None:
    gaps = {document.id for document in library.corpus.documents if document.kind == "known-gap"}
    passages = [p for p in library.corpus.passages if p.document_id not in gaps]
    passages = passages[:: max(1, len(passages) // 60)]
    answered = own = 0
    for passage in passages:
        reply, _ = ask(passage.heading, province=passage.jurisdiction)
        assert reply.status in STATUSES
        own_words(reply, library.corpus)
        if family(reply.status) == "answered":
            answered += 1
            own += passage.id in {citation.passage_id for citation in reply.citations}
    assert answered / len(passages) >= 0.6
    assert own / answered >= 0.85


def test_an_answer_shows_at_most_seven_steps_without_their_markers(
    ask: Ask, library: Library
) -> None:
    long = [p for p in library.corpus.passages if len(re.findall(r"^\d+\. ", p.text, re.M)) >= 4]
    assert long
    for passage in long[:8]:
        reply, _ = ask(passage.heading, province=passage.jurisdiction)
        assert len(reply.steps) <= 7
        assert not any(re.match(r"\d+\.\s|- ", step) for step in reply.steps)


def test_the_steps_stand_in_one_ordered_list() -> None:
    names = [step.__name__ for step in STEPS]
    assert len(names) == len(set(names))
    assert names[:3] == ["take_up_disclosure", "name_requests", "correct_myth"]
    assert names[-1] == "compose_reply"
    assert names.index("search_passages") < names.index("judge_evidence")


def test_a_fact_the_answer_rests_on_that_was_not_said_is_shown(ask: Ask) -> None:
    unsaid, _ = ask("What is the punishment for threatening to share her nude pictures?")
    said, _ = ask("What is the punishment for threatening to share her nude pictures on WhatsApp?")
    assert unsaid.citations[0].passage_id == said.citations[0].passage_id
    assert [chip.value for chip in unsaid.assumed if chip.facet == "online"] == ["yes"]
    assert [chip.value for chip in said.assumed if chip.facet == "online"] == []


@pytest.mark.parametrize(
    ("question", "barred", "answers"),
    [
        (
            "rape nine days after, what samples now",
            "rape-medical-examination/doctor-timing-escort",
            "medical-time-windows-practice/too-late-for-examination",
        ),
        (
            "شوہر نے بیوی پر تشدد کیا ہے، میں سب سے پہلے کیا کروں؟",
            "rape-penal-code/wife-against-husband",
            "immediate-danger/first-steps",
        ),
        (
            "nikah zabardasti ho chuka hai, kya dafa lagegi",
            "honour-abuse-practice/one-chance",
            "vani-swara-forced-marriage-law/forced-nikah-section",
        ),
        (
            "the accused husband is a constable of my own station, who handles it",
            "rape-penal-code/wife-against-husband",
            "abuse-evidence-practice/accused-is-officer",
        ),
    ],
)
def test_a_passage_for_another_case_cannot_answer(
    library: Library, question: str, barred: str, answers: str
) -> None:
    found = library.retriever.search(understand(Query(question)), limit=40)
    assert found.accepted[0].passage.id == answers
    assert barred not in [result.passage.id for result in found.accepted]
