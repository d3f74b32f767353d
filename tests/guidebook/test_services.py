"""Services promise only what their sources support, and their pages say what the file says."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from guidebook.corpus import load_corpus
from guidebook.errors import CorpusError
from guidebook.facts import Fact, load_facts
from guidebook.service_pages import render, write_pages
from guidebook.services import contacts_for, load_services, service_faults

ROOT = Path(__file__).resolve().parents[2]
REAL = ROOT / "corpus" / "services" / "services.yml"
TODAY = date(2026, 11, 22)


def entry(**changes: Any) -> dict[str, Any]:
    made = {
        "id": "bolo",
        "name_en": "Bolo Helpline",
        "name_ur": "بولو ہیلپ لائن",
        "number": "0800-22227",
        "alternates": ["1097"],
        "run_by": "KP Social Welfare Department",
        "hours": None,
        "covers": "kp",
        "for": ["domestic-violence", "referral-services"],
        "verified_on": "2024-11",
        "source": {"title": "The Nation", "url": "https://example.org/bolo"},
        "confidence": "secondary",
        "state": "check_first",
        "facts": ["H-02"],
        "note_en": "It may be silent at night",
        "note_ur": None,
    }
    return made | changes


POLICE = entry(
    id="police", name_en="Police emergency", name_ur="پولیس", number="15", alternates=[],
    covers="pakistan", state="call_now", facts=["H-01"], note_en=None,
)  # fmt: skip


def write(folder: Path, *entries: dict[str, Any]) -> Path:
    path = folder / "services.yml"
    block = yaml.safe_dump({"services": list(entries)}, allow_unicode=True, sort_keys=False)
    path.write_text(block, encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def facts() -> dict[str, Fact]:
    return load_facts(ROOT / "corpus" / "facts")


def faults(path: Path, facts: dict[str, Fact]) -> list[str]:
    return [str(fault) for fault in service_faults(load_services(path), path, facts, TODAY)]


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"number": "15", "state": "check_first"}, "15 and 1122 are always"),
        ({"state": "call_now", "verified_on": "2025-05"}, "not official and 18 months old"),
        ({"state": "call_now", "verified_on": None}, "not official and 18 months old"),
        (
            {"state": "call_now", "verified_on": "2026-11", "confidence": "conflicting"},
            "never `call_now`",
        ),
        ({"state": "call_now", "number": None, "confidence": "official"}, "without a number"),
        ({"facts": ["H-99"]}, "no usable fact"),
    ],
)
def test_a_state_that_promises_too_much_is_a_fault(
    tmp_path: Path, facts: dict[str, Fact], changes: dict[str, Any], says: str
) -> None:
    (fault,) = faults(write(tmp_path, POLICE, entry(**changes)), facts)
    assert says in fault
    line = (tmp_path / "services.yml").read_text(encoding="utf-8").split("\n").index("- id: bolo")
    assert fault.startswith(f"{tmp_path / 'services.yml'}:{line + 1}: bolo.")


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"state": "call_now", "verified_on": "2025-06"},
        {"state": "call_now", "confidence": "official", "verified_on": "2017-08"},
        {"confidence": "conflicting"},
        {"number": None},
    ],
)
def test_a_state_the_sources_support_is_none(
    tmp_path: Path, facts: dict[str, Fact], changes: dict[str, Any]
) -> None:
    assert faults(write(tmp_path, POLICE, entry(**changes)), facts) == []


def test_one_id_twice_is_a_fault(tmp_path: Path, facts: dict[str, Fact]) -> None:
    (fault,) = faults(write(tmp_path, entry(), entry(number="1043")), facts)
    assert "stands twice" in fault


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"number": "call us"}, "number"),
        ({"covers": "mars"}, "covers"),
        ({"for": []}, "for"),
        ({"verified_on": "May 2025"}, "verified_on"),
        ({"phone": "1"}, "phone"),
    ],
)
def test_a_wrong_shape_is_refused(tmp_path: Path, changes: dict[str, Any], field: str) -> None:
    with pytest.raises(CorpusError, match=field):
        load_services(write(tmp_path, entry(**changes)))


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match="no such file"):
        load_services(tmp_path / "services.yml")


def test_pages_are_corpus_documents_whose_first_words_are_the_number(tmp_path: Path) -> None:
    directory = load_services(write(tmp_path, POLICE, entry()))
    paths = write_pages(directory, tmp_path)
    assert [path.name for path in paths] == ["helplines-kp.md", "helplines-pakistan.md"]
    corpus = load_corpus(tmp_path)
    police = corpus.passage("service-directory-pakistan/police")
    bolo = corpus.passage("service-directory-kp/bolo")
    assert police is not None
    assert bolo is not None
    assert police.text.startswith("15: call now.")
    assert "has not test-dialled it" in police.text
    assert bolo.text.startswith("0800-22227, but check it first")
    assert "Also printed: 1097." in bolo.text
    assert "It may be silent at night." in bolo.text
    last = bolo.text.rpartition("\n")[2]
    assert last == "Service: Bolo Helpline, 0800-22227; KP Social Welfare Department."
    assert bolo.facts == ("H-02",)


def test_a_service_without_a_number_says_so_first(tmp_path: Path) -> None:
    (page,) = render(load_services(write(tmp_path, entry(number=None)))).values()
    assert "\nNo number is confirmed: ask your supervisor" in page


def test_a_page_no_service_needs_is_removed(tmp_path: Path) -> None:
    (tmp_path / "helplines-gb.md").write_text("old", encoding="utf-8")
    write_pages(load_services(write(tmp_path, entry())), tmp_path)
    assert [path.name for path in tmp_path.glob("*.md")] == ["helplines-kp.md"]


def test_contacts_are_those_of_topic_and_place_call_now_first(tmp_path: Path) -> None:
    sindh = entry(id="sindh", number="1094", covers="sindh")
    silent = entry(id="silent", number=None)
    directory = load_services(write(tmp_path, entry(), sindh, silent, POLICE))
    english = contacts_for(directory, "domestic-violence", "kp", "en")
    assert [(one.label, one.number, one.state) for one in english] == [
        ("Police emergency", "15", "call_now"),
        ("Bolo Helpline", "0800-22227", "check_first"),
    ]
    urdu = contacts_for(directory, "domestic-violence", "kp", "ur")
    assert urdu[0].label == "پولیس"
    assert contacts_for(directory, "acid-burns", "kp", "en") == []


@pytest.mark.skipif(not REAL.is_file(), reason="corpus/services/services.yml is not written yet")
def test_the_real_file_keeps_the_rules(facts: dict[str, Fact]) -> None:
    assert faults(REAL, facts) == []
    numbers = {service.number for service in load_services(REAL).services}
    assert {"15", "1122"} <= numbers


@pytest.mark.skipif(not REAL.is_file(), reason="corpus/services/services.yml is not written yet")
def test_the_real_pages_are_what_the_file_says() -> None:
    for name, text in render(load_services(REAL)).items():
        assert (REAL.parent / name).read_text(encoding="utf-8") == text
