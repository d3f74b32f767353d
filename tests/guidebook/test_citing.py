"""A citation says what it is, where it holds, how old it is; follow-ups can be answered."""

from dataclasses import replace
from typing import get_args

import pytest

from guidebook import messages
from guidebook.citing import (
    MAX_SUGGESTIONS,
    assumed_facts,
    assumed_province,
    offer_urdu,
    suggestions,
)
from guidebook.commands import Command, command_in
from guidebook.composition import compose
from guidebook.corpus import Corpus
from guidebook.query import Query, understand
from guidebook.quoting import cite
from guidebook.records import Document, Passage
from guidebook.vocabulary import Jurisdiction, Lang


@pytest.fixture
def document(real_corpus: Corpus) -> Document:
    found = real_corpus.document("un-police-cooperation-day-2023")
    assert found is not None
    return found


@pytest.fixture
def passage(document: Document) -> Passage:
    return document.passages[1]


def test_a_citation_carries_what_its_document_says_of_itself(
    document: Document, passage: Passage
) -> None:
    citation = cite(document, passage, None)
    assert (citation.title, citation.heading) == (document.title, passage.heading)
    assert (citation.kind, citation.authority) == ("policy-message", "message")
    assert citation.jurisdiction == "international"
    assert (citation.in_force_from, citation.checked_on) == (None, str(document.checked_on))
    assert citation.review_status == document.review_status
    assert citation.digest == document.digest


def test_a_quote_is_the_documents_text_at_its_offsets(document: Document, passage: Passage) -> None:
    for composed in (None, compose(passage, document)):
        citation = cite(document, passage, composed)
        assert citation.quote == document.text[citation.start : citation.end] == passage.text


def test_every_passage_of_the_corpus_can_be_cited(real_corpus: Corpus) -> None:
    for passage in real_corpus.passages:
        document = real_corpus.document(passage.document_id)
        assert document is not None
        citation = cite(document, passage, compose(passage, document))
        assert citation.quote == document.text[citation.start : citation.end]
        assert passage.start <= citation.start < citation.end <= passage.end


def test_a_narrowed_passage_is_cited_with_its_own_authority(
    document: Document, passage: Passage
) -> None:
    citation = cite(document, replace(passage, authority="ruling", jurisdiction="kp"), None)
    assert (citation.authority, citation.jurisdiction) == ("ruling", "kp")


def test_only_the_sources_of_the_passages_facts_are_linked(
    document: Document, passage: Passage
) -> None:
    (first,) = document.sources
    sources = (
        replace(first, title="one", facts=("F-FIR-01",)),
        replace(first, title="two", facts=("F-FIR-02",)),
        replace(first, title="all", facts=()),
    )
    citation = cite(replace(document, sources=sources), replace(passage, facts=("F-FIR-02",)), None)
    assert [source.title for source in citation.sources] == ["two", "all"]


@pytest.mark.parametrize(
    ("question", "jurisdiction", "assumed"),
    [
        ("who may arrest", "kp", True),
        ("who may arrest in peshawar", "kp", False),
        ("who may arrest", "pakistan", False),
        ("who may arrest", "international", False),
    ],
)
def test_a_province_that_was_not_said_is_shown_as_assumed(
    passage: Passage, question: str, jurisdiction: Jurisdiction, assumed: bool
) -> None:
    holds = replace(passage, authority="statute", jurisdiction=jurisdiction)
    chips = assumed_province(understand(Query(question)), holds, "en")
    assert bool(chips) is assumed
    for chip in chips:
        assert (chip.facet, chip.value) == ("province", jurisdiction)
        assert chip.label == messages.text("assumed_province", "en", province=jurisdiction)


@pytest.mark.parametrize("lang", get_args(Lang))
def test_what_the_answer_rests_on_and_was_not_said_is_shown(passage: Passage, lang: Lang) -> None:
    holds = replace(passage, applies_to={"since": ("hours",), "age": ("child",)})
    chips = assumed_facts({"age": "child", "sex": "woman"}, holds, lang)
    label = messages.text("choice_since_hours", lang)
    assert [(chip.facet, chip.value, chip.label) for chip in chips] == [("since", "hours", label)]


@pytest.mark.parametrize(
    "applies_to",
    [
        None,
        {"since": ("hours", "days")},  # it holds either way: nothing is taken for granted
        {"role": ("survivor",)},  # what every question is about that does not say
        {"district": ("same",)},
    ],
)
def test_what_holds_anyhow_is_not_shown_as_assumed(
    passage: Passage, applies_to: dict[str, tuple[str, ...]] | None
) -> None:
    assert assumed_facts({}, replace(passage, applies_to=applies_to), "en") == ()


def test_a_report_holds_nowhere_in_particular(passage: Passage) -> None:
    reported = replace(passage, authority="conference", jurisdiction="kp")
    assert assumed_province(understand(Query("who spoke")), reported, "en") == ()


def test_follow_ups_are_the_next_headings_but_the_one_just_answered(
    real_corpus: Corpus,
) -> None:
    passages = [one for one in real_corpus.passages if not one.id.startswith("gaps-")][:10]
    found = suggestions(passages, real_corpus, "en", near=passages[0])
    assert len(found) == MAX_SUGGESTIONS
    assert [item.payload for item in found] == [passage.heading for passage in passages[1:4]]
    assert all(item.title == item.payload for item in found)


def answering(corpus: Corpus) -> Passage:
    """A translated passage that answers."""
    found = (document for document in corpus.translations if document.kind == "guidance")
    return next(found).passages[0]


def test_a_button_never_leads_to_where_there_is_no_answer(real_corpus: Corpus) -> None:
    gaps = [passage for passage in real_corpus.passages if passage.id.startswith("gaps-")]
    assert gaps
    assert suggestions(gaps, real_corpus, "en") == ()


def test_in_urdu_follow_ups_are_the_translated_headings(real_corpus: Corpus) -> None:
    translated = answering(real_corpus)
    passage = real_corpus.passage(translated.id)
    assert passage is not None
    (found,) = suggestions([passage], real_corpus, "ur")
    assert found.payload == translated.heading != passage.heading


def test_without_results_there_are_no_follow_ups(real_corpus: Corpus) -> None:
    assert suggestions([], real_corpus, "en") == ()


def test_who_writes_urdu_in_latin_letters_is_offered_the_urdu(real_corpus: Corpus) -> None:
    passage = real_corpus.passage(real_corpus.translations[0].passages[0].id)
    assert passage is not None
    roman, english = (
        understand(Query("tezab ka case hai kya karun")),
        understand(Query("acid case")),
    )
    (offer,) = offer_urdu(roman, passage, real_corpus, "en")
    assert command_in(offer.payload) == Command("language", "ur")
    assert offer_urdu(roman, passage, real_corpus, "ur") == ()
    assert offer_urdu(english, passage, real_corpus, "en") == ()


def test_what_is_not_translated_is_not_offered(passage: Passage, real_corpus: Corpus) -> None:
    roman = understand(Query("paigham kya kehta hai"))
    assert offer_urdu(roman, passage, real_corpus, "en") == ()
