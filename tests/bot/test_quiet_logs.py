"""Nothing an officer types reaches a log, also when things break."""

from __future__ import annotations

import logging

import pytest
from loopback import Loopback, body_of

from bot import quiet_logs

MARK = "zz words that must stay private zz"


@pytest.mark.parametrize("behaviour", ["answer", "fail", "malformed", "silent"])
def test_no_text_in_any_record(
    bot: Loopback,
    caplog: pytest.LogCaptureFixture,
    capfd: pytest.CaptureFixture[str],
    behaviour: str,
) -> None:
    bot.actions.behaviour = behaviour
    conversation = bot.new_id()
    for text in (MARK, f"/greet {MARK}", f'/nothing{{"a": "{MARK}"}}'):
        bot.say(text, conversation)
    bot.post("messages", body_of(MARK, "no such id!", "m"))
    records = [logging.Formatter().format(record) for record in caplog.records]
    out = "".join(capfd.readouterr())
    assert not [line for line in [*records, out] if MARK in line]
    if behaviour == "fail":
        assert any("cause=RasaException from ClientResponseError" in line for line in records)


def test_debug_logs_are_turned_down(monkeypatch: pytest.MonkeyPatch) -> None:
    logger = logging.getLogger("rasa")
    before = logger.level
    try:
        logger.setLevel(logging.DEBUG)
        quiet_logs.apply()
        assert logger.getEffectiveLevel() == logging.INFO
    finally:
        logger.setLevel(before)


def test_an_exception_becomes_its_types() -> None:
    try:
        try:
            raise ValueError(MARK)
        except ValueError as cause:
            raise KeyError(MARK) from cause
    except KeyError as error:
        record = logging.LogRecord(
            "x", logging.ERROR, "", 0, "an action failed", (), (KeyError, error, None)
        )
    assert quiet_logs.TypesOnly().filter(record)
    assert logging.Formatter().format(record) == "an action failed cause=KeyError from ValueError"
