"""Start and stop the three processes of one run, under supervisord, which restarts a dead one.

`make serve` and the end-to-end tests use the same Stack, so that what is tested is what is served.
"""

import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from dataclasses import replace
from pathlib import Path
from types import TracebackType
from typing import Self

from deploy import run_config
from deploy.ports import free_port, require_free
from deploy.run_config import Ports
from guidebook.errors import SettingsError
from guidebook.settings import Settings

POLL_S = 0.5
STOP_S = 30
"""More than the three programs may take together, one after another (run_config.py)."""


class Stack:
    """One run. `settings.port` 0 means any free port."""

    def __init__(self, settings: Settings, model: Path) -> None:
        self.ports = Ports(settings.port or free_port(), free_port(), free_port())
        self.settings = replace(settings, port=self.ports.gateway)
        self._model = model
        self._supervisor: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        """Where the page is."""
        wildcard = self.settings.host in ("0.0.0.0", "::")  # noqa: S104  # not bound here
        host = "127.0.0.1" if wildcard else self.settings.host
        return f"http://{host}:{self.ports.gateway}"

    def start(self) -> None:
        """Start everything; SettingsError when the port or the folder cannot be used."""
        require_free(self.settings.host, self.ports.gateway)
        config = run_config.write(self.settings, self.ports, self._model)
        self._supervisor = subprocess.Popen(
            [sys.executable, "-m", "supervisor.supervisord", "-n", "-c", str(config)],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            umask=int(run_config.UMASK, 8),
            start_new_session=True,  # Ctrl-C reaches us first; we stop the others in order
            env={**os.environ, "PYTHONWARNINGS": "ignore"},
        )

    def wait_until(self, path: str, timeout_s: float) -> None:
        """Wait until `path` answers 200; SettingsError when it does not, or supervisord ends."""
        deadline = time.monotonic() + timeout_s
        while not self._answers(path):
            if self._supervisor is not None and self._supervisor.poll() is not None:
                raise SettingsError(f"The processes stopped; read {self.settings.home / 'logs'}.")
            if time.monotonic() > deadline:
                raise SettingsError(
                    f"Not ready after {timeout_s:.0f} s; read {self.settings.home / 'logs'}."
                )
            time.sleep(POLL_S)

    def wait(self) -> None:
        """Wait until supervisord ends."""
        if self._supervisor is not None:
            self._supervisor.wait()

    def is_running(self) -> bool:
        """True until supervisord ends."""
        return self._supervisor is not None and self._supervisor.poll() is None

    def stop(self) -> None:
        """Stop everything and wait for it."""
        if self._supervisor is None:
            return
        self._supervisor.send_signal(signal.SIGTERM)
        try:
            self._supervisor.wait(timeout=STOP_S)
        except subprocess.TimeoutExpired:
            os.killpg(self._supervisor.pid, signal.SIGKILL)
            self._supervisor.wait()
        self._supervisor = None

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()

    def _answers(self, path: str) -> bool:
        return answers(self.url + path)


def answers(url: str) -> bool:
    """True when `url` answers 200."""
    try:
        with urllib.request.urlopen(url, timeout=5) as response:  # noqa: S310  # our own address
            return int(response.status) == 200
    except (urllib.error.URLError, OSError):
        return False
