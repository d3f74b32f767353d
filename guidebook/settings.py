"""Every setting, read once, typed, checked at start, and printed by `guidebook settings`.

A setting comes from the environment (`GUIDEBOOK_*`, `HOST`, `PORT`) or has the default below.
Thresholds of retrieval are not here: they are fitted and live beside the index with their
provenance. Secrets are files, never settings.
"""

import ipaddress
import re
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Self, get_args
from urllib.parse import urlsplit

from guidebook.errors import SettingsError
from guidebook.vocabulary import Jurisdiction

ROOT = Path(__file__).resolve().parent.parent
ORIGIN = re.compile(
    r"https?://(?:[a-z0-9_](?:[a-z0-9._-]*[a-z0-9_])?|\[[0-9a-f:.]+\])(?::\d{1,5})?"
)
HOST_NAME = re.compile(r"[a-z0-9_](?:[a-z0-9._-]*[a-z0-9_])?")


@dataclass(frozen=True)
class Settings:
    """All settings. Paths are absolute."""

    home: Path
    corpus: Path
    index: Path
    encoder: Path
    widget: Path
    host: str
    port: int
    metrics_port: int
    allowed_hosts: tuple[str, ...]
    origins: tuple[str, ...]
    rasa_url: str
    actions_url: str
    rasa_timeout_s: float
    retention_hours: float
    jurisdiction: Jurisdiction
    database_url: str
    redis_url: str
    proxies: tuple[str, ...]

    @classmethod
    def from_environ(cls, environ: Mapping[str, str]) -> Self:
        """Read `environ`; SettingsError names the variable, its value and what it must be."""
        return cls(
            home=_path(environ, "GUIDEBOOK_HOME", ROOT / "var"),
            corpus=_path(environ, "GUIDEBOOK_CORPUS", ROOT / "corpus"),
            index=_path(environ, "GUIDEBOOK_INDEX", ROOT / "index"),
            encoder=_path(environ, "GUIDEBOOK_ENCODER", ROOT / "models" / "encoder"),
            widget=_path(environ, "GUIDEBOOK_WIDGET", ROOT / "widget"),
            host=environ.get("HOST") or "127.0.0.1",
            port=_port(environ, "PORT", 8080),
            metrics_port=_port(environ, "GUIDEBOOK_METRICS_PORT", 0),
            allowed_hosts=_host_names(environ, "GUIDEBOOK_ALLOWED_HOSTS"),
            origins=_origins(environ, "GUIDEBOOK_ORIGINS"),
            rasa_url=_url(environ, "GUIDEBOOK_RASA_URL", "http://127.0.0.1:5005"),
            actions_url=_url(environ, "GUIDEBOOK_ACTIONS_URL", "http://127.0.0.1:5055"),
            rasa_timeout_s=_number(environ, "GUIDEBOOK_RASA_TIMEOUT_S", 20, low=0.1, high=300),
            retention_hours=_number(environ, "GUIDEBOOK_RETENTION_HOURS", 24, low=0.01, high=24),
            jurisdiction=_jurisdiction(environ),
            database_url=_server(environ, "GUIDEBOOK_DATABASE_URL", "postgresql"),
            redis_url=_server(environ, "GUIDEBOOK_REDIS_URL", "redis"),
            proxies=_addresses(environ, "GUIDEBOOK_PROXIES"),
        )

    def lines(self) -> list[str]:
        """One `name = value` line a setting."""
        return [f"{field.name} = {getattr(self, field.name)}" for field in fields(self)]


def _path(environ: Mapping[str, str], name: str, default: Path) -> Path:
    value = environ.get(name)
    return default if not value else Path(value).expanduser().resolve()


def _number(
    environ: Mapping[str, str], name: str, default: float, *, low: float, high: float
) -> float:
    value = environ.get(name)
    if not value:
        return default
    try:
        number = float(value)
    except ValueError:
        number = float("nan")
    if not low <= number <= high:
        raise SettingsError(f'{name} is "{value}"; it must be a number from {low:g} to {high:g}.')
    return number


def _port(environ: Mapping[str, str], name: str, default: int) -> int:
    number = _number(environ, name, default, low=0, high=65535)
    if number != int(number):
        raise SettingsError(f'{name} is "{environ[name]}"; it must be a whole number.')
    return int(number)


def _host_names(environ: Mapping[str, str], name: str) -> tuple[str, ...]:
    """Names and addresses without port, in lower case. No patterns: `*` would allow every name."""
    value = environ.get(name) or ""
    names = [part.strip().strip("[]").rstrip(".").lower() for part in value.split(",")]
    found = tuple(dict.fromkeys(part for part in names if part))
    if not all(HOST_NAME.fullmatch(part) or _is_address(part) for part in found):
        raise SettingsError(
            f'{name} is "{value}"; it must be host names or addresses, '
            "without port or pattern, separated by commas."
        )
    return found


def _origins(environ: Mapping[str, str], name: str) -> tuple[str, ...]:
    """Origins as browsers write them: scheme, host, port where it is not the usual one."""
    value = environ.get(name) or ""
    found = tuple(dict.fromkeys(part.strip().lower() for part in value.split(",") if part.strip()))
    if not all(ORIGIN.fullmatch(part) for part in found):
        raise SettingsError(
            f'{name} is "{value}"; it must be origins such as https://portal.example.org '
            "or http://10.0.0.5:8081, without path or pattern, separated by commas."
        )
    return found


def _is_address(text: str) -> bool:
    try:
        ipaddress.ip_address(text)
    except ValueError:
        return False
    return True


def _url(environ: Mapping[str, str], name: str, default: str) -> str:
    value = environ.get(name) or default
    if not value.startswith(("http://", "https://")):
        raise SettingsError(f'{name} is "{value}"; it must start with http:// or https://.')
    return value.rstrip("/")


def _server(environ: Mapping[str, str], name: str, scheme: str) -> str:
    """A server several machines share, or nothing. A password in it would stand in every listing
    of processes: it is a file under `secrets/` of the home."""
    value = environ.get(name) or ""
    try:
        parts = urlsplit(value)
        usable = not value or (parts.scheme == scheme and parts.password is None)
    except ValueError:
        usable = False
    if not usable:
        raise SettingsError(
            f"{name} must start with {scheme}:// and hold no password; "
            "put that into a file under secrets/ of the home."
        )
    return value


def _addresses(environ: Mapping[str, str], name: str) -> tuple[str, ...]:
    value = environ.get(name) or ""
    found = tuple(dict.fromkeys(part.strip() for part in value.split(",") if part.strip()))
    if not all(_is_address(part) for part in found):
        raise SettingsError(f'{name} is "{value}"; it must be addresses, separated by commas.')
    return found


def _jurisdiction(environ: Mapping[str, str]) -> Jurisdiction:
    value = environ.get("GUIDEBOOK_PROVINCE") or "kp"
    for known in get_args(Jurisdiction):
        if value == known:
            return known  # type: ignore[no-any-return]  # get_args loses the Literal
    raise SettingsError(
        f'GUIDEBOOK_PROVINCE is "{value}"; it must be one of {", ".join(get_args(Jurisdiction))}.'
    )
