"""The doctor's proof: a whole run answers with every address beyond loopback out of reach."""

import subprocess
import sys

from deploy.prove_offline import NAMESPACE, QUESTION
from guidebook.settings import ROOT, Settings

COMMAND = [sys.executable, "-m", "deploy.doctor_command", "--prove-offline"]


def test_a_question_is_answered_without_a_network(real_settings: Settings) -> None:
    done = subprocess.run(COMMAND, cwd=ROOT, capture_output=True, text=True, timeout=400)
    allowed = subprocess.run([*NAMESPACE, "true"], capture_output=True, timeout=20).returncode == 0
    if not allowed:
        assert done.returncode == 2
        assert "may not make a network namespace" in done.stderr
        return
    assert done.returncode == 0, done.stdout + done.stderr
    lines = done.stdout.splitlines()
    assert lines[0].startswith("network: loopback alone")
    assert f"asked:   {QUESTION}" in lines
    assert any(line.startswith("status:  answered") for line in lines)
    assert lines[-1].startswith("source:  acid")


def test_outside_the_namespace_the_proof_refuses_to_run() -> None:
    inside = [sys.executable, "-m", "deploy.prove_offline", "--inside"]
    done = subprocess.run(inside, cwd=ROOT, capture_output=True, text=True, timeout=60)
    assert done.returncode == 2
    assert "only lo may be" in done.stderr
