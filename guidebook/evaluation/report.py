"""Say what the scores are: Markdown for people, JSON for machines, and one case in full."""

from collections.abc import Mapping, Sequence
from typing import Any

from guidebook.evaluation.cases import Case
from guidebook.evaluation.qrels import RIGHT
from guidebook.evaluation.runs import Run
from guidebook.evaluation.scoring import Figures, Scores
from guidebook.evaluation.wilson import Figure

COLUMNS = (
    "right", "right_first", "found_at_5", "recall_at_5", "mrr", "refusal_precision",
    "refusal_recall", "wrong_and_confident", "pairs",
)  # fmt: skip
NOTHING = "-"


def markdown(scores: Scores, run: Run, *, failures: int | None = None) -> str:
    """The report; `failures` limits how many failed cases are listed (None: all)."""
    parts = [f"# Run {run.name}, split {scores.split}: {len(scores.cases)} questions", ""]
    parts += [f"- {name}: {value}" for name, value in _told(run.settings)]
    parts += [f"- took_ms: p50 {scores.speed.p50}, p95 {scores.speed.p95}", "", "## Figures", ""]
    rows = [
        (name, _value(figure), _interval(figure), _count(figure))
        for name, figure in scores.overall.items()
    ]
    parts += table(("figure", "value", "95 % interval", "of"), rows)
    for grouping, groups in scores.groups.items():
        parts += ["", f"## By {grouping}", "", *_group_table(grouping, groups)]
    parts += ["", *failure_list(scores.failures, failures)]
    return "\n".join(parts) + "\n"


def as_json(scores: Scores, run: Run) -> dict[str, Any]:
    """The same as plain JSON types, with every failed case."""
    return {
        "run": run.name,
        "settings": dict(run.settings),
        "split": scores.split,
        "questions": len(scores.cases),
        "took_ms": {"p50": scores.speed.p50, "p95": scores.speed.p95},
        "figures": _plain(scores.overall),
        "groups": {
            grouping: {name: _plain(figures) for name, figures in groups.items()}
            for grouping, groups in scores.groups.items()
        },
        "failures": [_case_json(case) for case in scores.failures],
    }


def failure_list(cases: Sequence[Case], limit: int | None) -> list[str]:
    """Failed cases, the misleading ones first."""
    ordered = sorted(cases, key=lambda case: not case.wrong_and_confident)
    lines = [f"## Failures: {len(cases)}", ""]
    for case in ordered[:limit]:
        mark = " WRONG AND CONFIDENT" if case.wrong_and_confident else ""
        wanted = ", ".join(_best(case)) or NOTHING
        lines += [
            f"- **{case.question.id}** ({case.question.lang}, {case.question.expect}){mark}: "
            + " / ".join(case.question.turns),
            f"  - expected: {wanted}; got: {', '.join(case.response.cited[:2]) or NOTHING}; "
            f"status: {', '.join(case.response.statuses)}",
        ]
    if limit is not None and len(cases) > limit:
        lines.append(f"- and {len(cases) - limit} more; the score file lists them all.")
    return lines


def explain(case: Case, headings: Mapping[str, str]) -> str:
    """One case in full: what was asked, what was due, what came back, and why it counts so."""
    question, response = case.question, case.response
    lines = [
        f"{question.id}: {question.lang}, {question.kind}, {question.topic}, {question.split}",
        *(f"  turn {number}: {text}" for number, text in enumerate(question.turns, 1)),
        f"  reference: {question.reference}",
        f"  due: {question.expect}" + ("" if case.covered else " (no passage is judged right)"),
        f"  facts: {', '.join(question.facts) or NOTHING}",
        f"  got: {', '.join(response.statuses)}; strength {response.strength or NOTHING}; "
        f"{response.took_ms} ms",
        f"  right: {_yes(case.right)}; answered: {_yes(case.answered)}; "
        f"declined: {_yes(case.declined)}; first cited is relevant: "
        f"{_yes(case.first_is_relevant)}; wrong and confident: {_yes(case.wrong_and_confident)}",
    ]
    for title, passages in (
        ("judged", sorted(case.grades, key=lambda name: -case.grades[name])),
        ("cited", response.cited),
        ("ranked", response.ranked),
    ):
        lines.append(f"  {title}:" + ("" if passages else f" {NOTHING}"))
        lines += [
            f"    {case.grades.get(name, 0)}  {name}  {headings.get(name, '')}".rstrip()
            for name in passages
        ]
    return "\n".join(lines)


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    """A Markdown table."""
    return [f"| {' | '.join(cells)} |" for cells in (head, ["---"] * len(head), *rows)]


def _group_table(grouping: str, groups: Mapping[str, Figures]) -> list[str]:
    rows = [
        (name, _count(figures["right"]), *(_value(figures[column]) for column in COLUMNS))
        for name, figures in groups.items()
    ]
    return table((grouping, "questions", *COLUMNS), rows)


def _told(settings: Mapping[str, Any]) -> list[tuple[str, str]]:
    wanted = ("asked", "url", "at", "commit", "corpus_digest", "questions_digest", "seconds")
    return [(name, str(settings[name])[:40]) for name in wanted if settings.get(name)]


def _best(case: Case) -> list[str]:
    names = sorted(case.grades, key=lambda name: -case.grades[name])
    return [name for name in names if case.grades[name] >= RIGHT][:3]


def _case_json(case: Case) -> dict[str, Any]:
    question = case.question
    return {
        "id": question.id,
        "turns": list(question.turns),
        "lang": question.lang,
        "expect": question.expect,
        "expected_passages": {name: case.grades[name] for name in _best(case)},
        "got": case.response.to_json(),
        "wrong_and_confident": case.wrong_and_confident,
    }


def _plain(figures: Figures) -> dict[str, Any]:
    return {
        name: {"value": figure.value, "interval": figure.interval, "of": figure.total}
        for name, figure in figures.items()
    }


def _value(figure: Figure) -> str:
    return NOTHING if figure.value is None else f"{figure.value:.3f}"


def _interval(figure: Figure) -> str:
    return NOTHING if figure.interval is None else "{:.3f} to {:.3f}".format(*figure.interval)


def _count(figure: Figure) -> str:
    return str(figure.total)


def _yes(value: bool) -> str:
    return "yes" if value else "no"
