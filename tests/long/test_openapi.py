"""Schemathesis holds the gateway to its own OpenAPI document: right, wrong and unlisted requests.

It runs as a program from an environment of its own, made from requirements/tools.txt: its pytest
plugin and our pytest do not agree. Without a package index the test says so and is skipped.
"""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from guidebook.settings import ROOT

EXAMPLES = 100
SEED = 20261122
A_SECOND = 60
"""Under the gateway's own limit: a refusal for haste says nothing of the request."""
NOT_HELD = ("positive_data_acceptance", "unsupported_method")
"""A text of blanks fits the document and is no message. A POST of no marked type is refused as that
before its address is looked at, lest another site's form reach one."""
pytestmark = pytest.mark.long


@pytest.fixture
def schemathesis(tmp_path: Path) -> Path:
    """The installed program."""
    folder = tmp_path / "tools"
    subprocess.run([sys.executable, "-m", "venv", str(folder)], check=True)
    pins = str(ROOT / "requirements" / "tools.txt")
    command = [str(folder / "bin" / "pip"), "install", "--quiet", "--no-input", "-r", pins]
    if subprocess.run(command, check=False).returncode != 0:
        pytest.skip("Schemathesis cannot be installed: no package index can be reached.")
    return folder / "bin" / "schemathesis"


def test_the_gateway_does_what_its_document_says(
    schemathesis: Path, echoing: tuple[int, int], tmp_path: Path
) -> None:
    port, _ = echoing
    command = [
        *(str(schemathesis), "run", f"http://127.0.0.1:{port}/api/openapi.json", "--no-color"),
        *("--max-examples", str(EXAMPLES), "--seed", str(SEED), "--rate-limit", f"{A_SECOND}/s"),
        *("--generation-database", "none", "--exclude-checks", ",".join(NOT_HELD)),
    ]
    alone = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    done = subprocess.run(
        command, cwd=tmp_path, env=alone, capture_output=True, text=True, check=False
    )
    print(done.stdout[-2500:])
    assert done.returncode == 0, done.stdout[-6000:]
