"""Who may go on now: requests a second, for one session and for all together.

Token buckets in memory: the gateway is one process, and a restart that forgets them is harmless.
How many turns run at once is turns.py's; how large a body may be is body_limit.py's.
"""

from collections.abc import Callable
from dataclasses import dataclass

from gateway.bounds import Bounds
from gateway.errors import TOO_MANY, Problem

SWEEP_AT = 2048


@dataclass
class Bucket:
    """Fills at `per_second` up to `burst`; each request takes one."""

    burst: float
    per_second: float
    level: float
    at: float

    def take(self, now: float) -> float:
        """Take one; 0 when there was one, else the seconds until there will be."""
        self.level = min(self.burst, self.level + max(0.0, now - self.at) * self.per_second)
        self.at = now
        if self.level >= 1:
            self.level -= 1
            return 0.0
        return (1 - self.level) / self.per_second

    def is_full(self, now: float) -> bool:
        """True when the bucket says no more than a new one would."""
        return self.level + (now - self.at) * self.per_second >= self.burst


class Limits:
    """The buckets. `monotonic` is a clock that never goes back."""

    def __init__(self, bounds: Bounds, monotonic: Callable[[], float]) -> None:
        self._bounds = bounds
        self._monotonic = monotonic
        self._overall = Bucket(
            bounds.overall_burst, bounds.overall_per_second, bounds.overall_burst, monotonic()
        )
        self._sessions: dict[str, Bucket] = {}

    def admit(self) -> Problem | None:
        """Admit one request of anybody, or say when to come back."""
        wait = self._overall.take(self._monotonic())
        return TOO_MANY.after(wait) if wait else None

    def admit_session(self, key: str) -> Problem | None:
        """Admit one message of this session, or say when to come back."""
        now = self._monotonic()
        bucket = self._sessions.get(key)
        if bucket is None:
            if len(self._sessions) >= SWEEP_AT:
                self._sweep(now)
            burst = self._bounds.session_burst
            bucket = Bucket(burst, self._bounds.session_per_second, burst, now)
            self._sessions[key] = bucket
        wait = bucket.take(now)
        return TOO_MANY.after(wait) if wait else None

    def _sweep(self, now: float) -> None:
        self._sessions = {k: b for k, b in self._sessions.items() if not b.is_full(now)}
