"""Small true records for the evaluation tests: a question, a response, a case, a corpus."""

from datetime import date
from pathlib import Path
from typing import Any

from guidebook.corpus import Corpus
from guidebook.evaluation.cases import Case
from guidebook.evaluation.questions import Question
from guidebook.evaluation.runs import Response
from guidebook.records import Document, Passage


def question(question_id: str = "fir-001", **changes: Any) -> Question:
    """An answerable English question, with changes."""
    fields: dict[str, Any] = {
        "id": question_id,
        "turns": ["can i refuse the report"],
        "lang": "en",
        "kind": "fact",
        "topic": "fir",
        "facts": ["F-FIR-04"],
        "spans": [],
        "reference": "No.",
        "expect": "answer",
        "pair": None,
        "differs_in": None,
        "notes": None,
    }
    if changes.get("expect") == "refuse":
        fields["facts"] = []
    return Question.model_validate({**fields, **changes})


def case(
    status: str = "answered",
    *,
    ranked: str = "",
    cited: str | None = None,
    strength: str | None = "strong",
    grades: dict[str, int] | None = None,
    before: tuple[str, ...] = (),
    took_ms: int = 0,
    **changes: Any,
) -> Case:
    """A case in one line: `ranked` is passage ids in one string, by default the first is cited."""
    passages = tuple(ranked.split())
    quoted = passages[:1] if cited is None else tuple(cited.split())
    if status.partition("_")[0] != "answered":
        quoted, strength = (), None
    asked = question(**changes)
    response = Response(asked.id, (*before, status), passages, quoted, strength, took_ms)
    return Case(asked, response, {"good": 3} if grades is None else grades)


def document(document_id: str, passages: dict[str, tuple[str, tuple[str, ...]]]) -> Document:
    """A document of `passage id -> (text, facts)`, its text the passages joined by blank lines."""
    text, cut = "", []
    for name, (words, facts) in passages.items():
        start = len(text)
        text += words + "\n\n"
        cut.append(
            Passage(
                id=f"{document_id}/{name}",
                document_id=document_id,
                heading=f"{name}?",
                text=words,
                start=start,
                end=start + len(words),
                authority="practice",
                jurisdiction="pakistan",
                facts=facts,
                asked_as=(f"phrasing of {name}",),
            )
        )
    return Document(
        id=document_id,
        path=Path(f"{document_id}.md"),
        title=document_id,
        kind="guidance",
        authority="practice",
        jurisdiction="pakistan",
        lang="en",
        topics=("fir",),
        checked_on=date(2026, 11, 22),
        review_by=None,
        in_force_from=None,
        superseded_by=None,
        review_status="draft",
        reviewed_by=None,
        translation_of=None,
        publisher=None,
        published_on=None,
        named_by=(),
        sources=(),
        text=text,
        digest="0" * 64,
        passages=tuple(cut),
    )


def corpus(*documents: Document) -> Corpus:
    """A corpus of these documents."""
    return Corpus(Path("corpus"), documents, "1" * 64)
