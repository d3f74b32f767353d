"""Each patch hits its target, and says so by name when the target is not there."""

from __future__ import annotations

import types
from collections.abc import Iterator

import pytest
import rasa.core.actions.action as rasa_action
import rasa.shared.utils.common as rasa_common
from jsonschema import ValidationError
from rasa.shared.core.events import Event, SlotSet
from rasa.shared.core.slots import Slot

from bot import tuning
from bot.errors import TuningTargetMissingError


@pytest.fixture(autouse=True)
def as_before() -> Iterator[None]:
    check = rasa_action.RemoteAction._validate_action_result
    walk = rasa_common.all_subclasses
    timeout = rasa_action.DEFAULT_REQUEST_TIMEOUT
    yield
    rasa_action.RemoteAction._validate_action_result = check
    rasa_common.all_subclasses = walk
    rasa_action.DEFAULT_REQUEST_TIMEOUT = timeout


def test_schema_check_accepts_and_refuses_as_before() -> None:
    tuning.reuse_schema_check()
    action = rasa_action.RemoteAction("action_answer_question", None)
    good = {"events": [{"event": "slot", "name": "context", "value": None}], "responses": [{}]}
    assert action._validate_action_result(good)
    for bad in ({"events": "private words"}, {"events": [{"event": 1}]}, {"responses": ["x"]}, []):
        with pytest.raises(ValidationError) as caught:
            action._validate_action_result(bad)
        assert "private words" not in str(caught.value)


def test_event_classes_are_walked_once() -> None:
    walked = []

    def walk(cls: type) -> list[type]:
        walked.append(cls)
        return [SlotSet]

    rasa_common.all_subclasses = walk
    tuning.remember_event_classes()
    tuning.remember_event_classes()
    for _ in range(3):
        assert rasa_common.all_subclasses(Event) == [SlotSet]
        assert Event.resolve_by_type("slot") is SlotSet
    assert walked == [Event]
    rasa_common.all_subclasses(Slot)
    assert walked == [Event, Slot]


def test_action_time_is_limited() -> None:
    tuning.limit_action_time(1.5)
    assert rasa_action.DEFAULT_REQUEST_TIMEOUT == 1.5
    assert "DEFAULT_REQUEST_TIMEOUT" in rasa_action.RemoteAction.run.__code__.co_names


@pytest.mark.parametrize(
    ("owner", "name", "patch"),
    [
        (rasa_action, "RemoteAction", tuning.reuse_schema_check),
        (rasa_common, "all_subclasses", tuning.remember_event_classes),
        (rasa_action, "DEFAULT_REQUEST_TIMEOUT", lambda: tuning.limit_action_time(1)),
    ],
)
def test_a_moved_target_is_named(
    monkeypatch: pytest.MonkeyPatch, owner: types.ModuleType, name: str, patch: object
) -> None:
    monkeypatch.delattr(owner, name)
    with pytest.raises(TuningTargetMissingError, match=name):
        patch()  # type: ignore[operator]
    monkeypatch.undo()


def test_rasa_is_the_version_that_was_measured() -> None:
    import rasa

    assert rasa.__version__ == "3.6.21"
