"""The bundle alone is enough: it installs and answers where loopback is the only interface."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from deploy.prove_offline import INSIDE, NAMESPACE, QUESTION
from guidebook.settings import ROOT

pytestmark = pytest.mark.bundle
BUNDLE = Path(os.environ.get("GUIDEBOOK_BUNDLE") or ROOT / "results" / "bundle")
PROVE = f".venv/bin/python -m deploy.prove_offline {INSIDE}"


def test_the_bundle_installs_and_answers_without_a_network(tmp_path: Path) -> None:
    assert (BUNDLE / "SHA256SUMS").is_file(), "run `make bundle` first"
    laptop = tmp_path / "laptop"
    shutil.copytree(BUNDLE, laptop, symlinks=True)
    environ = {
        name: os.environ[name] for name in ("PATH", "HOME", "PY310", "PY311") if name in os.environ
    }
    inside = f"cd {laptop} && ./install.sh >install.log && cd guidebook && {PROVE}"
    done = subprocess.run(
        [*NAMESPACE, "bash", "-c", inside], env=environ, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-2000:]
    assert "network: loopback alone" in done.stdout
    assert f"asked:   {QUESTION}" in done.stdout
    assert "status:  answered" in done.stdout


def test_a_damaged_copy_is_told_before_anything_is_installed(tmp_path: Path) -> None:
    laptop = tmp_path / "laptop"
    (laptop / "guidebook").mkdir(parents=True)
    shutil.copy(BUNDLE / "install.sh", laptop)
    (laptop / "guidebook" / "Makefile").write_text("setup:\n\ttouch installed\n")
    (laptop / "SHA256SUMS").write_text(f"{'0' * 64}  guidebook/Makefile\n")
    done = subprocess.run(["./install.sh"], cwd=laptop, capture_output=True, text=True)
    assert done.returncode == 2
    assert "This copy is damaged" in done.stderr
    assert not (laptop / "guidebook" / "installed").exists()
