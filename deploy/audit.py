"""Hold both environments' pins against the public list of known faults: `python -m deploy.audit`.

It calls pip-audit, which is fetched for this alone (`pipx run pip-audit`, or one on PATH) and is in
no environment of ours. pip-audit counts a package it could not look up as harmless; here that is a
fault of its own: exit code 2, nothing was proved. 1: known faults. 0: looked at, none known.
"""

import json
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from guidebook.errors import GuidebookError
from guidebook.settings import ROOT

PINS = (ROOT / "requirements" / "app.txt", ROOT / "requirements" / "rasa.txt")


@dataclass(frozen=True)
class Audit:
    """What one file of pins came to."""

    looked_at: int
    skipped: tuple[str, ...]
    known: tuple[str, ...]

    @property
    def exit_code(self) -> int:
        """2 when anything could not be looked up, 1 when anything is known, else 0."""
        return 2 if self.skipped or not self.looked_at else 1 if self.known else 0


def main() -> int:
    """Audit both files; the worst exit code."""
    codes = []
    for pins in PINS:
        try:
            found = read(run(pins))
        except GuidebookError as error:
            print(error, file=sys.stderr)
            return 2
        codes.append(found.exit_code)
        print(f"{pins.name}: {found.looked_at} looked at, {len(found.skipped)} not found")
        for line in found.known:
            print(f"  {line}")
    return max(codes)


def run(pins: Path) -> str:
    """pip-audit's JSON for one file of pins."""
    tool = shutil.which("pip-audit")
    runner = shutil.which("pipx")
    if tool is None and runner is None:
        raise GuidebookError("There is no pip-audit; put one on PATH, or install pipx.")
    start = [tool] if tool else [str(runner), "run", "pip-audit"]
    command = [*start, "-r", str(pins), "--no-deps", "--disable-pip", "-f", "json"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if not done.stdout.strip():
        reason = (done.stderr.strip().splitlines() or ["no output"])[-1]
        raise GuidebookError(f"pip-audit did not look at {pins.name}: {reason}")
    return done.stdout


def read(output: str) -> Audit:
    """What pip-audit's JSON says."""
    items = json.loads(output)["dependencies"]
    skipped = tuple(item["name"] for item in items if "skip_reason" in item)
    known = tuple(
        f"{item['name']} {item['version']}: {', '.join(fault['id'] for fault in item['vulns'])}"
        for item in items
        if item.get("vulns")
    )
    return Audit(len(items) - len(skipped), skipped, known)


if __name__ == "__main__":
    raise SystemExit(main())
