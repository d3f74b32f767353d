"""The development questions, and talk of other things, each held against every passage.

What fitting and the ablation learn and judge by. Test questions are never read.
"""

from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from guidebook.evaluation import places
from guidebook.evaluation.fitting import Example, example
from guidebook.evaluation.fitting_requests import left_over, read
from guidebook.evaluation.overlap import nlu_lines
from guidebook.evaluation.qrels import RIGHT, grades_of, load_qrels
from guidebook.library import Library
from guidebook.meaning import ENCODER
from guidebook.query import Query, Understood, understand
from guidebook.request_kinds import QUESTION
from guidebook.requests import named_status
from guidebook.retriever import Weighed
from guidebook.signals import SIGNALS


def examples_of(library: Library) -> Iterator[Example]:
    """Questions whose evidence is weighed: not those that end in a named reply before a search."""
    corpus = library.corpus
    questions = places.questions("development")
    graded = load_qrels(places.QRELS).by_question()
    yield from _out_of_field(library)
    # A question to refuse is met rightly by a passage that admits the gap.
    gaps = {p.id for d in corpus.documents if d.kind == "known-gap" for p in d.passages}
    for question in questions:
        answerable = question.expect in ("answer", "correct")
        if named_status(question.judged_turn) or not (answerable or question.expect == "refuse"):
            continue
        grades = grades_of(graded, question.id)
        passages = {at for at, grade in grades.items() if grade >= RIGHT} if answerable else gaps
        if not passages:
            continue
        understood = understand(Query(" ".join(question.turns)))
        relevant = np.asarray([passage.id in passages for passage in corpus.passages])
        weighed = judged_by_now(library, understood, question.turns[-1])
        yield example(question.id, understood.writing, weighed, relevant, answerable)


def judged_by_now(library: Library, understood: Understood, now: str) -> Weighed:
    """The evidence, with the embedding of the words of now: by these resolving.py judges whether a
    follow-up is a question for the corpus at all."""
    weighed = library.retriever.weigh(understood, frozenset(SIGNALS))
    vector = library.retriever.signals.vector(now, ENCODER)
    return replace(weighed, evidence=replace(weighed.evidence, embedded=vector))


def _out_of_field(library: Library) -> Iterator[Example]:
    """Talk of other things, which nothing answers: the NLU's own training lines of `out_of_scope`,
    and what the fit of request_kinds.py left over."""
    texts = [line.text for line in nlu_lines(places.NLU) if line.where.endswith(" out_of_scope")]
    for kind, left in left_over(read(places.NETS / "requests.yml")).items():
        texts += left if kind != QUESTION else []
    nothing = np.zeros(len(library.corpus.passages), dtype=np.bool_)
    for number, text in enumerate(texts):
        if named_status(text):
            continue
        understood = understand(Query(text))
        weighed = library.retriever.weigh(understood, frozenset(SIGNALS))
        yield example(f"out-{number}", understood.writing, weighed, nothing, answerable=False)
