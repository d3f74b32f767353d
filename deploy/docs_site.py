"""Make the documentation site: `python -m deploy.docs_site` (what `make docs` ends in).

The pages stay where the repository has them, as they are read there too; here they are laid out in
one folder for mkdocs, together with every file they link to. A link that leads nowhere stops it.
"""

import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from guidebook.errors import SettingsError
from guidebook.settings import ROOT

SOURCE = ROOT / "results" / "docs-source"
PAGES = (
    "*.md",
    "docs/**/*.md",
    "evaluation/README.md",
    "widget/README.md",
)
START = "README.md"
LINK = re.compile(r"(\]\()([^)\s#]+)(#[^)\s]*)?(\))")
FENCE = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)


def main() -> int:
    """Lay out and build; exit code 2 with one sentence when a page or link is wrong."""
    try:
        lay_out(ROOT, SOURCE)
    except (SettingsError, OSError) as error:
        print(error, file=sys.stderr)
        return 2
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet"]
    return subprocess.run(command, cwd=ROOT, check=False).returncode


def lay_out(root: Path, target: Path) -> None:
    """Write every page and what it links to into `target`; SettingsError names a dead link."""
    shutil.rmtree(target, ignore_errors=True)
    pages = sorted({page for pattern in PAGES for page in root.glob(pattern)})
    for page in pages:
        text = page.read_text(encoding="utf-8")
        for link in links_of(text):
            found = (page.parent / link).resolve()
            if not found.exists():
                raise SettingsError(
                    f"{page.relative_to(root)} links to {link}, which is not there."
                )
            if found.is_file() and found.suffix != ".md":
                _copy(found, target / found.relative_to(root))
        place = target / page.relative_to(root)
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(_with_file_links(text, page, root), encoding="utf-8")
    (target / START).rename(target / "index.md")


def links_of(text: str) -> Iterator[str]:
    """The links of a page that lead to files here, outside of code."""
    for found in LINK.finditer(FENCE.sub("", text)):
        if "://" not in found[2] and not found[2].startswith("mailto:"):
            yield found[2]


def _with_file_links(text: str, page: Path, root: Path) -> str:
    """Links as a site needs them: a folder is its README, or plain words; the start is `index`."""

    def mended(found: re.Match[str]) -> str:
        if "://" in found[2] or found[2].startswith("mailto:"):
            return found[0]
        target = (page.parent / found[2]).resolve()
        link = found[2]
        if target.is_dir():
            link = f"{link.rstrip('/')}/README.md"
            target /= "README.md"
        if target == root / START:
            link = f"{link.removesuffix(START)}index.md"
        return f"{found[1]}{link}{found[3] or ''}{found[4]}"

    return LINK.sub(mended, text)


def _copy(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, target)


if __name__ == "__main__":
    raise SystemExit(main())
