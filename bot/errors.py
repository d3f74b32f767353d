"""The failures this folder names.

BotError
├── EncoderMissingError       a file of the exported encoder is not there
├── EncoderChangedError       the model was trained with another encoder
├── TuningTargetMissingError  a part of Rasa that we patch is not where we expect it
├── SecretMissingError        the channel has no secret to compare with
├── StoreUnavailableError     the tracker store cannot be read or written
└── MalformedRequestError     the gateway sent something we do not accept

Every message names the thing and the next step. No message holds what an officer typed.
"""

from __future__ import annotations

from rasa.shared.exceptions import RasaException


class BotError(RasaException):
    """Base of all failures named here."""


class EncoderMissingError(BotError):
    """A file of the exported encoder is not there."""


class EncoderChangedError(BotError):
    """The model was trained with another encoder than the one on disk."""


class TuningTargetMissingError(BotError):
    """A part of Rasa that we patch is not where we expect it."""


class SecretMissingError(BotError):
    """The channel has no secret to compare with."""


class StoreUnavailableError(BotError):
    """The tracker store cannot be read or written."""


class MalformedRequestError(BotError):
    """The gateway sent something we do not accept."""

    def __init__(self, error: str, next_step: str, status: int = 400) -> None:
        """Keep a short name of the fault, what to do next, and the HTTP status."""
        super().__init__(f"{error}: {next_step}")
        self.error = error
        self.next_step = next_step
        self.status = status
