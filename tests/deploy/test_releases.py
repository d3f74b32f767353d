"""The live model is whole and known at every moment: after a full disk, after kill -9, half way."""

import hashlib
import json
import signal
import subprocess
import sys
import tarfile
import time
from pathlib import Path

import pytest

from deploy.checkout import Checkout
from deploy.digests import Surroundings
from deploy.errors import ReleaseError
from deploy.release_table import table
from deploy.releases import Release, Releases, draft, with_gate
from guidebook.settings import ROOT

TODAY = Surroundings("c" * 64, "i" * 64, "f" * 64)


@pytest.fixture
def checkout(tmp_path: Path) -> Checkout:
    """No model in it."""
    return Checkout(tmp_path)


def archive(folder: Path, content: bytes) -> Path:
    path = folder / "some.tar.gz"
    inside = folder / "inside"
    inside.write_bytes(content)
    with tarfile.open(path, "w:gz") as packed:
        packed.add(inside, "inside")
    return path


def made(checkout: Checkout, content: bytes) -> Release:
    releases = Releases(checkout)
    with releases.locked():
        return releases.make(archive(checkout.root, content), draft("a test", "m" * 64, TODAY))


def test_a_release_is_its_model_and_its_manifest(checkout: Checkout) -> None:
    release = made(checkout, b"one")
    folder = checkout.releases / release.id
    assert sorted(path.name for path in folder.iterdir()) == ["manifest.json", "model.tar.gz"]
    digest = hashlib.sha256((checkout.root / "some.tar.gz").read_bytes()).hexdigest()
    assert release.model_sha256 == digest
    assert release.id.endswith(digest[:6])
    manifest = json.loads((folder / "manifest.json").read_text())
    assert (manifest["corpus"], manifest["index"], manifest["fusion"]) == (
        TODAY.corpus,
        TODAY.index,
        TODAY.fusion,
    )
    assert Releases(checkout).all() == [release]


def test_two_releases_of_one_second_are_two(checkout: Checkout) -> None:
    assert made(checkout, b"one").id != made(checkout, b"one").id


def test_nothing_is_live_before_a_switch(checkout: Checkout) -> None:
    made(checkout, b"one")
    assert Releases(checkout).live() is None
    with pytest.raises(ReleaseError, match="No model was live before"):
        Releases(checkout).previous()


def test_a_switch_serves_the_release(checkout: Checkout) -> None:
    one, two = made(checkout, b"one"), made(checkout, b"two")
    releases = Releases(checkout)
    releases.switch(one, "first")
    releases.switch(two, "second")
    assert releases.live() == two
    assert releases.previous() == one
    assert checkout.live.resolve() == (checkout.releases / two.id / "model.tar.gz").resolve()


def test_a_move_noted_and_never_made_does_not_lead_a_rollback_astray(checkout: Checkout) -> None:
    one, two, three = (made(checkout, text) for text in (b"one", b"two", b"three"))
    releases = Releases(checkout)
    releases.switch(one, "")
    releases.switch(two, "")
    with (checkout.releases / "history.jsonl").open("a") as history:
        history.write(json.dumps({"from": two.id, "to": three.id}) + '\n{"from": "half')
    assert releases.live() == two
    assert releases.previous() == one


def test_a_damaged_model_is_refused_and_the_live_one_stays(checkout: Checkout) -> None:
    one, two = made(checkout, b"one"), made(checkout, b"two")
    releases = Releases(checkout)
    releases.switch(one, "")
    model = releases.model(two)
    model.write_bytes(model.read_bytes()[:-9])
    with pytest.raises(ReleaseError, match="missing or damaged; the live model stays"):
        releases.switch(two, "")
    assert releases.live() == one


def test_a_live_model_damaged_on_disk_is_not_called_live(checkout: Checkout) -> None:
    one = made(checkout, b"one")
    releases = Releases(checkout)
    releases.switch(one, "")
    releases.model(one).write_bytes(b"")
    assert releases.live() is None


def test_a_folder_without_a_readable_manifest_is_no_release(checkout: Checkout) -> None:
    one, two = made(checkout, b"one"), made(checkout, b"two")
    (checkout.releases / two.id / "manifest.json").write_text("{")
    assert Releases(checkout).all() == [one]


def test_an_id_may_be_cut_short_while_it_is_one(checkout: Checkout) -> None:
    one = made(checkout, b"one")
    assert Releases(checkout).get(one.id[:-1]) == one
    made(checkout, b"two")
    with pytest.raises(ReleaseError, match=r'^2 releases begin with "2"; '):
        Releases(checkout).get("2")
    with pytest.raises(ReleaseError, match=r'^0 releases begin with "x"; .*release list'):
        Releases(checkout).get("x")


def test_a_second_training_at_once_is_refused(checkout: Checkout) -> None:
    with (
        Releases(checkout).locked(),
        pytest.raises(ReleaseError, match="Another training or switch is under way"),
        Releases(checkout).locked(),
    ):
        pass


