"""What is known beforehand is the sum of the rules, and the three reasons that bar a passage."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from guidebook import facets
from guidebook.corpus import Corpus, load_corpus
from guidebook.normalise import fold
from guidebook.priors import (
    AUTHORITY_STEP,
    FACET_BONUS,
    FAR_JURISDICTION_PENALTY,
    GAP_HANDICAP,
    NAMED_JURISDICTION_BONUS,
    OWN_JURISDICTION_BONUS,
    SECTION_BONUS,
    UNSPOKEN_PENALTY,
    USUAL,
    Priors,
)
from guidebook.query import Query, Understood, sections_in, understand
from guidebook.vocabulary import AUTHORITY_ORDER
from tests.guidebook.documents import WriteDocument

QUESTIONS = [
    "the girl is 14, what now",
    "what is the punishment under 376 ppc",
    "section 154 and 376",
    "protection committee in Lahore",
    "domestic violence protection order",
    "how is gender equality fostered by UNIDO",
    "",
]


def understood(text: str, **query: Any) -> Understood:
    return understand(replace(Query(text), **query))


@pytest.fixture
def two_sections(write_document: WriteDocument) -> Callable[[str, str], Corpus]:
    def made(first: str, second: str) -> Corpus:
        note = "<!--\nid: {}\nfacts: [F-FIR-04]\nasked_as: [what]\n-->\n"
        body = f"\n## First?\n{note.format('a')}{first}\n\n## Second?\n{note.format('b')}{second}\n"
        return load_corpus(write_document(body=body).parent)

    return made


@pytest.mark.parametrize("text", QUESTIONS)
@pytest.mark.parametrize("province", ["kp", "punjab"])
def test_every_passage_gets_the_sum_of_the_rules(
    real_corpus: Corpus, text: str, province: str
) -> None:
    query = understood(text, province=province)
    priors = Priors(real_corpus).of(query)
    gaps = {document.id for document in real_corpus.documents if document.kind == "known-gap"}
    named = query.jurisdiction_named
    for passage, prior in zip(real_corpus.passages, priors, strict=True):
        expected = FACET_BONUS * facets.matches(query.facets, passage.applies_to)
        for facet, usual in USUAL.items():
            values = (passage.applies_to or {}).get(facet, (usual,))
            if usual not in values and facet not in query.facets:
                expected -= UNSPOKEN_PENALTY * (not facets.speaks_of_other(facet, text))
        expected -= GAP_HANDICAP * (passage.document_id in gaps)
        expected -= AUTHORITY_STEP * AUTHORITY_ORDER.index(passage.authority)
        if passage.jurisdiction == query.jurisdiction:
            expected += NAMED_JURISDICTION_BONUS if named else OWN_JURISDICTION_BONUS
        elif passage.jurisdiction not in ("pakistan", "international"):
            expected -= FAR_JURISDICTION_PENALTY
        sections = set(sections_in(fold(f"{passage.heading} {passage.text}")))
        if sections.isdisjoint(query.sections):
            assert prior == pytest.approx(expected, abs=1e-5), passage.id
        else:
            assert 0 <= prior - expected <= SECTION_BONUS + 1e-5, passage.id


def test_the_only_passage_that_names_a_section_gets_the_whole_bonus(
    two_sections: Callable[[str, str], Corpus],
) -> None:
    priors = Priors(two_sections("Use section 354A.", "Use the other one."))
    with_it = priors.of(understood("section 354a"))
    without = priors.of(understood("which one"))
    assert with_it - without == pytest.approx([SECTION_BONUS, 0.0])


def test_a_section_that_all_passages_name_tells_nothing(
    two_sections: Callable[[str, str], Corpus],
) -> None:
    priors = Priors(two_sections("Use section 154.", "See section 154."))
    assert priors.of(understood("section 154")) == pytest.approx(priors.of(understood("which")))


def test_of_several_sections_the_rarest_counts(
    two_sections: Callable[[str, str], Corpus],
) -> None:
    priors = Priors(two_sections("Section 154, then section 354A.", "Section 154."))
    gained = priors.of(understood("154 and 354a")) - priors.of(understood("which"))
    assert gained == pytest.approx([SECTION_BONUS, 0.0])


def test_a_corpus_of_one_passage_is_weighed_too(write_document: WriteDocument) -> None:
    corpus = load_corpus(write_document().parent)
    priors = Priors(corpus)
    assert priors.of(understood("section 154")) - priors.of(understood("which")) == pytest.approx(
        [SECTION_BONUS]
    )
    assert priors.rejections(understood("section 154")) == (None,)


@pytest.mark.parametrize("text", QUESTIONS)
def test_a_passage_is_barred_for_exactly_the_three_reasons(real_corpus: Corpus, text: str) -> None:
    query = understood(text)
    folded = f" {fold(text)} "
    for passage, found in zip(
        real_corpus.passages, Priors(real_corpus).rejections(query), strict=True
    ):
        names = passage.named_by
        if facets.contradicts(query.facets, passage.applies_to):
            expected = "contradicts"
        elif names and not any(f" {fold(name)} " in folded for name in names):
            expected = "not_named"
        elif query.jurisdiction_named and passage.jurisdiction not in (
            "pakistan",
            "international",
            query.jurisdiction,
        ):
            expected = "elsewhere"
        else:
            expected = None
        assert found == expected, passage.id


@pytest.mark.parametrize(
    ("text", "barred"),
    [
        ("how many hours can I keep him in the lock-up", True),
        ("mulzim mard hai, hawalat me kitne ghante", True),
        ("how many hours can I keep her in the lock-up", False),
        ("may he search the woman I arrested", False),
    ],
)
def test_a_question_about_a_man_is_not_answered_for_an_accused_woman(
    real_corpus: Corpus, text: str, barred: bool
) -> None:
    rejections = Priors(real_corpus).rejections(understood(text))
    for_women = [
        rejection
        for passage, rejection in zip(real_corpus.passages, rejections, strict=True)
        if passage.id == "women-in-custody/woman-lock-up"
    ]
    assert for_women == ["contradicts" if barred else None]
