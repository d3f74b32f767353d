"""The whole way with Rasa itself: a model that forgot what danger sounds like is not served."""

import os
import shutil
import tarfile
from pathlib import Path

import pytest
import yaml

from deploy.checkout import Checkout
from deploy.digests import Surroundings
from deploy.examination import LibraryExamination
from deploy.releases import Release, draft
from deploy.retraining import Retraining
from guidebook.settings import ROOT, Settings

COPIED = ("data", "bot", "tests/bot", "tests/conversations", "requirements", "evaluation/baselines")
LINKED = (".venv-rasa", "models/encoder")
TODAY = Surroundings("c" * 64, "i" * 64, "f" * 64)
KEPT_LINES = 3


@pytest.fixture(scope="session")
def forgetful(tmp_path_factory: pytest.TempPathFactory) -> Checkout:
    """A copy of this checkout with three lines left of those that train the danger intent."""
    root = tmp_path_factory.mktemp("forgetful")
    for name in COPIED:
        shutil.copytree(ROOT / name, root / name)
    for name in ("config.yml", "domain.yml", "endpoints.yml", "credentials.yml"):
        shutil.copyfile(ROOT / name, root / name)
    for name in LINKED:
        assert (ROOT / name).exists(), f"There is no {name}; run `make setup index`."
        (root / name).parent.mkdir(exist_ok=True)
        (root / name).symlink_to(ROOT / name)
    danger = root / "data" / "nlu" / "report_emergency.yml"
    loaded = yaml.safe_load(danger.read_text(encoding="utf-8"))
    for block in loaded["nlu"]:
        lines = block["examples"].splitlines(keepends=True)
        block["examples"] = "".join(lines[:KEPT_LINES])
    danger.write_text(yaml.safe_dump(loaded, allow_unicode=True), encoding="utf-8")
    return Checkout(root)


def live_before(retraining: Retraining, root: Path) -> Release:
    """Any whole archive: it is not asked anything here."""
    archive = root / "before.tar.gz"
    with tarfile.open(archive, "w:gz") as packed:
        packed.add(root / "config.yml", "config.yml")
    with retraining.releases.locked():
        release = retraining.releases.make(archive, draft("a test", "m" * 64, TODAY))
        retraining.releases.switch(release, "a test")
    return release


@pytest.mark.long  # trains; `make test` passes the same gate with the real model
def test_a_model_that_forgot_danger_is_refused_and_the_live_one_stays(forgetful: Checkout) -> None:
    said: list[str] = []
    examination = LibraryExamination(forgetful, Settings.from_environ(os.environ))
    retraining = Retraining(forgetful, examination, TODAY, said.append)
    before = live_before(retraining, forgetful.root)
    retraining.before_serving()
    assert retraining.releases.live() == before
    text = "\n".join(said)
    assert "quick gate: REFUSED" in text
    assert "dialogue emergency_recall was " in text
    fell = text.partition("emergency_recall was ")[2].splitlines()[1:]
    case, found = fell[0].split(" -> ")
    held_out = yaml.safe_load((forgetful.root / "tests/bot/held_out.yml").read_text("utf-8"))
    assert case.strip() in held_out["report_emergency"]
    assert not found.startswith("report_emergency")
    assert said[-1] == f"live model: {before.id}, as before; trained here is not served"
