"""The library behind the actions is opened once, on first use, and its failure is kept quiet."""

import logging
import subprocess
import sys
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from actions import runtime
from guidebook import library as library_module
from guidebook.errors import IndexMismatchError
from guidebook.library import Library
from guidebook.settings import Settings


def test_importing_every_action_loads_no_model() -> None:
    code = (
        "import sys, actions.answer_question, actions.list_documents, actions.show_source; "
        "print('torch' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


def test_threads_at_once_open_the_library_once(
    unopened: None, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[Settings] = []

    def open_it(settings: Settings) -> Library:
        opened.append(settings)
        return library

    monkeypatch.setattr(runtime, "open_library", open_it)
    assert vars(runtime)["open_library"] is not library_module.open_library
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(lambda _: runtime.library(), range(8)))
    assert found == [library] * 8
    assert len(opened) == 1


def test_a_library_that_cannot_be_opened_says_why(
    unopened: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GUIDEBOOK_INDEX", str(tmp_path / "none"))
    with pytest.raises(IndexMismatchError, match="No index at"):
        runtime.library()


def test_warming_up_without_an_index_only_logs(
    unopened: None,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    monkeypatch.setenv("GUIDEBOOK_INDEX", str(tmp_path / "none"))
    runtime.warm_up()
    assert caplog.record_tuples[-1] == (
        "actions.runtime",
        logging.ERROR,
        f"library_not_opened reason=No index at {tmp_path / 'none'}; "
        "build it with `guidebook index build`.",
    )


def test_warming_up_leaves_the_library_open(
    unopened: None, real_places: Mapping[str, Path]
) -> None:
    runtime.warm_up()
    assert runtime.library() is runtime.library()


def test_an_index_built_anew_is_opened_at_the_next_question(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    written = [1]
    opened: list[Settings] = []
    monkeypatch.setattr(runtime, "_library", None)
    monkeypatch.setattr(runtime, "_written", lambda settings: written[0])

    def open_it(found: Settings) -> Library:
        opened.append(found)
        return library

    monkeypatch.setattr(runtime, "open_library", open_it)
    for _ in range(3):
        runtime.library()
    assert len(opened) == 1
    written[0] = 2
    runtime.library()
    assert len(opened) == 2
