"""The log takes counts, times and plain names; anything that could be text is withheld."""

import logging

import pytest

from gateway import event_log


@pytest.fixture(autouse=True)
def _at_info(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)


def test_a_line_is_the_event_and_its_fields(caplog: pytest.LogCaptureFixture) -> None:
    event_log.record("turn", first="told_greeting", replies=1, took_ms=12.345, reason=None)
    assert caplog.messages == ["turn first=told_greeting replies=1 took_ms=12.3 reason=none"]


@pytest.mark.parametrize("value", ["two words", "نام", "a\nb", "x" * 61, "", "a=b"])
def test_a_string_that_could_be_text_is_withheld(
    caplog: pytest.LogCaptureFixture, value: str
) -> None:
    event_log.record("turn", first=value)
    assert caplog.messages == ["turn first=withheld"]


def test_a_defect_is_its_type_and_place_and_not_its_message(
    caplog: pytest.LogCaptureFixture,
) -> None:
    try:
        raise ValueError("zebra 42101-1234567-1")
    except ValueError as error:
        event_log.record_defect("defect", error)
    (line,) = caplog.messages
    assert line.startswith("defect error=ValueError where=test_gateway_event_log:")
    assert "zebra" not in caplog.text
