"""Put all that an air-gapped laptop needs into one folder: `python -m deploy.bundle [FOLDER]`.

`wheels/` has every pinned package of both Pythons, `guidebook/` the committed files with encoder,
index and live model, `install.sh` makes the environments from these alone. `SHA256SUMS` names every
file. The laptop needs Python 3.11 or newer, Python 3.10 and make; nothing of this machine's `var/`
goes along. What is there from an earlier run is kept where it is still pinned.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

from deploy import digests
from deploy.checkout import HERE
from deploy.errors import BundleError
from guidebook.errors import GuidebookError
from guidebook.settings import ROOT, Settings

SUMS = "SHA256SUMS"
INSTALL = ROOT / "deploy" / "install-bundle.sh"
SETS = (
    (ROOT / ".venv" / "bin" / "python", "app.txt", ("setuptools", "wheel")),
    (ROOT / ".venv-rasa" / "bin" / "python", "rasa.txt", ("wheel",)),
)
"""Each environment's Python, its pins, and what the Makefile installs beside them."""


def main() -> int:
    """Make the bundle; exit code 2 with one sentence when it cannot be whole."""
    target = Path(sys.argv[1]) if sys.argv[1:] else ROOT / "results" / "bundle"
    try:
        make(target.resolve(), Settings.from_environ(os.environ))
    except (GuidebookError, OSError) as error:
        print(error, file=sys.stderr)
        return 2
    print(f"{target}: copy this folder to the laptop, and run ./install.sh there.")
    return 0


def make(target: Path, settings: Settings) -> None:
    """Write the bundle into `target`; BundleError when something is missing."""
    _require(HERE.live, settings.index / "manifest.json", HERE.models / "encoder" / "manifest.json")
    for python, pins, beside in SETS:
        _wheels(python, ROOT / "requirements" / pins, beside, target / "wheels")
    tree = target / "guidebook"
    if tree.exists():
        shutil.rmtree(tree)
    for name in _committed():
        _copy(ROOT / name, tree / name)
    shutil.copytree(settings.index, tree / "index")
    shutil.copytree(HERE.models / "encoder", tree / "models" / "encoder")
    release = HERE.live.resolve().parent
    shutil.copytree(release, tree / "models" / "releases" / release.name)
    live = Path("releases") / release.name / HERE.live.resolve().name
    (tree / "models" / HERE.live.name).symlink_to(live)
    _copy(INSTALL, target / "install.sh")
    _write_sums(target)


def _wheels(python: Path, pins: Path, beside: Iterable[str], target: Path) -> None:
    """Each pinned package as a wheel for this Python; what is a source alone is built here."""
    command = [str(python), "-m", "pip", "wheel", "--disable-pip-version-check", "--no-input"]
    command += ["--no-deps", "--quiet", "--wheel-dir", str(target), "--find-links", str(target)]
    if subprocess.run([*command, "-r", str(pins), *beside], check=False).returncode:
        raise BundleError(f"Not every package of {pins.name} became a wheel; read what pip said.")


def _committed() -> list[str]:
    done = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=False)
    names = done.stdout.decode().split("\0")[:-1]
    if done.returncode or not names:
        raise BundleError(f"{ROOT} is no git checkout, so what belongs to it is not known.")
    return [name for name in names if (ROOT / name).is_file()]


def _copy(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copy2(source, target)


def _require(*paths: Path) -> None:
    missing = [str(path) for path in paths if not path.exists()]
    if missing:
        raise BundleError(f"{', '.join(missing)} is missing; run `make train` first.")


def _write_sums(target: Path) -> None:
    """In the form of sha256sum, so that the laptop needs nothing of ours to check."""
    (target / SUMS).unlink(missing_ok=True)
    files = sorted(path for path in target.rglob("*") if path.is_file() and not path.is_symlink())
    lines = [f"{digests.of_file(path)}  {path.relative_to(target)}\n" for path in files]
    (target / SUMS).write_text("".join(lines), encoding="utf-8")


if __name__ == "__main__":
    raise SystemExit(main())
