"""Buckets that all cells fill and empty together, kept in Redis; without it each cell has its own.

Only what one address may do is shared: a session stays at one cell, and how much a cell can carry
is its own matter. An address is kept as a keyed digest, and only until its bucket is full again.
"""

import hmac
import math

from redis.asyncio import Redis
from redis.exceptions import RedisError

from gateway import event_log
from gateway.limits import Buckets

# One token bucket a key, by the server's clock, in one step that nobody can get between.
TAKE = """
local burst, rate, life = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3])
local clock = redis.call('TIME')
local now = tonumber(clock[1]) + tonumber(clock[2]) / 1000000
local kept = redis.call('HMGET', KEYS[1], 'level', 'at')
local level, at = tonumber(kept[1]) or burst, tonumber(kept[2]) or now
level = math.min(burst, level + math.max(0, now - at) * rate)
local wait = 0
if level >= 1 then level = level - 1 else wait = (1 - level) / rate end
redis.call('HSET', KEYS[1], 'level', tostring(level), 'at', string.format('%.6f', now))
redis.call('EXPIRE', KEYS[1], life)
return tostring(wait)
"""


class SharedBuckets:
    """Buckets of one kind; `own` has the same size and stands in when Redis does not answer."""

    def __init__(self, redis: Redis, secret: str, kind: str, own: Buckets) -> None:
        self._take = redis.register_script(TAKE)
        self._kind = kind
        self._secret = secret.encode("ascii")
        self._own = own

    async def take(self, key: str) -> float:
        """Take one from the key's bucket; 0, or the seconds until there will be one."""
        burst, rate = self._own.burst, self._own.per_second
        digest = hmac.new(self._secret, key.encode(), "sha256").hexdigest()[:32]
        try:
            waited = await self._take(
                keys=[f"guidebook:{self._kind}:{digest}"],
                args=[burst, rate, math.ceil(burst / rate) + 1],
            )
            return float(waited)
        except (RedisError, OSError) as error:
            event_log.record_defect("limit_not_shared", error)
            return self._own.take(key)
