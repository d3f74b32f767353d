"""A corpus is whole and true to its files, or it says every fault with its place and remedy."""

import hashlib
import shutil
from pathlib import Path
from typing import Any

import pytest

from guidebook.corpus import Corpus, load_corpus
from guidebook.errors import CorpusError
from guidebook.settings import ROOT
from tests.guidebook.documents import WriteDocument

SEEDS = ROOT / "tests" / "data" / "seeds"


def faults_in(folder: Path) -> list[str]:
    with pytest.raises(CorpusError) as caught:
        load_corpus(folder)
    assert str(caught.value) == "\n".join(caught.value.faults)
    return caught.value.faults


def only_fault(path: Path) -> str:
    found = faults_in(path.parent)
    assert len(found) == 1, found
    return found[0]


# -- the real corpus


def test_every_passage_is_the_slice_of_its_document(real_corpus: Corpus) -> None:
    assert len(real_corpus.passages) >= 5 + 8 + 6  # the source texts alone
    for passage in real_corpus.passages:
        document = real_corpus.document(passage.document_id)
        assert document is not None
        assert document.text[passage.start : passage.end] == passage.text
        assert passage.text == passage.text.strip()
        assert "<!--" not in passage.text


def test_a_documents_digest_and_text_are_those_of_its_file(real_corpus: Corpus) -> None:
    for document in real_corpus.documents:
        raw = document.path.read_bytes()
        assert document.text.encode("utf-8") == raw
        assert document.digest == hashlib.sha256(raw).hexdigest()


def test_every_id_leads_back_to_its_document_and_passage(real_corpus: Corpus) -> None:
    for document in real_corpus.documents:
        assert real_corpus.document(document.id) is document
    for passage in real_corpus.passages:
        assert real_corpus.passage(passage.id) is passage
        assert passage.id.startswith(f"{passage.document_id}/")
    assert real_corpus.document("no-such-document") is None
    assert real_corpus.passage("no-such-document/passage") is None


@pytest.mark.parametrize(
    ("document_id", "seed", "starts_with"),
    [
        ("undp-women-leaders-conference-2022", "undp.txt", "UNDP Pakistan and Khyber"),
        ("un-police-cooperation-day-2023", "un-and-unido.txt", "SECRETARY-GENERAL MESSAGE"),
        ("unido-women-leather-2023", "un-and-unido.txt", "PRESS RELEASE"),
    ],
)
def test_a_source_text_is_byte_equal_to_its_range_of_the_seed(
    real_corpus: Corpus, document_id: str, seed: str, starts_with: str
) -> None:
    document = real_corpus.document(document_id)
    assert document is not None
    body = document.path.read_bytes().split(b"---\n", 2)[2]
    assert body in (SEEDS / seed).read_bytes()
    assert hashlib.sha256(body).hexdigest() == document.body_sha256
    assert body.decode("utf-8").strip().startswith(starts_with)


def test_the_two_documents_of_the_second_seed_share_it_without_a_gap(real_corpus: Corpus) -> None:
    message = real_corpus.document("un-police-cooperation-day-2023")
    release = real_corpus.document("unido-women-leather-2023")
    assert message is not None
    assert release is not None
    bodies = [d.path.read_bytes().split(b"---\n", 2)[2] for d in (message, release)]
    assert b"".join(bodies) == (SEEDS / "un-and-unido.txt").read_bytes()


def test_press_contacts_and_boilerplate_belong_to_no_passage(real_corpus: Corpus) -> None:
    document = real_corpus.document("undp-women-leaders-conference-2022")
    assert document is not None
    for words in ("Learn more at", "@UNDP", "For further information"):
        assert not any(words in passage.text for passage in document.passages)
    assert "Learn more at" in document.text


# -- what changes the digest


def test_the_digest_stays_when_nothing_changes(write_document: WriteDocument) -> None:
    folder = write_document().parent
    assert load_corpus(folder).digest == load_corpus(folder).digest


def test_the_digest_changes_with_one_letter_of_text(write_document: WriteDocument) -> None:
    path = write_document()
    before = load_corpus(path.parent).digest
    path.write_text(path.read_text().replace("Write it down", "Write it up"))
    assert load_corpus(path.parent).digest != before


def test_the_digest_changes_with_a_sidecars_phrasing(tmp_path: Path) -> None:
    folder = shutil.copytree(ROOT / "corpus" / "source", tmp_path / "source")
    before = load_corpus(folder).digest
    sidecar = folder / "unido-women-leather-2023.passages.yml"
    sidecar.write_text(sidecar.read_text().replace("What does UNIDO do?", "What is UNIDO for?"))
    assert load_corpus(folder).digest != before


def test_a_superseded_document_stays_readable_and_answers_nothing(
    write_document: WriteDocument,
) -> None:
    write_document(superseded_by="newer-report")
    path = write_document("newer-report.md", id="newer-report")
    corpus = load_corpus(path.parent)
    assert {document.id for document in corpus.documents} == {"first-report", "newer-report"}
    assert [passage.document_id for passage in corpus.passages] == ["newer-report"]
    assert corpus.passage("first-report/refuse-fir") is None


def test_a_readme_in_the_corpus_is_not_a_document(write_document: WriteDocument) -> None:
    path = write_document()
    (path.parent / "README.md").write_text("How to write a document.")
    assert [document.path for document in load_corpus(path.parent).documents] == [path]


# -- faults


