"""Three plain retrievers on the raw facts: what our own work has to beat.

Each fact is a passage; a question's own facts are right. MiniLM is what most toolkits do by
default, BM25 what search did before, fusion the usual marriage of the two. They are written out
here and share nothing with our retriever but the encoder, so that tuning it cannot move them.
"""

from collections.abc import Mapping, Sequence
from typing import Protocol

import bm25s
import numpy as np
import Stemmer

from guidebook.encoder import Encoder
from guidebook.evaluation.cases import Case
from guidebook.evaluation.metrics import found_at
from guidebook.evaluation.qrels import HIGHEST
from guidebook.evaluation.questions import Question
from guidebook.evaluation.report import table
from guidebook.evaluation.runs import Response

DEPTH = 100
RRF_K = 60
DEPTHS = (1, 5, 10)
LANGS = ("en", "roman_ur", "ur")
Ranking = list[int]


class FactText(Protocol):
    """What is needed of a fact."""

    @property
    def id(self) -> str: ...

    @property
    def text(self) -> str: ...


def rankings(
    queries: Sequence[str], texts: Sequence[str], encoder: Encoder
) -> dict[str, list[Ranking]]:
    """Text numbers best first, for each query, by each plain system."""
    meaning, words = by_meaning(queries, texts, encoder), by_words(queries, texts)
    fused = [fuse([one, other]) for one, other in zip(meaning, words, strict=True)]
    return {"MiniLM": meaning, "BM25": words, "MiniLM + BM25, rank fusion": fused}


def by_meaning(queries: Sequence[str], texts: Sequence[str], encoder: Encoder) -> list[Ranking]:
    """Cosine of sentence embeddings (Reimers and Gurevych 2019, "Sentence-BERT")."""
    scores = encoder.encode_queries(queries) @ encoder.encode_passages(texts).T
    return [np.argsort(-row, kind="stable")[:DEPTH].tolist() for row in scores]


def by_words(queries: Sequence[str], texts: Sequence[str]) -> list[Ranking]:
    """BM25 on English stems (Robertson and Zaragoza 2009; k1 = 1.5, b = 0.75), stop words kept out.
    A text that shares no word with the query is not ranked."""
    stemmer = Stemmer.Stemmer("english")
    index = bm25s.BM25(k1=1.5, b=0.75)
    index.index(_tokens(texts, stemmer), show_progress=False)
    found = []
    for query in queries:
        tokens = [token for token in _tokens([query], stemmer)[0] if token in index.vocab_dict]
        scores = index.get_scores(tokens) if tokens else np.zeros(len(texts))
        best = np.argsort(-scores, kind="stable")[:DEPTH]
        found.append([int(at) for at in best if scores[at] > 0])
    return found


def fuse(ranked: Sequence[Ranking]) -> Ranking:
    """Reciprocal rank fusion, score(d) = sum over rankings of 1 / (60 + rank of d).
    Source: Cormack, Clarke and Büttcher 2009, "Reciprocal rank fusion outperforms Condorcet"."""
    scores: dict[int, float] = {}
    for ranking in ranked:
        for rank, item in enumerate(ranking, 1):
            scores[item] = scores.get(item, 0.0) + 1 / (RRF_K + rank)
    return sorted(scores, key=lambda item: -scores[item])


def plain_cases(
    questions: Sequence[Question], facts: Sequence[FactText], encoder: Encoder
) -> dict[str, tuple[Case, ...]]:
    """Cases of each system on the questions that name facts; both turns are searched as one."""
    known = {fact.id for fact in facts}
    asked = [q for q in questions if q.facts and q.expect in ("answer", "correct")]
    queries = [" ".join(question.turns) for question in asked]
    ranked = rankings(queries, [fact.text for fact in facts], encoder)
    return {
        system: tuple(
            _case(question, [facts[at].id for at in row], known)
            for question, row in zip(asked, rows, strict=True)
        )
        for system, rows in ranked.items()
    }


def plain_table(cases: Mapping[str, Sequence[Case]]) -> list[str]:
    """Share with a right fact among the first 1, 5 and 10, by area and language, as Markdown."""
    columns = ["all", *(f"{area}, {lang}" for area in ("law", "practice") for lang in LANGS)]
    rows = []
    head = columns
    for system, held in cases.items():
        groups = [[case for case in held if name in _columns_of(case)] for name in columns]
        head = [f"{name} ({len(group)})" for name, group in zip(columns, groups, strict=True)]
        rows.append((system, *map(_cell, groups)))
    return table(("found in first 1 / 5 / 10", *head), rows)


def area_of(question: Question) -> str:
    """`practice` when the best fact is recognised police practice (G-...), else `law`."""
    return "practice" if question.facts[0].startswith("G-") else "law"


def _columns_of(case: Case) -> tuple[str, str]:
    return "all", f"{area_of(case.question)}, {case.question.lang}"


def _tokens(texts: Sequence[str], stemmer: Stemmer.Stemmer) -> list[list[str]]:
    tokens: list[list[str]] = bm25s.tokenize(
        list(texts), stopwords="en", stemmer=stemmer, return_ids=False, show_progress=False
    )
    return [row or ["\0"] for row in tokens]


def _case(question: Question, ranked: Sequence[str], known: set[str]) -> Case:
    response = Response(question.id, ("answered",), tuple(ranked), tuple(ranked[:1]), "strong")
    return Case(question, response, {fact: HIGHEST for fact in question.facts if fact in known})


def _cell(cases: Sequence[Case]) -> str:
    values = [found_at(k)(cases).value for k in DEPTHS]
    return " / ".join("-" if value is None else f"{value:.2f}" for value in values)
