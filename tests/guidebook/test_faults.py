"""A fault reads as one line: where, what, and how to mend it."""

from pathlib import Path

import pytest
from pydantic import ValidationError

from guidebook.document_schema import WhenSchema
from guidebook.faults import Fault, faults_of, line_of, line_of_field

BLOCK = "id: a\nwhen:\n  phase: later\n- {order: 3}\n"


def test_a_fault_prints_path_line_field_value_and_remedy() -> None:
    fault = Fault(Path("corpus/a.md"), 3, "reviewed", "last May", "write a date as 2026-05-12.")
    assert str(fault) == "corpus/a.md:3: reviewed is 'last May': write a date as 2026-05-12."


def test_a_long_value_is_shown_by_its_first_57_characters() -> None:
    at_limit, over = "x" * 60, "x" * 61
    assert f"'{at_limit}'" in str(Fault(Path("a"), 1, "f", at_limit, "r"))
    assert f"'{'x' * 57}...'" in str(Fault(Path("a"), 1, "f", over, "r"))


@pytest.mark.parametrize(("offset", "line"), [(0, 1), (1, 1), (2, 2), (3, 3)])
def test_lines_are_counted_from_one(offset: int, line: int) -> None:
    assert line_of("a\n\nb", offset) == line


@pytest.mark.parametrize(
    ("field", "line"), [("id", 10), ("phase", 10 + 2), ("order", 10 + 3), ("absent", 10)]
)
def test_a_fields_line_is_found_in_its_block(field: str, line: int) -> None:
    assert line_of_field(BLOCK, field, first_line=10) == line


def test_every_mistake_in_a_block_is_one_fault() -> None:
    block = "phase: never\norder: 100\n"
    with pytest.raises(ValidationError) as caught:
        WhenSchema.model_validate({"phase": "never", "order": 100})
    assert [str(fault) for fault in faults_of(caught.value, Path("a.md"), block, 5)] == [
        "a.md:5: phase is 'never': Input should be 'first_hour', 'first_day' or 'later'.",
        "a.md:6: order is '100': Input should be less than or equal to 99.",
        "a.md:5: cases is 'missing': add it.",
    ]
