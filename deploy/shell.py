"""Talk to the bot in the terminal: `python -m deploy.shell` (what `make shell` ends in).

`rasa shell` listens on every interface and writes into the live store; this gives it loopback, a
free port and a store of its own, and an action server for as long as the talk lasts.
"""

import os
import subprocess
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path

from deploy import run_config
from deploy.ports import free_port
from deploy.run_config import QUIET_RASA, RASA_PYTHON, Ports
from deploy.stack import answers
from deploy.training import LIVE
from guidebook.errors import GuidebookError
from guidebook.settings import ROOT, Settings


def main() -> int:
    """Run until the person stops it."""
    try:
        with tempfile.TemporaryDirectory(prefix="guidebook-shell-") as home:
            settings = replace(Settings.from_environ(os.environ), home=Path(home))
            return _talk(settings, Ports(free_port(), free_port(), free_port()))
    except GuidebookError as error:
        print(error, file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        return 0


def _talk(settings: Settings, ports: Ports) -> int:
    run_config.write(settings, ports, LIVE)
    environment = {**os.environ, **QUIET_RASA, "GUIDEBOOK_HOME": str(settings.home)}
    actions = subprocess.Popen(
        [sys.executable, "-m", "actions", "--port", str(ports.actions)],
        cwd=ROOT,
        env=environment,
        stderr=subprocess.DEVNULL,
    )
    try:
        print("Opening the library ...", flush=True)
        while actions.poll() is None and not answers(f"http://127.0.0.1:{ports.actions}/health"):
            time.sleep(0.5)
        command = [str(RASA_PYTHON), "-m", "rasa", "shell", "--model", str(LIVE)]
        command += ["--interface", "127.0.0.1", "--port", str(ports.rasa)]
        command += ["--endpoints", str(settings.home / "run" / "endpoints.yml")]
        return subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode
    finally:
        actions.terminate()
        actions.wait()


if __name__ == "__main__":
    raise SystemExit(main())
