"""How much and how long: every number that shapes the gateway's behaviour under load or failure.

Times are seconds. Where a number has a reason, it stands beside it. What a deployment may change
(addresses, Rasa's time limit, retention) is guidebook.settings'.
"""

from dataclasses import dataclass

TEXT_CHARACTERS = 2000


@dataclass(frozen=True)
class Bounds:
    """The gateway's bounds; tests make their own."""

    danger_wait: float = 4.0
    """With first steps already in hand nobody should wait the full time for the rest."""
    wipe_wait: float = 10.0
    health_wait: float = 2.0
    warm_up: float = 180.0
    """How long after the start an unreachable Rasa counts as still loading; 75 s was measured."""
    purge_every: float = 60.0
    lock_wait: float = 2.0
    """For the database. First steps must not wait longer than this for a stuck disk."""
    turns_at_once: int = 40
    """At about 25 turns a second the wait stays under two seconds; the rest is refused at once."""
    session_burst: float = 60.0
    session_per_second: float = 1.0
    address_burst: float = 60.0
    address_per_second: float = 1.0
    """Messages of one client address. A workshop's phones have an address each."""
    new_sessions_burst: float = 20.0
    new_sessions_per_second: float = 20 / 60
    """New sessions of one client address: somebody who drops cookies gets no fresh bucket."""
    overall_burst: float = 200.0
    overall_per_second: float = 100.0
    body_bytes: int = 64 * 1024
    """2000 characters take at most 24 KB of escaped JSON."""
    body_wait: float = 10.0
    corpus_look_every: float = 3.0
    """Looking for changed documents takes 7 ms for a hundred files."""
    compress_from_bytes: int = 1024
    """Below one packet's worth nothing is won."""
