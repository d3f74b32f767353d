"""The browser of the tests and benchmarks: where it is, and how it starts.

`python -m deploy.chromium` makes sure that Debian's Chromium is there. GUIDEBOOK_CHROMIUM names
another one. QUIET keeps a browser from talking to anybody of its own accord.
"""

import os
import shutil
import subprocess
import sys

from guidebook.errors import SettingsError

SENTENCE = "Chromium is missing; install your system's package `chromium`, then run again."
QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def program() -> str:
    """Where Chromium is; SettingsError when it is not there."""
    named = os.environ.get("GUIDEBOOK_CHROMIUM")
    found = shutil.which(named or "chromium")
    if found is None:
        raise SettingsError(
            f'GUIDEBOOK_CHROMIUM is "{named}"; it must be a program.' if named else SENTENCE
        )
    return found


def arguments(host: str) -> list[str]:
    """QUIET, and `host` is this machine: a name that is no secure context, as an officer's is."""
    return [*QUIET, f"--host-resolver-rules=MAP {host} 127.0.0.1"]


def main() -> int:
    """Install it through apt where we may; else one sentence and exit code 2."""
    if os.environ.get("GUIDEBOOK_CHROMIUM") or shutil.which("chromium"):
        return 0
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        print(SENTENCE, file=sys.stderr)
        return 2
    print("Installing Chromium for the browser tests ...", flush=True)
    for command in (("update",), ("install", "-y", "--no-install-recommends", "chromium")):
        subprocess.run(
            ["apt-get", *command],
            check=False,
            env={**os.environ, "DEBIAN_FRONTEND": "noninteractive"},
            stdout=subprocess.DEVNULL,
        )
    if not shutil.which("chromium"):
        print(SENTENCE, file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