def test_a_missing_folder_names_the_setting(tmp_path: Path) -> None:
    missing = tmp_path / "corpus"
    assert faults_in(missing) == [
        f"{missing}: there is no corpus folder here; check GUIDEBOOK_CORPUS."
    ]


def test_an_empty_corpus_says_what_to_do(tmp_path: Path) -> None:
    assert faults_in(tmp_path) == [
        f"{tmp_path}: the corpus is empty; add a document and run again."
    ]


@pytest.mark.parametrize("text", ["", "no block at all\n", "---\nid: x\n", "\n---\nid: x\n---\n"])
def test_missing_front_matter_is_told_at_line_one(tmp_path: Path, text: str) -> None:
    path = tmp_path / "bare.md"
    path.write_text(text)
    assert only_fault(path) == (f"{path}:1: front matter is 'missing': start with a `---` block.")


def test_broken_yaml_is_told_at_its_line(write_document: WriteDocument) -> None:
    path = write_document(title="one: two: three")  # line 1 is ---, 2 the id, 3 the title
    assert only_fault(path).startswith(f"{path}:3: front matter is 'mapping values are not allowed")
    assert only_fault(path).endswith("mend the YAML at this line.")


def test_a_date_that_does_not_exist_is_a_fault_and_no_trace(
    write_document: WriteDocument,
) -> None:
    path = write_document(checked_on="2026-13-45")
    fault = only_fault(path)
    assert fault.startswith(f"{path}:")
    assert "month" in fault


@pytest.mark.parametrize(
    ("front", "line", "said"),
    [
        ({"colour": "red"}, 16, "colour is 'red': Extra inputs are not permitted."),
        ({"kind": "leaflet"}, 4, "kind is 'leaflet': Input should be 'guidance', "),
        ({"authority": "hearsay"}, 5, "authority is 'hearsay': Input should be 'statute', "),
        ({"jurisdiction": "mars"}, 6, "jurisdiction is 'mars': Input should be 'pakistan', "),
        ({"lang": "fr"}, 7, "lang is 'fr': Input should be 'en' or 'ur'."),
        ({"topics": ["gardening"]}, 8, "topics.0 is 'gardening': Input should be 'fir', "),
        ({"topics": []}, 8, "topics is '[]': Tuple should have at least 1 item"),
        ({"checked_on": "last May"}, 10, "checked_on is 'last May': Input should be a valid date"),
        ({"id": "Not A Slug"}, 2, "id is 'Not A Slug': String should match pattern"),
        ({"title": "' '"}, 3, "title is ' ': Value error, write something here."),
        ({"checked_on": ...}, 2, "checked_on is 'missing': add it."),
    ],
)
def test_a_bad_field_is_told_with_line_value_and_remedy(
    write_document: WriteDocument, front: dict[str, Any], line: int, said: str
) -> None:
    path = write_document(**front)
    assert only_fault(path).startswith(f"{path}:{line}: {said}")


def test_a_document_that_is_no_draft_must_name_its_office(write_document: WriteDocument) -> None:
    path = write_document(review_status="live")
    assert "names the office in `reviewed_by`" in only_fault(path)


def test_a_byte_order_mark_is_told(write_document: WriteDocument) -> None:
    path = write_document()
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    assert only_fault(path) == (
        f"{path}:1: encoding is 'byte order mark': save the file without a BOM."
    )


def test_a_carriage_return_is_told_at_its_line(write_document: WriteDocument) -> None:
    path = write_document()
    path.write_bytes(path.read_bytes().replace(b"title: Rec", b"title: \rRec"))
    assert only_fault(path) == f"{path}:3: encoding is 'carriage return': use LF line ends only."


def test_text_that_is_not_nfc_is_told_at_its_line(write_document: WriteDocument) -> None:
    path = write_document(title="Cafe\u0301")
    assert (
        only_fault(path) == f"{path}:3: encoding is 'not NFC': save the file in Unicode form NFC."
    )


def test_bytes_that_are_not_utf8_are_told_at_their_line(write_document: WriteDocument) -> None:
    path = write_document()
    path.write_bytes(path.read_bytes().replace(b"Recording", b"Rec\xffording"))
    assert only_fault(path) == f"{path}:3: encoding is 'not UTF-8': save the file as UTF-8."


def test_two_documents_of_one_id_are_told_with_the_other_file(
    write_document: WriteDocument,
) -> None:
    first, second = write_document("a.md"), write_document("b.md")
    document, passage = faults_in(first.parent)
    assert document == (
        f"{second}:2: id is 'first-report': {first} has it already; choose another."
    )
    assert "passage id is 'first-report/refuse-fir': stands twice" in passage


def test_two_passages_of_one_id_are_told_at_the_second(write_document: WriteDocument) -> None:
    section = "\n## Q?\n<!--\nid: same\nfacts: [F-FIR-04]\n-->\nYes.\n"
    path = write_document(body=section + section)
    # 16 lines of front matter, then the second section's text on its line 2 + 7 + 6 - 1 = 14
    assert only_fault(path) == (
        f"{path}:{16 + 14}: passage id is 'first-report/same': stands twice; rename one."
    )


def test_all_faults_of_all_files_are_told_at_once(write_document: WriteDocument) -> None:
    write_document("a.md", kind="leaflet", lang="fr")
    path = write_document("b.md", id="other", body="\nno heading\n")
    assert len(faults_in(path.parent)) == 2 + 1
