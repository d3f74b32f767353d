"""A receipt holds what an answer rested on, no words, and can be held against the corpus later."""

import shutil
import sqlite3
import tomllib
from collections.abc import AsyncIterator
from contextlib import closing
from dataclasses import replace
from importlib.metadata import EntryPoint
from pathlib import Path

import pytest
from click.testing import CliRunner
from gateway_under_test import (
    DOCUMENT_ID,
    PASSAGE,
    Gateway,
    answer,
    citation,
    replied,
    running,
)

from gateway.rasa_stand_in import RasaStandIn
from gateway.receipt_command import receipt as command
from guidebook.settings import ROOT, Settings

pytestmark = pytest.mark.anyio
WORDS = PASSAGE.text.split("\n")[0]


@pytest.fixture
def own_corpus(settings: Settings, tmp_path: Path) -> Path:
    """A corpus a test may edit."""
    return shutil.copytree(settings.corpus, tmp_path / "own")


@pytest.fixture
async def answering(settings: Settings, own_corpus: Path) -> AsyncIterator[Gateway]:
    """A gateway whose stand-in gives one cited answer."""
    made = replace(settings, corpus=own_corpus, index=own_corpus.parent / "index")
    reply = answer(citations=(citation(WORDS),), strength="strong", probability=0.87)
    async with running(made, rasa=RasaStandIn(replied(reply))) as started:
        yield started


def document_of(folder: Path) -> Path:
    (found,) = folder.rglob(f"{DOCUMENT_ID}.md")
    return found


def verify(gateway: Gateway, corpus: Path, receipt_id: str) -> tuple[int, list[str]]:
    environ = {"GUIDEBOOK_HOME": str(gateway.home), "GUIDEBOOK_CORPUS": str(corpus)}
    done = CliRunner().invoke(command, ["verify", "--", receipt_id], env=environ)
    if done.exception and not isinstance(done.exception, SystemExit):
        raise done.exception
    return done.exit_code, done.output.splitlines()


def edit(corpus: Path, old: str, new: str) -> None:
    path = document_of(corpus)
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


async def test_a_receipt_has_versions_scores_and_digests_and_no_words(
    answering: Gateway, own_corpus: Path
) -> None:
    index = own_corpus.parent / "index"
    index.mkdir()
    (index / "manifest.json").write_text("{}")
    await answering.browser.get("/readyz")  # tells the model
    (given,) = await answering.ask("what principles?")
    with closing(sqlite3.connect(answering.home / "gateway.db")) as kept:
        row = kept.execute("SELECT * FROM receipts WHERE id = ?", (given["receipt"],)).fetchone()
    said = " ".join(map(str, row))
    assert WORDS not in said
    assert "what principles" not in said
    assert '"model": "stand-in.tar.gz"' in said
    assert '"index": "44136fa355b3678a"' in said  # SHA-256 of {}
    assert '"corpus": ' in said
    assert '{"strength": "strong", "probability": 0.87}' in said
    assert given["probability"] is None  # the officer's page gets the strength alone


async def test_an_untouched_corpus_is_the_same(answering: Gateway, own_corpus: Path) -> None:
    (given,) = await answering.ask("what principles?")
    code, lines = verify(answering, own_corpus, given["receipt"])
    assert (code, lines[-1]) == (0, "same")
    assert f"receipt {given['receipt']}" in lines
    assert "status  answered" in lines


async def test_words_that_only_moved_are_the_same(answering: Gateway, own_corpus: Path) -> None:
    (given,) = await answering.ask("what principles?")
    edit(own_corpus, "title: ", "title: A much longer ")
    code, lines = verify(answering, own_corpus, given["receipt"])
    assert (code, lines[-1]) == (0, "same")


async def test_other_words_are_changed(answering: Gateway, own_corpus: Path) -> None:
    (given,) = await answering.ask("what principles?")
    edit_body(own_corpus, "transparency, and respect", "openness, and respect")
    code, lines = verify(answering, own_corpus, given["receipt"])
    assert (code, lines[-1]) == (1, "changed")
    assert any(line.startswith(f"changed    citation {DOCUMENT_ID} ") for line in lines)


async def test_a_document_that_is_gone_is_changed(answering: Gateway, own_corpus: Path) -> None:
    (given,) = await answering.ask("what principles?")
    path = document_of(own_corpus)
    path.unlink()
    path.with_suffix(".passages.yml").unlink()
    assert verify(answering, own_corpus, given["receipt"])[1][-1] == "changed"


async def test_a_superseded_document_is_named_with_its_successor(
    answering: Gateway, own_corpus: Path
) -> None:
    (given,) = await answering.ask("what principles?")
    others = sorted(p.stem for p in own_corpus.rglob("*.md") if p.stem != DOCUMENT_ID)
    edit(own_corpus, "superseded_by: null", f"superseded_by: {others[0]}")
    code, lines = verify(answering, own_corpus, given["receipt"])
    assert (code, lines[-1]) == (1, "superseded")
    assert any(line.endswith(f" by {others[0]}") for line in lines)


async def test_an_unknown_receipt_or_home_is_one_sentence(
    answering: Gateway, own_corpus: Path, tmp_path: Path
) -> None:
    from guidebook.errors import GuidebookError

    with pytest.raises(GuidebookError, match="No receipt 'nothing' is kept"):
        verify(answering, own_corpus, "nothing")
    environ = {"GUIDEBOOK_HOME": str(tmp_path / "none")}
    done = CliRunner().invoke(command, ["verify", "x"], env=environ)
    assert isinstance(done.exception, GuidebookError)
    assert "GUIDEBOOK_HOME" in str(done.exception)


async def test_a_database_of_the_version_before_gets_the_new_column(settings: Settings) -> None:
    settings.home.mkdir()
    with closing(sqlite3.connect(settings.home / "gateway.db")) as old:
        old.executescript(
            "CREATE TABLE receipts (id VARCHAR PRIMARY KEY, at FLOAT NOT NULL, status VARCHAR "
            "NOT NULL, spans JSON NOT NULL, versions JSON); PRAGMA user_version = 2;"
            "INSERT INTO receipts VALUES ('old', 1.79e9, 'answered', '[]', NULL);"
        )
    async with running(settings) as started:
        await started.ask("hello")
    assert verify(started, settings.corpus, "old")[0] == 0


def test_pyproject_joins_the_command() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    target = project["entry-points"]["guidebook.commands"]["receipt"]
    assert EntryPoint("receipt", target, "guidebook.commands").load() is command


def edit_body(corpus: Path, old: str, new: str) -> None:
    """Edit a source text together with the digest of its body, as a publisher's new version."""
    import hashlib

    edit(corpus, old, new)
    path = document_of(corpus)
    text = path.read_text(encoding="utf-8")
    head, _, body = text.removeprefix("---\n").partition("\n---\n")
    digest = hashlib.sha256(body.encode("utf-8")).hexdigest()
    lines = [
        f"body_sha256: {digest}" if line.startswith("body_sha256:") else line
        for line in head.split("\n")
    ]
    path.write_text("---\n" + "\n".join(lines) + "\n---\n" + body, encoding="utf-8")
