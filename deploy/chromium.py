"""Make sure Debian's Chromium is there for the browser tests: `python -m deploy.chromium`."""

import os
import shutil
import subprocess
import sys

SENTENCE = "Chromium is missing; install your system's package `chromium`, then run again."


def main() -> int:
    """Install it through apt where we may; else one sentence and exit code 2."""
    if shutil.which("chromium"):
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
