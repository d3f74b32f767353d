"""Each figure of a model is a share of lines, with the lines that count against it."""

import pytest

from deploy.dialogue import Lines, figures
from deploy.rasa_commands import Conversations, Prediction

SEARCHING = frozenset({"ask_guidance", "nlu_fallback", "report_emergency"})
CAUGHT_BY_THE_NET = "he is beating her right now"
IN_NO_NET = "the office opens at nine"


def measured(
    held_out: list[tuple[str, str, str]], questions: list[tuple[str, str, str]] | None = None
) -> tuple[dict[str, float | None], dict[str, list[str]]]:
    """Figures and missed for (expected, text, found)."""
    rows = [*held_out, *(questions or [])]
    found = figures(
        Lines(
            tuple((intent, text) for intent, text, _ in held_out),
            tuple((name, text) for name, text, _ in questions or []),
        ),
        [Prediction(intent, 0.5) for _, _, intent in rows],
        Conversations(4, ("Small talk; intent: greet, predicted thank",)),
        SEARCHING,
    )
    return dict(found.figures), {name: list(cases) for name, cases in found.missed.items()}


def test_accuracy_leaves_nonsense_out() -> None:
    values, missed = measured(
        [
            ("greet", "hello", "greet"),
            ("thank", "shukria", "greet"),
            ("nonsense", "qwxz", "nlu_fallback"),
            ("nonsense", "pfkd", "thank"),
        ]
    )
    assert values["accuracy"] == 1 / 2
    assert values["nonsense_refused"] == 1 / 2
    assert missed["accuracy"] == ["shukria -> greet 0.50"]
    assert missed["nonsense_refused"] == ["pfkd -> thank 0.50"]


def test_danger_is_caught_by_the_intent_or_by_the_net() -> None:
    values, missed = measured(
        [
            ("report_emergency", CAUGHT_BY_THE_NET, "ask_guidance"),
            ("report_emergency", "bachao", "report_emergency"),
            ("report_emergency", IN_NO_NET, "ask_guidance"),
        ]
    )
    assert values["emergency_recall"] == pytest.approx(1 / 3, abs=1e-4)
    assert values["danger_recall"] == pytest.approx(2 / 3, abs=1e-4)
    assert missed["danger_recall"] == [f"{IN_NO_NET} -> ask_guidance 0.50"]


def test_false_alarms_are_a_share_of_calm_lines() -> None:
    values, missed = measured(
        [
            ("greet", "hello", "report_emergency"),
            ("thank", "thanks", "thank"),
            ("report_emergency", "bachao", "report_emergency"),
        ]
    )
    assert values["false_alarms"] == 1 / 2
    assert missed["false_alarms"] == ["hello -> report_emergency 0.50"]


def test_questions_must_reach_the_search_and_are_named_not_quoted() -> None:
    values, missed = measured(
        [],
        [
            ("fed-001", "zero fir", "ask_guidance"),
            ("fed-002", "not understood", "nlu_fallback"),
            ("fed-003", "and then", "goodbye"),
        ],
    )
    assert values["questions_searched"] == pytest.approx(2 / 3, abs=1e-4)
    assert missed["questions_searched"] == ["fed-003 -> goodbye"]


def test_each_story_counts_as_one_conversation() -> None:
    values, missed = measured([])
    assert values["conversations"] == 3 / 4
    assert missed["conversations"] == ["Small talk; intent: greet, predicted thank"]


def test_a_figure_of_nothing_is_none_not_perfect() -> None:
    values, _ = measured([])
    assert values["accuracy"] is None
    assert values["danger_recall"] is None
