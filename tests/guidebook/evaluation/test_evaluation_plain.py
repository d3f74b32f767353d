"""The plain retrievers, on five facts and an encoder that counts letters."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pytest
from examination import question

from guidebook.encoder import Embeddings
from guidebook.evaluation.metrics import found_at
from guidebook.evaluation.plain_baselines import area_of, by_words, fuse, plain_cases, plain_table
from guidebook.evaluation.wilson import Share
from guidebook.language import Writing


@dataclass(frozen=True)
class Fact:
    id: str
    text: str


class LetterEncoder:
    """Letter counts of unit length: near texts are near, and no model is needed."""

    name = "letters"
    dimension = 26
    reads: frozenset[Writing] = frozenset({"en"})
    reads_urdu_script = False

    def encode_queries(self, texts: Sequence[str]) -> Embeddings:
        return self.encode_passages(texts)

    def encode_passages(self, texts: Sequence[str]) -> Embeddings:
        counts = [[text.lower().count(chr(97 + n)) for n in range(26)] for text in texts]
        out = np.array(counts, dtype=np.float32)
        norms = np.linalg.norm(out, axis=1, keepdims=True)
        return np.asarray(out / np.maximum(norms, 1e-9), dtype=np.float32)


FACTS = [
    Fact("F-FIR-04", "The officer must register the first report."),
    Fact("F-FIR-05", "A copy goes to the informant free of cost."),
    Fact("G-FR-01", "Speak to the survivor in private."),
]


def test_rank_fusion_adds_one_over_sixty_plus_rank() -> None:
    # 7: 1/(60+1) + 1/(60+2); 9: 1/(60+2) + 1/(60+1), a tie kept in order; 5: 1/(60+3) alone
    assert fuse([[7, 9, 5], [9, 7]]) == [7, 9, 5]
    # 3 stands third and second, 1 stands first once: 1/63 + 1/62 > 1/61
    assert fuse([[1, 2, 3], [4, 3]])[0] == 3


def test_bm25_ranks_only_texts_that_share_a_word() -> None:
    assert by_words(["registering reports"], [fact.text for fact in FACTS]) == [[0]]
    assert by_words(["zzz"], [fact.text for fact in FACTS]) == [[]]


def test_plain_systems_are_scored_on_the_questions_that_name_facts() -> None:
    asked = [
        question("fir-001", turns=["must the officer register a report"]),
        question("fir-002", turns=["copy for the informant", "free of cost"], facts=["F-FIR-05"]),
        question("una-001", expect="refuse"),
    ]
    cases = plain_cases(asked, FACTS, LetterEncoder())
    assert list(cases) == ["MiniLM", "BM25", "MiniLM + BM25, rank fusion"]
    assert found_at(1)(cases["BM25"]) == Share(2, 2)
    table = plain_table(cases)
    assert table[0].startswith("| found in first 1 / 5 / 10 | all (2) | law, en (2) |")
    assert "| BM25 | 1.00 / 1.00 / 1.00 | 1.00 / 1.00 / 1.00 | - / - / - |" in table[3]


@pytest.mark.parametrize(("fact", "area"), [("G-FR-01", "practice"), ("F-FIR-04", "law")])
def test_the_best_fact_decides_the_area(fact: str, area: str) -> None:
    assert area_of(question(facts=[fact, "F-FIR-05"])) == area
