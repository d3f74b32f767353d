"""`python -m gateway`: serve the page and the API on HOST:PORT until told to stop.

A setting that cannot be used, a port in use, a folder that cannot be written: one sentence on
standard error and exit code 2. New files are readable by their owner alone.
"""

import errno
import os
import socket
import sys
import threading
from contextlib import suppress

import uvicorn

from gateway import event_log, metrics, page
from gateway.app import create_app
from guidebook.errors import GuidebookError, SettingsError
from guidebook.settings import Settings

GRACE_SECONDS = 10


def main() -> int:
    """Run the gateway; the exit code."""
    os.umask(0o077)
    event_log.start()
    try:
        settings = Settings.from_environ(os.environ)
        listener = listen(settings.host, settings.port)
        app = create_app(settings)
        if settings.metrics_port:
            metrics.serve(app.state.metrics, settings.metrics_port)
    except GuidebookError as error:
        sys.stderr.write(f"{error}\n")
        return 2
    # Rasa takes longer to load; a visitor before it is done gets the page a little larger.
    first_visit = page.first_visit(settings.widget)
    threading.Thread(target=app.state.packed.pack, args=(first_visit,), daemon=True).start()
    config = uvicorn.Config(
        app,
        access_log=False,  # a line a request would tell when an officer asked
        server_header=False,
        proxy_headers=bool(settings.proxies),
        forwarded_allow_ips=list(settings.proxies),
        log_config=None,
        timeout_graceful_shutdown=GRACE_SECONDS,
    )
    event_log.record("listening", port=listener.getsockname()[1])
    with suppress(KeyboardInterrupt):  # Ctrl-C is how it is meant to end
        uvicorn.Server(config).run(sockets=[listener])
    return 0


def listen(host: str, port: int) -> socket.socket:
    """A listening socket; SettingsError in one sentence when the address cannot be had."""
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        listener = socket.socket(family, kind, protocol)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(address)
        listener.listen(1024)
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            raise SettingsError(
                f"Port {port} on {host} is in use; stop the other program or set PORT to another."
            ) from None
        raise SettingsError(
            f"HOST {host}, PORT {port} cannot be listened on ({error.strerror}); set others."
        ) from None
    return listener


if __name__ == "__main__":
    sys.exit(main())
