"""After wrong guesses the door stays shut for a while: for one address soon, for all later.

A guesser in the room shuts only the own address out; the laptop itself, on loopback, has an
account of its own. In memory: the gateway is one process, and a restart takes hands on the laptop.
"""

from collections.abc import Callable
from dataclasses import dataclass

TRIES = 5
TRIES_OF_ALL = 40
SHUT_S = 300.0
ALL = "all"
LAPTOP = "laptop"
MOST_KEPT = 1024


@dataclass
class _Account:
    failures: int = 0
    shut_until: float = float("-inf")


class Lockout:
    """Counts failures. `monotonic` is a clock that never goes back."""

    def __init__(self, monotonic: Callable[[], float]) -> None:
        self._monotonic = monotonic
        self._accounts: dict[str, _Account] = {}

    def wait(self, address: str | None) -> float:
        """Seconds until this address may try; 0 when it may now."""
        now = self._monotonic()
        shut = (self._accounts[key].shut_until for key in _keys(address) if key in self._accounts)
        return max((until - now for until in shut if until > now), default=0.0)

    def failed(self, address: str | None) -> None:
        """Count a wrong guess."""
        now = self._monotonic()
        for key in _keys(address):
            if len(self._accounts) >= MOST_KEPT and key not in self._accounts:
                self._accounts = {k: a for k, a in self._accounts.items() if a.shut_until > now}
            account = self._accounts.setdefault(key, _Account())
            account.failures += 1
            if account.failures >= (TRIES_OF_ALL if key == ALL else TRIES):
                account.failures, account.shut_until = 0, now + SHUT_S

    def passed(self, address: str | None) -> None:
        """Forget this address's failures, and that this guess was counted for all."""
        self._accounts.pop(_keys(address)[0], None)
        if address is not None and (everybody := self._accounts.get(ALL)):
            everybody.failures = max(0, everybody.failures - 1)


def _keys(address: str | None) -> tuple[str, ...]:
    """The laptop is not shut out by what others try."""
    return (LAPTOP,) if address is None else (address, ALL)
