"""Make three parts of Rasa 3.6.21 faster or firmer.

73 % of an action turn was Rasa checking a JSON schema against itself; a hanging action server held
a turn for 300 seconds. Each patch looks for its target first and says by name when it is not there:
Rasa is pinned, and whoever moves the pin must look here. The fourth cost, Rasa's one-second wait
between looks at a lock, needs no patch: turns.py takes the lock itself.
"""

from __future__ import annotations

import functools
from typing import Any

import rasa.core.actions.action as rasa_action
import rasa.shared.utils.common as rasa_common
from jsonschema import Draft202012Validator, ValidationError
from rasa.shared.core.events import Event

from bot.errors import TuningTargetMissingError


def apply(action_timeout: float) -> None:
    """Put every patch in place. Doing so twice changes nothing."""
    reuse_schema_check()
    remember_event_classes()
    limit_action_time(action_timeout)


def reuse_schema_check() -> None:
    """Build the validator of action server responses once, not on every call."""
    remote = _target(rasa_action, "RemoteAction")
    _target(remote, "_validate_action_result")
    validator = Draft202012Validator(_target(remote, "action_response_format_spec")())

    def validate_action_result(_self: Any, response: dict[str, Any]) -> bool:
        # The message stays short: the response holds what was asked and answered.
        for fault in validator.iter_errors(response):
            raise ValidationError(f"The action server's response is not valid: {fault.validator}")
        return True

    remote._validate_action_result = validate_action_result


def remember_event_classes() -> None:
    """Walk the tree of event classes once; Rasa walks it for every event it reads."""
    walk = _target(rasa_common, "all_subclasses")
    if hasattr(walk, "remembered"):
        return
    remembered: dict[type, list[Any]] = {}

    @functools.wraps(walk)
    def all_subclasses(cls: Any) -> list[Any]:
        if cls is not Event:
            found: list[Any] = walk(cls)
            return found
        if cls not in remembered:
            remembered[cls] = walk(cls)
        return remembered[cls]

    all_subclasses.remembered = remembered  # type: ignore[attr-defined]
    rasa_common.all_subclasses = all_subclasses


def limit_action_time(seconds: float) -> None:
    """Give up on an action server that hangs, while the officer still waits."""
    _target(rasa_action, "DEFAULT_REQUEST_TIMEOUT")
    rasa_action.DEFAULT_REQUEST_TIMEOUT = seconds


def _target(owner: Any, name: str) -> Any:
    if not hasattr(owner, name):
        owner_name = getattr(owner, "__name__", str(owner))
        raise TuningTargetMissingError(
            f"{owner_name} has no {name}: this is not Rasa 3.6.21. Pin it again, "
            "or adapt bot/tuning.py."
        )
    return getattr(owner, name)
