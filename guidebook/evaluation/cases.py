"""A case: one question, what came back for it, and what was judged right for it.

Everything a metric counts is a yes-or-no property here, so that a figure and the list of
cases behind it can never disagree.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from guidebook.evaluation.errors import EvaluationError
from guidebook.evaluation.qrels import RIGHT, Grades, Qrels, grades_of
from guidebook.evaluation.questions import Question
from guidebook.evaluation.runs import Response, Run
from guidebook.vocabulary import supports

STRONG = "strong"
DECLINES = ("unanswerable", "refused", "told")
"""Families that end a turn without an answer from the corpus. `clarify_rephrase` ends one too."""


@dataclass(frozen=True)
class Case:
    """One question with its response and grades."""

    question: Question
    response: Response
    grades: Grades

    @property
    def relevant(self) -> frozenset[str]:
        """Passages that make an answer right."""
        return frozenset(passage for passage, grade in self.grades.items() if grade >= RIGHT)

    @property
    def seeks_passage(self) -> bool:
        """The question ought to be met by a passage, if the corpus has one."""
        return self.question.expect in ("answer", "correct")

    @property
    def covered(self) -> bool:
        """It ought to be, and the corpus has one."""
        return self.seeks_passage and bool(self.relevant)

    @property
    def searched(self) -> bool:
        """Covered, and not rightly refused by name, which ends a turn before any search."""
        return self.covered and not self._refused_by_name

    @property
    def should_decline(self) -> bool:
        """Nothing in the corpus answers: the question asks for refusal, or is not covered yet."""
        return self.question.expect == "refuse" or (self.seeks_passage and not self.relevant)

    @property
    def answered(self) -> bool:
        """The bot gave an answer."""
        return self.response.family == "answered"

    @property
    def declined(self) -> bool:
        """The bot said that it does not answer this."""
        if supports(self.response.status):
            return False
        return self.response.family in DECLINES or self.response.status == "clarify_rephrase"

    @property
    def first_is_relevant(self) -> bool:
        """The bot answered, and the first passage it cited is relevant."""
        return self.answered and not self.relevant.isdisjoint(self.response.cited[:1])

    @property
    def declined_rightly(self) -> bool:
        """It declined where nothing answers, or refused by name what rests on a false premise."""
        return self.declined and (self.should_decline or self._refused_by_name)

    @property
    def wrong_and_confident(self) -> bool:
        """An officer would act on this and be misled: a refusal was due and it answered, or it
        answered in a strong voice from a passage that does not answer the question."""
        if not self.answered or self.first_is_relevant:
            return False
        return self.question.expect == "refuse" or (
            self.seeks_passage and self.response.strength == STRONG
        )

    @property
    def right(self) -> bool:
        """The turn ended as this question deserves."""
        expect = self.question.expect
        if expect == "emergency":
            return self.response.statuses[:1] == ("emergency",)
        if expect == "support":
            return any(map(supports, self.response.statuses))
        if self.should_decline:
            return self.declined
        return self.first_is_relevant or (expect == "correct" and self._refused_by_name)

    @property
    def _refused_by_name(self) -> bool:
        return self.question.expect == "correct" and self.response.family == "refused"


def cases_of(questions: Sequence[Question], qrels: Qrels, run: Run) -> tuple[Case, ...]:
    """A case for each question; EvaluationError when the run did not ask them all."""
    missing = [question.id for question in questions if question.id not in run.responses]
    if missing:
        raise EvaluationError(
            f"Run {run.name} has no response to {len(missing)} of {len(questions)} questions "
            f"({', '.join(missing[:3])}, ...). Ask them with `guidebook evaluate run`."
        )
    graded: Mapping[str, Grades] = qrels.by_question()
    return tuple(
        Case(question, run.responses[question.id], grades_of(graded, question.id))
        for question in questions
    )
