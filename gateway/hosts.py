"""Under which names the gateway answers: a foreign Host is refused.

Without this a page elsewhere could point its own name at this machine and speak to it from the
officer's browser. Loopback names and HOST always count, then the names of the setting. Where HOST
is every address and no name was given, so do this machine's own names and addresses, and any
private IPv4 address: a page elsewhere cannot take one for its name.
"""

import ipaddress
import socket

from anyio import to_thread
from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from gateway.errors import WRONG_HOST
from gateway.refusals import Refusals
from guidebook.settings import Settings

LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})
EVERYWHERE = frozenset({"0.0.0.0", "::"})  # noqa: S104  # compared, not bound


class Hosts:
    """The names that count."""

    def __init__(self, settings: Settings) -> None:
        self._open = settings.host in EVERYWHERE and not settings.allowed_hosts
        self._names = LOOPBACK | {*settings.allowed_hosts, settings.host.lower()} - EVERYWHERE

    async def learn(self) -> None:
        """Find this machine's own names and addresses, where they count. May wait for a network."""
        if self._open:
            own = await to_thread.run_sync(own_names, abandon_on_cancel=True)
            self._names |= own - EVERYWHERE

    def allow(self, host: str) -> bool:
        """True when the gateway answers under this Host header."""
        name = hostname(host)
        return name in self._names or (self._open and _is_private(name))


class HostCheck:
    """Middleware: refuses a Host that does not count."""

    def __init__(self, app: ASGIApp, hosts: Hosts, refusals: Refusals) -> None:
        self._app = app
        self._hosts = hosts
        self._refusals = refusals

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and not self._hosts.allow(_host(scope)):
            response = await self._refusals.response(WRONG_HOST, scope)
            await response(scope, receive, send)
            return
        await self._app(scope, receive, send)


def hostname(host: str) -> str:
    """A Host header without its port, brackets and last dot, in lower case."""
    if host.startswith("["):
        return host[1:].partition("]")[0].lower()
    return host.partition(":")[0].rstrip(".").lower()


def own_names() -> frozenset[str]:
    """What this machine calls itself, and its addresses as far as it can tell."""
    name = socket.gethostname().lower()
    found = {name, f"{name}.local", socket.getfqdn().lower()}
    try:
        found |= {str(entry[4][0]).partition("%")[0] for entry in socket.getaddrinfo(name, None)}
    except OSError:
        return frozenset(found)  # no network: its names still count
    return frozenset(found)


def _host(scope: Scope) -> str:
    given = Headers(scope=scope).getlist("host")
    return given[0] if len(given) == 1 else ""


def _is_private(name: str) -> bool:
    try:
        return ipaddress.IPv4Address(name).is_private
    except ValueError:
        return False
