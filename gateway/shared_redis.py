"""The connection to the Redis that cells share. Its password, when it has one, is a file."""

from pathlib import Path

from redis.asyncio import Redis
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff

from guidebook.errors import SettingsError

PATIENCE_S = 0.5
"""Redis is a courtesy between cells: a turn does not wait longer for it."""


def open_redis(url: str, home: Path) -> Redis:
    """A client that connects when first asked; SettingsError when the address is none."""
    password_file = home / "secrets" / "redis"
    try:
        password = password_file.read_text("utf-8").strip() if password_file.is_file() else None
        client: Redis = Redis.from_url(
            url,
            password=password,
            socket_timeout=PATIENCE_S,
            socket_connect_timeout=PATIENCE_S,
            retry=Retry(NoBackoff(), 1),  # an idle connection may have been closed; once is enough
            decode_responses=True,
        )
    except (ValueError, OSError) as error:
        raise SettingsError(
            f"GUIDEBOOK_REDIS_URL or {password_file} cannot be used ({type(error).__name__}); "
            "the address is redis://host:port/number."
        ) from None
    return client
