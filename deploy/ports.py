"""Free loopback ports, so that two checkouts, or tests beside a running bot, never collide."""

import socket

from guidebook.errors import SettingsError


def free_port() -> int:
    """A port that was free on loopback a moment ago."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def require_free(host: str, port: int) -> None:
    """SettingsError when something listens on `host:port` already."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise SettingsError(
                f"Port {port} on {host} cannot be used ({error.strerror}); "
                "stop what listens there or run `make serve PORT=8081`."
            ) from error
