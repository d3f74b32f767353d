"""An index belongs to one corpus and its encoders, is written whole, and reuses what it can."""

import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from guidebook import transliterate
from guidebook.corpus import Corpus, load_corpus
from guidebook.encoder import DIMENSION, Encoder
from guidebook.errors import IndexMismatchError
from guidebook.index import FORMAT, as_read, build, entries_of, load, read_manifest
from guidebook.language import writing_of
from guidebook.transliterate import Transliterator
from tests.guidebook.counting_encoder import CountingEncoder
from tests.guidebook.documents import WriteDocument

REBUILD = "build it with `guidebook index build`."


def contents(index_folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in index_folder.iterdir()}


# -- the real index


def test_the_real_index_knows_its_corpus_and_encoders(
    real_index: Path, real_corpus: Corpus, real_encoders: Mapping[str, Encoder]
) -> None:
    manifest = read_manifest(real_index)
    assert manifest["format"] == FORMAT
    assert manifest["corpus_digest"] == real_corpus.searched
    assert [item["name"] for item in manifest["encoders"]] == [
        encoder.name for encoder in real_encoders.values()
    ]
    assert {item["dimension"] for item in manifest["encoders"]} == {DIMENSION}


def test_every_passage_can_be_found_by_every_encoder(
    real_index: Path, real_corpus: Corpus, real_encoders: Mapping[str, Encoder]
) -> None:
    names = [encoder.name for encoder in real_encoders.values()]
    index = load(real_index, real_corpus, names)
    for vectors in index.vectors:
        found = {index.entries[row].passage for row in vectors.rows}
        assert found == set(range(len(real_corpus.passages)))