FULL_DISK = """
import resource, signal, sys
from pathlib import Path
from deploy.checkout import Checkout
from deploy.digests import Surroundings
from deploy.errors import ReleaseError
from deploy.releases import Releases, draft
releases = Releases(Checkout(Path(sys.argv[1])))
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[2]), resource.RLIM_INFINITY))
try:
    if sys.argv[3] == "make":
        around = Surroundings("c", "i", "f")
        releases.make(Path(sys.argv[1]) / "some.tar.gz", draft("a test", "m", around))
    else:
        releases.switch(releases.get(sys.argv[3]), "full")
except ReleaseError as error:
    print(error)
"""


def on_a_full_disk(checkout: Checkout, bytes_left: int, what: str) -> str:
    """Let another process try, that may not write more than so many bytes into one file."""
    command = [sys.executable, "-c", FULL_DISK, str(checkout.root), str(bytes_left), what]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    return done.stdout


def test_no_room_for_a_release_leaves_no_trace(checkout: Checkout) -> None:
    one = made(checkout, b"one")
    releases = Releases(checkout)
    releases.switch(one, "")
    archive(checkout.root, bytes(range(256)) * 400)
    assert "No release could be made of some.tar.gz (File too large)" in on_a_full_disk(
        checkout, 300, "make"
    )
    assert releases.live() == one
    assert releases.all() == [one]
    assert list(checkout.releases.glob(".making-*")) == []


def test_no_room_at_the_switch_leaves_the_live_model(checkout: Checkout) -> None:
    one, two = made(checkout, b"one"), made(checkout, b"two")
    releases = Releases(checkout)
    releases.switch(one, "")
    size = (checkout.releases / "history.jsonl").stat().st_size
    said = on_a_full_disk(checkout, size + 20, two.id)
    assert said.startswith(f"Release {two.id} could not be made live (File too large)")
    assert releases.live() == one
    assert on_a_full_disk(checkout, size * 10, two.id) == ""
    assert releases.live() == two


SWITCHING = """
import sys
from pathlib import Path
from deploy.checkout import Checkout
from deploy.releases import Releases
releases = Releases(Checkout(Path(sys.argv[1])))
both = releases.all()
print("ready", flush=True)
while True:
    for release in both:
        releases.switch(release, "to and fro")
"""
MAKING = """
import sys
from pathlib import Path
from deploy.checkout import Checkout
from deploy.digests import Surroundings
from deploy.releases import Releases, draft
releases = Releases(Checkout(Path(sys.argv[1])))
around = Surroundings("c", "i", "f")
print("ready", flush=True)
while True:
    releases.make(Path(sys.argv[1]) / "some.tar.gz", draft("a test", "m", around))
"""


def killed(script: str, root: Path, after_s: float) -> None:
    """Start a script that never ends by itself, and end it as `kill -9` does."""
    with subprocess.Popen(
        [sys.executable, "-c", script, str(root)], cwd=ROOT, stdout=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"ready\n"
        time.sleep(after_s)
        process.send_signal(signal.SIGKILL)


@pytest.mark.parametrize("after_ms", [3, 11, 29, 53])
def test_killed_while_switching_one_of_the_two_is_live(checkout: Checkout, after_ms: int) -> None:
    both = [made(checkout, b"one"), made(checkout, b"two")]
    releases = Releases(checkout)
    releases.switch(both[0], "")
    killed(SWITCHING, checkout.root, after_ms / 1000)
    assert releases.live() in both
    with releases.locked():
        releases.switch(both[1], "")
    assert releases.live() == both[1]
    assert releases.previous() == both[0]


@pytest.mark.parametrize("after_ms", [5, 23, 71])
def test_killed_while_copying_only_whole_releases_count(checkout: Checkout, after_ms: int) -> None:
    one = made(checkout, b"one")
    releases = Releases(checkout)
    releases.switch(one, "")
    large = archive(checkout.root, hashlib.shake_256(b"noise").digest(20_000_000))
    digest = hashlib.sha256(large.read_bytes()).hexdigest()
    killed(MAKING, checkout.root, after_ms / 1000)
    assert releases.live() == one
    for release in releases.all():
        found = hashlib.sha256(releases.model(release).read_bytes()).hexdigest()
        assert found == release.model_sha256
        assert release == one or found == digest
    made(checkout, b"two")
    assert list(checkout.releases.glob(".making-*")) == []


def test_the_table_marks_the_live_one_and_what_was_judged_with_other_texts() -> None:
    def release(number: int, corpus: str) -> Release:
        around = Surroundings(corpus, "i", "f")
        drafted = draft("trained here", "m", around)
        made_at = f"2026-11-2{number}T05:24:45+00:00"
        return Release(**{**vars(drafted), "id": f"r{number}", "made_at": made_at})

    one, two = release(1, "old"), with_gate(release(2, "new"), {"kind": "full"}, None)
    assert table([one, two], two, "new") == [
        "  id  made (UTC)        model  corpus   gate         origin",
        "  r1  2026-11-21 05:24         another  not judged   trained here",
        "* r2  2026-11-22 05:24         today's  passed full  trained here",
    ]
    assert table([one], one, "new")[-1].startswith("The live release was judged with another")
    assert table([one], None, "old")[-1].startswith("None of them is live")
    assert table([], None, "new") == ["No release yet; make one with `make train`."]
