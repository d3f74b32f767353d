"""An index is written whole or not at all, and reuses the vectors it can."""

import shutil
from pathlib import Path

import pytest

from guidebook.corpus import Corpus, load_corpus
from guidebook.errors import IndexMismatchError
from guidebook.index import build, load
from tests.guidebook.counting_encoder import CountingEncoder, FailingEncoder
from tests.guidebook.documents import WriteDocument


def contents(index_folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in index_folder.iterdir()}


def test_a_failing_encoder_leaves_the_old_index_usable(corpus: Corpus, index_folder: Path) -> None:
    build(corpus, [CountingEncoder()], index_folder)
    before = contents(index_folder)
    with pytest.raises(MemoryError):
        build(corpus, [CountingEncoder(), FailingEncoder("failing")], index_folder)
    assert contents(index_folder) == before
    assert load(index_folder, corpus, ["counting"]).corpus_digest == corpus.searched
    assert [path.name for path in index_folder.parent.iterdir()] == ["index"]


def test_a_failing_first_build_leaves_nothing(corpus: Corpus, index_folder: Path) -> None:
    with pytest.raises(MemoryError):
        build(corpus, [FailingEncoder()], index_folder)
    assert list(index_folder.parent.iterdir()) == []


def test_a_folder_that_cannot_be_written_is_told_in_one_sentence(
    corpus: Corpus, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("not a folder")
    with pytest.raises(IndexMismatchError) as caught:
        build(corpus, [CountingEncoder()], tmp_path / "file" / "index")
    assert str(caught.value).startswith(
        f"Cannot write the index at {tmp_path / 'file' / 'index'} ("
    )
    assert "\n" not in str(caught.value)


def test_unchanged_texts_keep_their_vectors(corpus: Corpus, index_folder: Path) -> None:
    build(corpus, [CountingEncoder()], index_folder)
    again = CountingEncoder()
    build(corpus, [again], index_folder)
    assert again.asked == []


def test_only_the_changed_texts_are_embedded_again(
    write_document: WriteDocument, index_folder: Path
) -> None:
    path = write_document()
    build(load_corpus(path.parent), [CountingEncoder()], index_folder)
    path.write_text(path.read_text().replace("can a clerk", "may a clerk"))
    changed, again = load_corpus(path.parent), CountingEncoder()
    index = build(changed, [again], index_folder)
    assert again.asked == ["may a clerk refuse a report"]
    fresh = build(changed, [CountingEncoder()], index_folder.with_name("fresh"))
    query = again.encode_queries(["may a clerk refuse a report"])[0]
    for reused, made in zip(
        index.vectors[0].nearest_and_centre(query, 1),
        fresh.vectors[0].nearest_and_centre(query, 1),
        strict=True,
    ):
        assert reused == pytest.approx(made)


def test_a_new_encoder_embeds_everything_and_the_old_one_nothing(
    corpus: Corpus, index_folder: Path
) -> None:
    build(corpus, [CountingEncoder("old")], index_folder)
    old, new = CountingEncoder("old"), CountingEncoder("new")
    build(corpus, [old, new], index_folder)
    assert (len(old.asked), len(new.asked)) == (0, 3)


def test_progress_is_told_while_texts_are_embedded(corpus: Corpus, index_folder: Path) -> None:
    lines: list[str] = []
    build(corpus, [CountingEncoder()], index_folder, lines.append)
    assert lines == ["counting: 3 texts", "counting: 3/3 embedded"]


def test_an_index_can_be_moved_as_a_folder(corpus: Corpus, index_folder: Path) -> None:
    build(corpus, [CountingEncoder()], index_folder)
    moved = shutil.move(index_folder, index_folder.with_name("moved"))
    assert len(load(Path(moved), corpus, ["counting"]).entries) == 3