def test_a_stored_vector_is_the_encoders_own(
    real_index: Path, real_corpus: Corpus, real_encoders: Mapping[str, Encoder]
) -> None:
    names = [encoder.name for encoder in real_encoders.values()]
    index = load(real_index, real_corpus, names)
    transliterator = Transliterator(entry.text for entry in index.entries)
    for encoder, vectors in zip(real_encoders.values(), index.vectors, strict=True):
        stored = np.load(real_index / f"{encoder.name}.npy")
        for at in (0, len(vectors.rows) // 2, len(vectors.rows) - 1):
            entry = index.entries[vectors.rows[at]]
            read = as_read(entry.text, encoder, transliterator)
            vector = encoder.encode_passages([read])[0]
            assert vector @ stored[at] == pytest.approx(1.0, abs=1e-3)
            nearest, _ = vectors.nearest_and_centre(vector, len(real_corpus.passages))
            assert nearest[entry.passage] == pytest.approx(1.0, abs=1e-3)


# -- entries and scores


def test_heading_words_and_phrasings_of_a_passage_are_its_entries(corpus: Corpus) -> None:
    passage = corpus.passages[0]
    entries = entries_of(corpus)
    assert [entry.text for entry in entries] == [passage.heading, passage.text, *passage.asked_as]
    assert [entry.own for entry in entries] == [True, True, False]
    assert {entry.passage for entry in entries} == {0}


def test_an_encoder_gets_a_passages_own_words_and_the_phrasings_it_reads(
    corpus: Corpus, index_folder: Path
) -> None:
    english, urdu = CountingEncoder("english", "en"), CountingEncoder("urdu", "ur")
    index = build(corpus, [english, urdu], index_folder)
    own = [entry.text for entry in index.entries if entry.own]
    assert english.asked == [*own, "can a clerk refuse a report"]
    assert urdu.asked == own


def test_roman_urdu_is_written_in_urdu_script_for_the_encoder_that_wants_it(
    write_document: WriteDocument, index_folder: Path
) -> None:
    path = write_document()
    asked = "kya police wale inkar kar sakte hain"
    path.write_text(path.read_text().replace("can a clerk refuse a report", asked))
    corpus = load_corpus(path.parent)
    as_typed = CountingEncoder("as-typed")
    in_script = CountingEncoder("in-script", reads_urdu_script=True)
    index = build(corpus, [as_typed, in_script], index_folder)
    transliterator = Transliterator(entry.text for entry in index.entries)
    own = [entry.text for entry in index.entries if entry.own]
    assert as_typed.asked == [*own, asked]
    assert in_script.asked == [*own, transliterator.urdu(asked)]
    assert writing_of(transliterator.urdu(asked)) == "ur"


def test_english_is_given_as_typed_to_every_encoder() -> None:
    transliterator = Transliterator(["مقدمہ", "کیا"])
    for encoder in (CountingEncoder(), CountingEncoder("in-script", reads_urdu_script=True)):
        text = "can a clerk refuse a report"
        assert as_read(text, encoder, transliterator) == text


# -- refusals


def test_a_missing_index_says_how_to_build_it(corpus: Corpus, index_folder: Path) -> None:
    with pytest.raises(IndexMismatchError) as caught:
        load(index_folder, corpus, ["counting"])
    assert str(caught.value) == f"No index at {index_folder}; {REBUILD}"


def test_another_corpus_is_refused(corpus: Corpus, index_folder: Path) -> None:
    build(corpus, [CountingEncoder()], index_folder)
    with pytest.raises(IndexMismatchError) as caught:
        load(index_folder, replace(corpus, documents=()), ["counting"])
    assert (
        str(caught.value) == f"The index at {index_folder} was built from another corpus; {REBUILD}"
    )


def test_another_encoder_is_refused_with_both_names(corpus: Corpus, index_folder: Path) -> None:
    build(corpus, [CountingEncoder("small-a")], index_folder)
    with pytest.raises(IndexMismatchError) as caught:
        load(index_folder, corpus, ["small-b"])
    assert str(caught.value) == (
        f"The index at {index_folder} was built with small-a, "
        f"but this version searches with small-b; {REBUILD}"
    )


def test_an_older_format_is_refused(corpus: Corpus, index_folder: Path) -> None:
    build(corpus, [CountingEncoder()], index_folder)
    manifest = json.loads((index_folder / "manifest.json").read_text())
    (index_folder / "manifest.json").write_text(json.dumps(manifest | {"format": FORMAT - 1}))
    with pytest.raises(
        IndexMismatchError, match=f"at {index_folder} has an older format; build it"
    ):
        load(index_folder, corpus, ["counting"])


def test_an_index_of_other_spellings_is_refused(
    corpus: Corpus, index_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    build(corpus, [CountingEncoder()], index_folder)
    changed = tmp_path / "roman_urdu.yml"
    changed.write_bytes(transliterate.DATA.read_bytes() + "خلع: khhula\n".encode())
    monkeypatch.setattr(transliterate, "DATA", changed)
    with pytest.raises(IndexMismatchError, match="with other spellings of Roman Urdu; build it"):
        load(index_folder, corpus, ["counting"])


def truncate(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def drop_encoders(path: Path) -> None:
    manifest = json.loads(path.read_text())
    del manifest["encoders"]
    path.write_text(json.dumps(manifest))


@pytest.mark.parametrize(
    ("name", "harm"),
    [
        ("counting.faiss", truncate),
        ("counting.faiss", Path.unlink),
        ("counting.faiss", lambda path: path.write_bytes(b"")),
        ("counting.centres.faiss", truncate),
        ("counting.centres.faiss", Path.unlink),
        ("counting.whitening.npy", truncate),
        ("counting.whitening.npy", Path.unlink),
        ("entries.json", truncate),
        ("entries.json", Path.unlink),
        ("entries.json", lambda path: path.write_text("3")),
        ("entries.json", lambda path: path.write_text("[[0]]")),
        ("entries.json", lambda path: path.write_text("[]")),
        ("entries.json", lambda path: path.write_bytes(b"\xff")),
        ("manifest.json", truncate),
        ("manifest.json", lambda path: path.write_text("[]")),
        ("manifest.json", lambda path: path.write_bytes(b"\xff")),
        ("manifest.json", drop_encoders),
    ],
)
def test_a_broken_file_is_refused_with_the_remedy(
    corpus: Corpus, index_folder: Path, name: str, harm: Callable[[Path], Any]
) -> None:
    build(corpus, [CountingEncoder()], index_folder)
    harm(index_folder / name)
    with pytest.raises(IndexMismatchError) as caught:
        load(index_folder, corpus, ["counting"])
    assert str(index_folder) in str(caught.value)
    assert str(caught.value).endswith(REBUILD)


def test_a_broken_index_is_built_anew(corpus: Corpus, index_folder: Path) -> None:
    build(corpus, [CountingEncoder()], index_folder)
    (index_folder / "entries.json").write_text("[[0]]")
    build(corpus, [CountingEncoder()], index_folder)
    assert len(load(index_folder, corpus, ["counting"]).entries) == 3
