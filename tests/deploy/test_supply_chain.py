"""The bills of materials name the pins, and an audit that looked at nothing proves nothing."""

import json
import re
from pathlib import Path

import pytest

from deploy.audit import Audit, read
from guidebook.settings import ROOT

PIN = re.compile(r"^([A-Za-z0-9._-]+)(?:\[[^\]]+\])?==(\S+)", re.MULTILINE)


def plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def pins(path: Path) -> set[tuple[str, str]]:
    return {(plain(name), version) for name, version in PIN.findall(path.read_text("utf-8"))}


@pytest.mark.parametrize("name", ["app", "rasa"])
def test_the_bill_of_materials_names_the_pins_and_nothing_else(name: str) -> None:
    bill = json.loads((ROOT / "docs" / "sbom" / f"{name}.cdx.json").read_text("utf-8"))
    listed = {(plain(part["name"]), part["version"]) for part in bill["components"]}
    assert bill["bomFormat"] == "CycloneDX"
    assert listed == pins(ROOT / "requirements" / f"{name}.txt")


def test_every_requirement_is_pinned() -> None:
    for name in ("app", "rasa"):
        text = (ROOT / "requirements" / f"{name}.txt").read_text("utf-8")
        lines = [line for line in text.splitlines() if line and not line.startswith("#")]
        assert len(pins(ROOT / "requirements" / f"{name}.txt")) == len(lines)


def test_a_package_that_was_not_looked_up_is_no_clean_bill() -> None:
    skipped = {"name": "a", "skip_reason": "Dependency not found on PyPI"}
    clean = {"name": "b", "version": "1", "vulns": []}
    faulty = {"name": "c", "version": "2", "vulns": [{"id": "PYSEC-1"}, {"id": "CVE-2"}]}
    for items, code in (
        ([clean], 0),
        ([clean, faulty], 1),
        ([clean, skipped], 2),
        ([faulty, skipped], 2),
        ([], 2),
    ):
        assert read(json.dumps({"dependencies": items})).exit_code == code
    assert read(json.dumps({"dependencies": [faulty]})) == Audit(1, (), ("c 2: PYSEC-1, CVE-2",))
