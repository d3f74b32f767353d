"""Propose judgements, and show what only a person can decide.

A passage names the facts it rests on, first those whose question it answers; a question names
the facts that answer it, best first. So: the question's first fact among the passage's first two
-> 3; any of the question's facts in the passage -> 2. For a source question, the passage that
contains the quote -> 3, one that contains part of it -> 2. Wording plays no part, so that a
retriever cannot gain by it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from guidebook.corpus import Corpus
from guidebook.evaluation.qrels import HIGHEST, RIGHT, Judgement, Qrels, grades_of
from guidebook.evaluation.questions import Question, SourceSpan
from guidebook.records import Passage

LEADING_FACTS = 2


@dataclass(frozen=True)
class Undecided:
    """One question a person must look at: why, and the passages in doubt."""

    question: str
    reason: str
    passages: tuple[str, ...] = ()

    def __str__(self) -> str:
        shown = f" ({', '.join(self.passages)})" if self.passages else ""
        return f"{self.question}: {self.reason}{shown}"


def propose(questions: Sequence[Question], corpus: Corpus) -> tuple[Judgement, ...]:
    """Judgements that follow from fact ids and quotes alone."""
    found: list[Judgement] = []
    for question in questions:
        grades: dict[str, Judgement] = {}
        for judgement in (*_by_facts(question, corpus), *_by_quotes(question, corpus)):
            known = grades.get(judgement.passage)
            if known is None or known.grade < judgement.grade:
                grades[judgement.passage] = judgement
        found.extend(grades.values())
    return tuple(found)


def undecided(questions: Sequence[Question], corpus: Corpus, qrels: Qrels) -> list[Undecided]:
    """What a person must decide, in question order: quotes that are nowhere, judgements of
    passages that are gone, answerable questions no passage answers, and questions with several
    best passages that no reader has looked at."""
    graded = qrels.by_question()
    seen = {judgement.question for judgement in qrels.read()}
    known = {question.id for question in questions}
    cases = [
        Undecided(item.question, "judged by a reader, but the question or the passage is gone",
                  (item.passage,))
        for item in qrels.read()
        if item.question not in known or corpus.passage(item.passage) is None
    ]  # fmt: skip
    for question in questions:
        cases.extend(
            Undecided(question.id, f"the quote {span.quote[:40]!r} is not in {span.document}")
            for span in question.spans
            if not _ranges(span, corpus)
        )
        grades = grades_of(graded, question.id)
        best = tuple(passage for passage, grade in grades.items() if grade == HIGHEST)
        answerable = question.expect in ("answer", "correct")
        if answerable and not any(grade >= RIGHT for grade in grades.values()):
            cases.append(Undecided(question.id, "no passage answers it"))
        elif len(best) > 1 and question.id not in seen:
            cases.append(Undecided(question.id, f"{len(best)} passages have grade 3", best))
    return cases


def _by_facts(question: Question, corpus: Corpus) -> Iterator[Judgement]:
    wanted = set(question.facts)
    for passage in corpus.passages:
        if wanted.isdisjoint(passage.facts):
            continue
        leads = question.facts[0] in passage.facts[:LEADING_FACTS]
        yield Judgement(question.id, passage.id, HIGHEST if leads else RIGHT, "facts")


def _by_quotes(question: Question, corpus: Corpus) -> Iterator[Judgement]:
    for span in question.spans:
        for start, end in _ranges(span, corpus):
            for passage in _passages_of(span.document, corpus):
                if passage.start <= start and end <= passage.end:
                    yield Judgement(question.id, passage.id, HIGHEST, "quote")
                elif start < passage.end and passage.start < end:
                    yield Judgement(question.id, passage.id, RIGHT, "quote")


def _ranges(span: SourceSpan, corpus: Corpus) -> list[tuple[int, int]]:
    document = corpus.document(span.document)
    if document is None:
        return []
    starts, at = [], document.text.find(span.quote)
    while at >= 0:
        starts.append(at)
        at = document.text.find(span.quote, at + 1)
    return [(start, start + len(span.quote)) for start in starts]


def _passages_of(document_id: str, corpus: Corpus) -> list[Passage]:
    return [passage for passage in corpus.passages if passage.document_id == document_id]
