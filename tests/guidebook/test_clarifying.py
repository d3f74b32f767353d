"""A question back is asked only when two level passages exclude each other on an unsaid fact."""

from dataclasses import replace
from typing import get_args

import pytest

from guidebook import messages
from guidebook.clarifying import LEVEL, choice_in, clarifying_reply, missing_facet, wants_harm
from guidebook.corpus import Corpus
from guidebook.retriever import SearchResult
from guidebook.vocabulary import FACETS, Lang


@pytest.fixture
def level(real_corpus: Corpus) -> tuple[SearchResult, SearchResult]:
    """Two results of one score: the first holds for a child, the other for an adult."""
    one, other = real_corpus.passages[:2]
    return (
        SearchResult(replace(one, applies_to={"age": ("child",)}), 2.0),
        SearchResult(replace(other, applies_to={"age": ("adult",)}), 2.0),
    )


def test_level_passages_for_different_cases_want_the_facet(
    level: tuple[SearchResult, SearchResult],
) -> None:
    assert missing_facet(level, {}) == "age"


def test_a_stated_facet_is_not_asked_for(level: tuple[SearchResult, SearchResult]) -> None:
    assert missing_facet(level, {"age": "child"}) is None


def test_a_first_passage_well_ahead_answers(level: tuple[SearchResult, SearchResult]) -> None:
    first, rival = level
    assert missing_facet((replace(first, score=2.0 + LEVEL + 0.01), rival), {}) is None


@pytest.mark.parametrize("applies_to", [None, {"age": ("child", "adult")}, {"online": ("yes",)}])
def test_a_rival_that_does_not_exclude_asks_nothing(
    level: tuple[SearchResult, SearchResult], applies_to: dict[str, tuple[str, ...]] | None
) -> None:
    first, rival = level
    other = replace(rival, passage=replace(rival.passage, applies_to=applies_to))
    assert missing_facet((first, other), {}) is None


def test_without_results_nothing_is_asked() -> None:
    assert missing_facet((), {}) is None


@pytest.mark.parametrize("lang", get_args(Lang))
def test_every_button_is_read_back_as_the_value_it_stands_for(
    level: tuple[SearchResult, SearchResult], lang: Lang
) -> None:
    reply = clarifying_reply("age", level, lang)
    assert reply.status == "clarify_facet"
    assert reply.lang == lang
    found = [choice_in(button.payload) for button in reply.suggestions]
    assert found[:2] == [{"age": "child"}, {"age": "adult"}]
    assert reply.text in "\n".join(messages.catalogue(lang).values())


@pytest.mark.parametrize("lang", get_args(Lang))
@pytest.mark.parametrize("facet", FACETS)
def test_every_value_of_every_facet_can_be_chosen(facet: str, lang: Lang) -> None:
    for value in FACETS[facet]:
        assert choice_in(messages.text(f"choice_{facet}_{value}", lang)) == {facet: value}


@pytest.mark.parametrize("text", ["", "What must an FIR contain?", "🙂"])
def test_other_words_choose_nothing(text: str) -> None:
    assert choice_in(text) == {}


@pytest.mark.parametrize(
    "text",
    [
        "which section?",
        "konsi dafa lagegi",
        "کون سی دفعہ لگے گی؟",
        "saza kitni hai",
        "which section FIR?",
    ],
)
def test_a_section_of_nothing_named_wants_the_harm(text: str) -> None:
    assert wants_harm(text, {})
    assert not wants_harm(text, {"harm": "burns"})


@pytest.mark.parametrize(
    "text",
    ["section 354 punishment", "which section for rape", "which court", "fir", "dafa 302 kya hai"],
)
def test_what_names_a_matter_is_not_asked_about(text: str) -> None:
    assert not wants_harm(text, {})


def test_the_harm_is_asked_for_with_a_button_each() -> None:
    reply = clarifying_reply("harm", (), "en")
    assert len(reply.suggestions) == len(FACETS["harm"])
    assert all(choice_in(button.payload) for button in reply.suggestions)
