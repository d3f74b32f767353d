"""What a benchmark was run on, and where its figures go."""

import os
import platform
import subprocess
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from guidebook.settings import ROOT

RESULTS = ROOT / "benchmarks" / "results"
PLOTS = ROOT / "docs" / "plots"


def here() -> dict[str, Any]:
    """Time, commit, machine and how busy it is now."""
    return {
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "commit": commit(),
        "machine": machine(),
        "load_average": round(os.getloadavg()[0], 1),
    }


def told(kept: dict[str, Any]) -> str:
    """`here` in one sentence."""
    return (
        f"{kept['at'][:10]}, commit {kept['commit']}. {kept['machine']}; "
        f"load average {kept['load_average']}."
    )


def commit() -> str:
    """The commit that was measured."""
    said = ["git", "describe", "--always", "--dirty=, with changes", "--exclude=*"]
    done = subprocess.run(said, cwd=ROOT, capture_output=True, text=True, check=False)
    return done.stdout.strip() or "no commit"


def machine() -> str:
    """The processor and how many cores of it."""
    known = Path("/proc/cpuinfo")
    text = known.read_text(encoding="utf-8") if known.is_file() else ""
    names = [line.partition(":")[2].strip() for line in text.split("\n") if "model name" in line]
    return f"{names[0] if names else platform.machine()}, {os.cpu_count()} cores"
