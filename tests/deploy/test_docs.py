"""The pages say what is: every command, every folder, no dead link, nothing from elsewhere."""

import re
import subprocess
from pathlib import Path

import pytest

from deploy import cli_reference, docs_site
from guidebook.answering import STEPS
from guidebook.errors import SettingsError
from guidebook.settings import ROOT
from guidebook.vocabulary import STATUSES

LOADED = re.compile(
    r"<(?:script|img|iframe)[^>]*src=\"(?:https?:)?//|<link[^>]*href=\"(?:https?:)?//"
)
FOLDER = re.compile(r"\b([a-z]+)/")
ROOMS_OF_MODULES = (
    *("widget", "gateway", "gateway/workshop", "bot", "actions"),
    *("guidebook", "guidebook/evaluation", "guidebook/training"),
    *("deploy", "benchmarks", "benchmarks/peers"),
)


def tracked() -> list[str]:
    """Every file that is or may be committed, except in folders that begin with a dot."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    names = [name for name in listed.stdout.splitlines() if not name.startswith(".")]
    found = [name for name in names if (ROOT / name).exists()]
    assert found, "no git checkout"
    return found


def architecture() -> str:
    return (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")


def section_of_the_architecture(heading: str) -> str:
    """What stands under a heading, up to the next one."""
    return architecture().partition(f"\n## {heading}\n")[2].partition("\n## ")[0]


def part_of_the_architecture(name: str) -> str:
    """What stands between two marks of that name."""
    text = architecture()
    return text.partition(f"<!-- {name}: begin -->")[2].partition(f"<!-- {name}: end -->")[0]


def test_the_page_of_commands_says_what_the_commands_say() -> None:
    written = cli_reference.PAGE.read_text(encoding="utf-8")
    assert written == cli_reference.render(), "run `python -m deploy.cli_reference`"


def test_the_picture_of_the_architecture_shows_every_folder_and_no_other() -> None:
    there = {name.partition("/")[0] for name in tracked() if "/" in name}
    built = {"index", "models"}
    assert set(FOLDER.findall(part_of_the_architecture("picture"))) == there | built


def test_the_map_of_the_architecture_names_every_folder_inside_a_room() -> None:
    there = {"/".join(name.split("/")[:2]) for name in tracked() if name.count("/") > 1}
    named = re.findall(r"`([a-z_]+/[a-z_]+)/`", part_of_the_architecture("map"))
    assert sorted(named) == sorted(there)


@pytest.mark.parametrize("folder", ROOMS_OF_MODULES)
def test_the_map_of_the_architecture_names_every_module_once(folder: str) -> None:
    block = part_of_the_architecture("map").partition(f"### `{folder}/`")[2].partition("###")[0]
    named = re.findall(r"`([a-z0-9_-]+)`", block)
    paths = [Path(name) for name in tracked() if Path(name).suffix in (".py", ".js")]
    there = [path.stem for path in paths if str(path.parent) == folder]
    wanted = sorted(name for name in there if not name.startswith("__"))
    assert sorted(named) == wanted, f"give each its place in docs/architecture.md, {folder}/"


def test_the_architecture_names_every_step_of_an_answer_in_order() -> None:
    journey = section_of_the_architecture("The journey of a message")
    named = re.findall(r"^   \d+\. `(\w+)`", journey, re.MULTILINE)
    assert named == [step.__name__ for step in STEPS]


def test_the_architecture_names_every_status_once() -> None:
    table = section_of_the_architecture("Statuses")
    named = re.findall(r"`([a-z_]+)`", "\n".join(x for x in table.splitlines() if x[:1] == "|"))
    assert sorted(named) == sorted(STATUSES)


def test_the_site_is_whole_and_loads_nothing_from_elsewhere() -> None:
    assert docs_site.main() == 0
    pages = list((ROOT / "results" / "docs").rglob("*.html"))
    assert (ROOT / "results" / "docs" / "docs" / "tasks" / "add-a-document.html") in pages
    for page in pages:
        assert not LOADED.search(page.read_text(encoding="utf-8")), page


def test_a_link_that_leads_nowhere_is_told(tmp_path: Path) -> None:
    (tmp_path / "README.md").write_text("[here](docs/none.md) and [there](https://example.org/)")
    with pytest.raises(SettingsError, match=r"README.md links to docs/none.md"):
        docs_site.lay_out(tmp_path, tmp_path / "site")


def test_a_link_to_a_file_takes_the_file_along_and_a_folder_is_its_page(tmp_path: Path) -> None:
    (tmp_path / "docs" / "decisions").mkdir(parents=True)
    (tmp_path / "code.py").write_text("pass\n")
    (tmp_path / "README.md").write_text("[code](code.py)\n```\n[not a link](none.md)\n```\n")
    (tmp_path / "docs" / "decisions" / "README.md").write_text("[start](../../README.md#top)")
    (tmp_path / "docs" / "page.md").write_text("[why](decisions/)")
    docs_site.lay_out(tmp_path, tmp_path / "site")
    assert (tmp_path / "site" / "code.py").read_text() == "pass\n"
    assert "(decisions/README.md)" in (tmp_path / "site" / "docs" / "page.md").read_text()
    start = (tmp_path / "site" / "docs" / "decisions" / "README.md").read_text()
    assert start == "[start](../../index.md#top)"
