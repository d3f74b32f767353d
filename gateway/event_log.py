"""Log lines of counts, times and words from closed lists; never what anybody typed.

`record` is the only door to the gateway's log. A string that is not a plain lower-case name is
replaced, so a slip in a caller cannot leak a message. Where lines go is decided at the start.
"""

import logging
import re
import sys

LOGGER = logging.getLogger("guidebook.gateway")
WITHHELD = "withheld"
_NAME = re.compile(r"[A-Za-z0-9_.:-]{1,60}")


def record(event: str, **fields: int | float | str | None) -> None:
    """Write one line: the event, then `name=value` pairs."""
    LOGGER.info("%s", " ".join([event, *(f"{k}={_plain(v)}" for k, v in fields.items())]))


def record_defect(event: str, error: BaseException) -> None:
    """Write an unexpected exception's type and place. Its message may hold text: left out."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    where = "unknown:0"
    if trace is not None:
        name = trace.tb_frame.f_globals.get("__name__", "unknown")
        where = f"{name}:{trace.tb_lineno}"
    LOGGER.error("%s error=%s where=%s", event, _plain(type(error).__name__), _plain(where))


def start() -> None:
    """Send the log to standard error, where the supervisor keeps it. The program calls it once."""
    logging.basicConfig(
        stream=sys.stderr, level=logging.INFO, format="%(asctime)s %(levelname)s %(message)s"
    )
    for name in ("httpx", "httpcore", "asyncio", "sqlalchemy"):
        logging.getLogger(name).setLevel(logging.WARNING)


def _plain(value: int | float | str | None) -> str:
    if isinstance(value, float):
        return f"{value:.1f}"
    if isinstance(value, str):
        return value if _NAME.fullmatch(value) else WITHHELD
    return "none" if value is None else str(int(value))
