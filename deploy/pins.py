"""Write requirements/*.txt from what is installed: `python -m deploy.pins` in either environment.

`python -m deploy.pins peers` in the benchmarks' environment writes its one file.

Each `.txt` pins the packages its `.in` names and all they need, at the installed versions, so that
what was tested is what the next machine gets. Run it after a deliberate upgrade.
"""

import sys
from collections.abc import Iterable
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

REQUIREMENTS = Path(__file__).resolve().parent.parent / "requirements"
SETS = {(3, 10): ("rasa", "rasa-dev"), (3, 11): ("app", "dev")}


def closure(names: Iterable[str]) -> dict[str, str]:
    """Package -> version, for `names` and everything they need here."""
    pinned: dict[str, str] = {}
    waiting = [(Requirement(name), frozenset[str]()) for name in names]
    seen: set[tuple[str, frozenset[str]]] = set()
    while waiting:
        requirement, extras = waiting.pop()
        if requirement.marker and not any(
            requirement.marker.evaluate({"extra": extra}) for extra in extras or {""}
        ):
            continue
        name = canonicalize_name(requirement.name)
        wanted = (name, frozenset(requirement.extras))
        if wanted in seen:
            continue
        seen.add(wanted)
        try:
            found = distribution(name)
        except PackageNotFoundError:
            continue  # wanted on another platform only
        pinned[name] = found.version.partition("+")[0]  # a local build tag is not installable
        waiting += [(Requirement(text), wanted[1]) for text in found.requires or ()]
    return pinned


def main() -> int:
    """Write the two files of this environment, or the one that is named."""
    if sys.argv[1:] == ["peers"]:
        _write("peers", closure(_named("peers")), ())
        return 0
    base, extra = SETS[(3, 10) if sys.version_info[:2] == (3, 10) else (3, 11)]
    lower = closure(_named(base))
    _write(base, lower, ())
    upper = {k: v for k, v in closure(_named(extra)).items() if k not in lower}
    _write(extra, upper, (f"-r {base}.txt",))
    return 0


def _named(name: str) -> list[str]:
    lines = (REQUIREMENTS / f"{name}.in").read_text().splitlines()
    return [line for line in lines if line and not line.startswith("#")]


def _write(name: str, pinned: dict[str, str], first: tuple[str, ...]) -> None:
    head = f"# Made by `python -m deploy.pins` from {name}.in. Do not edit."
    lines = [
        head,
        *first,
        *(f"{package}=={version}" for package, version in sorted(pinned.items())),
    ]
    (REQUIREMENTS / f"{name}.txt").write_text("\n".join(lines) + "\n")


if __name__ == "__main__":
    raise SystemExit(main())
