"""Whatever an action does, Rasa gets a reply and no exception."""

import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest
from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.guarded import GuardedAction
from guidebook.errors import EncoderError, SpanError

if TYPE_CHECKING:
    from .conftest import Run


class Raising(GuardedAction):
    """Raises what it was made with."""

    def __init__(self, error: Exception) -> None:
        self.error = error

    def name(self) -> str:
        return "action_raising"

    def reply_to(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> list[dict[str, Any]]:
        raise self.error


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (EncoderError("missing"), "failed_index"),
        (SpanError("moved"), "failed_index"),
        (RuntimeError("odd"), "failed_internal"),
        (KeyError("x"), "failed_internal"),
        (AssertionError(), "failed_internal"),
        (MemoryError(), "failed_internal"),
        (RecursionError(), "failed_internal"),
    ],
)
def test_an_error_becomes_a_status_and_one_log_line_without_its_text(
    run: "Run", caplog: pytest.LogCaptureFixture, error: Exception, status: str
) -> None:
    turn = run(Raising(error))
    assert turn.reply.status == status
    assert turn.events == ()
    (record,) = caplog.records
    assert record.getMessage() == (
        f"action_failed action=action_raising status={status} error={type(error).__name__}"
    )
    assert record.exc_info is None


def test_the_server_finds_exactly_the_actions_of_the_domain() -> None:
    code = (
        "from rasa_sdk.executor import ActionExecutor; executor = ActionExecutor(); "
        "executor.register_package('actions'); print(*sorted(executor.actions))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == [
        "action_acknowledge",
        "action_answer_question",
        "action_change_setting",
        "action_list_documents",
        "action_redraw_card",
        "action_repeat_answer",
        "action_show_source",
        "validate_first_hour_form",
    ]
