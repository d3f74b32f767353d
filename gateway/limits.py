"""Who may go on now: requests a second, for one session, one address, and all together.

Token buckets in memory: a restart that forgets them is harmless. Several cells share what counts
for an address (shared_limits.py). A loopback address has no bucket: it is this machine itself, or
a proxy in front of many. Places are for messages in hand: the one too many is refused before it
costs a look into the database. How many turns run at once is turns.py's; how large a body may be
is body_limit.py's.
"""

import ipaddress
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Protocol

from starlette.requests import HTTPConnection

from gateway.bounds import Bounds
from gateway.errors import BUSY, TOO_MANY, TOO_MANY_NEW, Problem

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


class Buckets:
    """One bucket a key, made full on first use and dropped when it is full again."""

    def __init__(self, burst: float, per_second: float, monotonic: Callable[[], float]) -> None:
        self.burst = burst
        self.per_second = per_second
        self._monotonic = monotonic
        self._buckets: dict[str, Bucket] = {}

    def __len__(self) -> int:
        return len(self._buckets)

    def take(self, key: str) -> float:
        """Take one from the key's bucket; see Bucket.take."""
        now = self._monotonic()
        bucket = self._buckets.get(key)
        if bucket is None:
            if len(self._buckets) >= SWEEP_AT:
                self._buckets = {k: b for k, b in self._buckets.items() if not b.is_full(now)}
            bucket = Bucket(self.burst, self.per_second, self.burst, now)
            self._buckets[key] = bucket
        return bucket.take(now)


class AddressBuckets(Protocol):
    """Buckets that may stand elsewhere."""

    async def take(self, key: str) -> float: ...


class OwnBuckets:
    """Buckets of this process, where others might be shared."""

    def __init__(self, _: str, buckets: Buckets) -> None:
        self._buckets = buckets

    async def take(self, key: str) -> float:
        """Take one from the key's bucket; see Bucket.take."""
        return self._buckets.take(key)


class Limits:
    """The buckets. `monotonic` is a clock that never goes back.

    `share` makes of an address' buckets, by their kind, what stands between cells.
    """

    def __init__(
        self,
        bounds: Bounds,
        monotonic: Callable[[], float],
        share: Callable[[str, Buckets], AddressBuckets] = OwnBuckets,
    ) -> None:
        self._overall = Buckets(bounds.overall_burst, bounds.overall_per_second, monotonic)
        self._sessions = Buckets(bounds.session_burst, bounds.session_per_second, monotonic)
        self._addresses = share(
            "address", Buckets(bounds.address_burst, bounds.address_per_second, monotonic)
        )
        self._new_sessions = share(
            "new_session",
            Buckets(bounds.new_sessions_burst, bounds.new_sessions_per_second, monotonic),
        )
        self.places = Places(bounds.turns_at_once)

    def admit(self) -> Problem | None:
        """Admit one request of anybody, or say when to come back."""
        return _refusal(self._overall.take("all"), TOO_MANY)

    def admit_session(self, key: str) -> Problem | None:
        """Admit one message of this session, or say when to come back."""
        return _refusal(self._sessions.take(key), TOO_MANY)

    async def admit_address(self, address: str | None) -> Problem | None:
        """Admit one message from this address, or say when to come back."""
        return None if address is None else _refusal(await self._addresses.take(address), TOO_MANY)

    async def admit_new_session(self, address: str | None) -> Problem | None:
        """Admit one new session from this address, or say when to come back."""
        if address is None:
            return None
        return _refusal(await self._new_sessions.take(address), TOO_MANY_NEW)


class Places:
    """Holds a place for each message in hand; a repeat of one shares its place."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._taken: Counter[str] = Counter()

    @contextmanager
    def take(self, message_id: str) -> Iterator[Problem | None]:
        """A place for as long as the message is in hand, or why there is none."""
        if len(self._taken) >= self._most and message_id not in self._taken:
            yield BUSY
            return
        self._taken[message_id] += 1
        try:
            yield None
        finally:
            self._taken[message_id] -= 1
            if not self._taken[message_id]:
                del self._taken[message_id]


def address_of(connection: HTTPConnection) -> str | None:
    """The client's address; None when it says nothing about who asks."""
    host = connection.client.host if connection.client else ""
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return None  # a socket file has no address
    mapped = getattr(address, "ipv4_mapped", None)
    address = mapped or address
    return None if address.is_loopback else str(address)


def _refusal(wait: float, problem: Problem) -> Problem | None:
    return problem.after(wait) if wait else None
