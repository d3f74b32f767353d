"""Keep what officers type out of the logs.

When an action fails, Rasa logs the whole request with the exception; at debug level it logs every
message. Exceptions are cut down to their types, and Rasa never logs at debug while our channel is
open.
"""

from __future__ import annotations

import logging

RASA = "rasa"
# The loggers that print an exception raised around a message.
TALKATIVE = (
    "rasa.core.processor",
    "rasa.core.actions.action",
    "rasa.core.tracker_store",
    "rasa.core.lock_store",
    "sanic.error",
    "asyncio",
)


class TypesOnly(logging.Filter):
    """Let a record through with the types of its exceptions and without their messages."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Shorten the record in place; always keep it."""
        if record.exc_info and record.exc_info[1] is not None:
            record.msg = f"{record.getMessage()} cause={chain_of(record.exc_info[1])}"
            record.args = None
            record.exc_info = None
        record.exc_text = None
        return True


def apply() -> None:
    """Put the filters on, once."""
    logger = logging.getLogger(RASA)
    if logger.getEffectiveLevel() < logging.INFO:
        logger.setLevel(logging.INFO)
        logging.getLogger(__name__).warning(
            "Debug logs would hold what officers type: Rasa logs at INFO instead."
        )
    for name in TALKATIVE:
        logger = logging.getLogger(name)
        if not any(isinstance(held, TypesOnly) for held in logger.filters):
            logger.addFilter(TypesOnly())


def chain_of(error: BaseException) -> str:
    """Return the types of an exception and of those that caused it, outermost first."""
    names = []
    current: BaseException | None = error
    while current is not None:
        names.append(type(current).__name__)
        current = current.__cause__ or current.__context__
    return " from ".join(names)
