"""The page's modules as one file: everything in it once, in order, and nothing it cannot know."""

from pathlib import Path

import pytest
from gateway_under_test import running, settings_for

from gateway.joined import JoinError, join
from gateway.page import start_script
from guidebook.settings import ROOT, Settings

WIDGET = ROOT / "widget"


def write(folder: Path, **modules: str) -> Path:
    for name, source in modules.items():
        (folder / f"{name}.js").write_text(source)
    return folder / "start.js"


def test_each_form_of_import_and_export_becomes_a_constant(tmp_path: Path) -> None:
    start = write(
        tmp_path,
        start='import words, { never } from "./a.js";\n'.replace(", { never }", "")
        + 'import { one, two as second } from "./b.js";\nimport * as all from "./b.js";\n'
        + "one(words, second, all);\n",
        a="// a comment\nexport default {\n  key: 1,\n};\n",
        b="/** Said once. */\nexport function one() {}\nexport const two = 2;\n",
    )
    assert join(start) == (
        "const module_a = (() => {\nconst default_export = {\n  key: 1,\n};\n"
        "return { default: default_export };\n})();\n"
        "const module_b = (() => {\nfunction one() {}\nconst two = 2;\n"
        "return { one, two };\n})();\n"
        "const module_start = (() => {\nconst words = module_a.default;\n"
        "const { one, two: second } = module_b;\nconst all = module_b;\n"
        "one(words, second, all);\nreturn {  };\n})();\n"
    )


@pytest.mark.parametrize(
    "source",
    [
        'import "./b.js";\n',
        'export { one } from "./b.js";\n',
        'const b = await import("./b.js");\n',
        'import { a } from "./start.js";\n',
        'import { a } from "../outside.js";\n',
    ],
    ids=["for effect", "passed on", "late", "in a circle", "outside"],
)
def test_what_it_does_not_know_is_an_error(tmp_path: Path, source: str) -> None:
    folder = tmp_path / "widget"
    folder.mkdir()
    with pytest.raises(JoinError):
        join(write(folder, start=source, b="export const one = 1;\n"))


def test_every_module_of_the_page_is_in_it_once() -> None:
    joined = join(WIDGET / "define.js")
    for path in WIDGET.rglob("*.js"):
        if path.parent.name == "workshop":
            continue  # the console's own script, which no officer loads
        name = "module_" + str(path.relative_to(WIDGET).with_suffix("")).replace("/", "_")
        assert joined.count(f"const {name.replace('-', '_')} = (() => {{") == 1, path.name


@pytest.mark.anyio
async def test_the_gateway_serves_it_and_the_single_modules_too(
    tmp_path: Path, corpus: Path
) -> None:
    async with running(settings_for(tmp_path, corpus, WIDGET)) as gateway:
        start = await gateway.browser.get("/widget/define.js")
        assert start.content == start_script(WIDGET)
        assert start.headers["content-type"] == "text/javascript; charset=utf-8"
        known = {"If-None-Match": start.headers["etag"]}
        assert (await gateway.browser.get("/widget/define.js", headers=known)).status_code == 304
        alone = await gateway.browser.get("/widget/header.js")
        assert alone.text == (WIDGET / "header.js").read_text(encoding="utf-8")


@pytest.mark.anyio
async def test_a_page_that_cannot_be_joined_is_served_module_by_module(
    settings: Settings, tmp_path: Path
) -> None:
    folder = tmp_path / "own"
    folder.mkdir()
    source = 'import "./other.js";\n'
    (folder / "define.js").write_text(source)
    async with running(settings_for(settings.home, settings.corpus, folder)) as gateway:
        assert (await gateway.browser.get("/widget/define.js")).text == source
