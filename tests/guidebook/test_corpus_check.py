"""Each kind of fault bites on a small planted corpus; a sound one and the real one are clean."""

import hashlib
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from guidebook.corpus import load_corpus
from guidebook.corpus_check import check
from guidebook.facts import Fact, FactConfidence, FactSource
from guidebook.service_pages import write_pages
from guidebook.services import load_services

ROOT = Path(__file__).resolve().parents[2]
TODAY = date(2026, 11, 22)

BODY = "\n".join(
    [
        "No. You register first and investigate afterwards, whatever you think of her story.",
        "",
        *(
            f"{number}. Write down what she says in her own words, line by line."
            for number in (1, 2, 3)
        ),
        "",
        "Law: CrPC s.154.",
    ]
)
ASKED = """\
- can I refuse an fir
- must I believe her first
- verify before register?
- no fir without proof right
- kya mein parcha se inkar kar sakta hun
- pehle tasdeeq karna zaroori hai kya
- کیا میں مقدمہ درج کرنے سے انکار کر سکتا ہوں؟
- کیا پہلے تصدیق ضروری ہے؟
"""
NOTE = f"""\
id: refuse
facts: [F-FIR-01, F-FIR-02]
asked_as:
{ASKED}"""
DOCUMENT = f"""\
---
id: fir-report
title: First report
kind: guidance
authority: statute
jurisdiction: pakistan
lang: en
topics: [fir]
in_force_from: null
checked_on: 2026-11-22
review_by: 2027-05-22
superseded_by: null
review_status: draft
reviewed_by: null
sources:
- {{id: s1, title: The Code, url: "https://example.org", seen: 2026-11-22, confidence: statute-text, facts: [F-FIR-01, F-FIR-02]}}
---

## May I refuse a report?
<!--
{NOTE}-->
{BODY}
"""  # noqa: E501  # a source is one line
SPEECH = "On policing, the General said that women officers matter to the trust of every town.\n"
SOURCE = f"""\
---
id: speech
title: A speech
kind: policy-message
authority: message
jurisdiction: international
lang: en
topics: [un-messages]
in_force_from: null
checked_on: 2026-11-22
review_by: null
superseded_by: null
review_status: draft
reviewed_by: null
body_sha256: {hashlib.sha256(SPEECH.encode()).hexdigest()}
sources: []
---
{SPEECH}"""
SIDECAR = """\
passages:
- id: trust
  heading: What was said about trust?
  first: On policing
  last: every town.
  asked_as: [trust, women officers trust, what did he say, speech on police]
"""
SERVICES = """\
services:
- {id: police, name_en: Police emergency, name_ur: پولیس, number: "15", alternates: [],
   run_by: Police, hours: null, covers: pakistan, for: [first-response], verified_on: 2025-09,
   source: {title: A page, url: "https://example.org"}, confidence: official, state: call_now,
   facts: [F-FIR-01], note_en: null, note_ur: null}
"""


def fact(name: str, confidence: FactConfidence = "statute-text") -> Fact:
    source = FactSource(title="The Code", url="https://example.org")
    return Fact(id=name, section="", text="So.", sources=(source,), confidence=confidence, file="a")


FACTS = {
    one.id: one for one in (fact("F-FIR-01"), fact("F-FIR-02"), fact("F-FIR-03", "conflicting"))
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for place in ("guidance/fir", "source", "services"):
        (tmp_path / place).mkdir(parents=True)
    (tmp_path / "guidance/fir/fir-report.md").write_text(DOCUMENT, encoding="utf-8")
    (tmp_path / "source/speech.md").write_text(SOURCE, encoding="utf-8")
    (tmp_path / "source/speech.passages.yml").write_text(SIDECAR, encoding="utf-8")
    services = tmp_path / "services/services.yml"
    services.write_text(SERVICES, encoding="utf-8")
    write_pages(load_services(services), services.parent)
    return tmp_path


def lines(folder: Path) -> list[str]:
    return [str(fault) for fault in check(load_corpus(folder), FACTS, TODAY)]


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_a_sound_corpus_has_no_fault(folder: Path) -> None:
    assert lines(folder) == []


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        (BODY, "No.\n\nLaw: CrPC s.154.", "text is '4 words': write 40 to 180 words"),
        ("her story.", "her story." + " more" * 170, "words': write 40 to 180"),
        ("Law: CrPC", "See CrPC", "last line is 'See CrPC s.154.': end with a line that starts"),
        ("3. Write", "\n".join(f"{n}. x" for n in range(3, 8)) + "\n8. Write", "list is '8 lines'"),
        ("No. You", "**No.** You", "text is '**': write plain words"),
        ("No. You", "No. `You`", "text is '`': write plain words"),
        ("No. You", "No. [You](x)", "text is '[You](': write plain words"),
        ("F-FIR-01, F-FIR-02]\nasked", "F-FIR-01, F-FIR-02, U-16]\nasked", "facts is 'U-16'"),
        ("F-FIR-01, F-FIR-02]\nasked", "F-FIR-01, F-FIR-02, F-FIR-02]\nasked", "name it once"),
        ("facts: [F-FIR-01, F-FIR-02]}", "facts: [F-FIR-01]}", "sources is 'without F-FIR-02'"),
        ("F-FIR-02]}", "F-FIR-02, F-FIR-03]}", "sources is 'F-FIR-03': no passage here rests"),
        ("- can I refuse an fir\n", "", "asked_as is '7 phrasings': write at least 8"),
        ("- pehle tasdeeq karna zaroori hai kya", "- must I", "'1 in Roman Urdu'"),
        ("- کیا پہلے تصدیق ضروری ہے؟", "- must I", "'1 in Urdu script'"),
        ("topics: [fir]", "topics: [medical]", "topics is 'medical': the first topic names"),
        ("review_by: 2027-05-22", "review_by: 2026-11-21", "review_by is '2026-11-21'"),
        ("checked_on: 2026-11-22", "checked_on: 2026-12-01", "lies after today"),
        ("superseded_by: null", "superseded_by: nowhere", "superseded_by is 'nowhere'"),
        ("superseded_by: null", "superseded_by: fir-report", "superseded_by is 'fir-report'"),
        ("No. You", "376(2) applies. You", "gang rape left section 376(2) in 2021; cite PPC 375A"),
    ],
)
def test_each_fault_of_a_note_bites(folder: Path, old: str, new: str, says: str) -> None:
    change(folder / "guidance/fir/fir-report.md", old, new)
    (fault,) = lines(folder)
    assert says in fault


def test_a_passage_names_the_facts_it_rests_on(folder: Path) -> None:
    path = folder / "guidance/fir/fir-report.md"
    change(path, "facts: [F-FIR-01, F-FIR-02]\n", "")
    change(path, ", facts: [F-FIR-01, F-FIR-02]", "")
    (fault,) = lines(folder)
    assert "facts is 'none': name the facts" in fault


def test_a_fault_names_file_and_line(folder: Path) -> None:
    path = folder / "guidance/fir/fir-report.md"
    change(path, "No. You", "**No.** You")
    line = (
        path.read_text(encoding="utf-8")
        .split("\n")
        .index(BODY.replace("No.", "**No.**", 1).split("\n")[0])
    )
    assert lines(folder)[0].startswith(f"{path}:{line + 1}: text is ")


def test_a_conflicting_first_fact_wants_a_caution_and_a_supporting_one_does_not(
    folder: Path,
) -> None:
    path = folder / "guidance/fir/fir-report.md"
    change(path, "F-FIR-02]}", "F-FIR-02, F-FIR-03]}")
    change(path, "facts: [F-FIR-01, F-FIR-02]\n", "facts: [F-FIR-01, F-FIR-02, F-FIR-03]\n")
    assert lines(folder) == []
    change(path, "[F-FIR-01, F-FIR-02, F-FIR-03]\n", "[F-FIR-03, F-FIR-01, F-FIR-02]\n")
    (fault,) = lines(folder)
    assert "caution is 'None': F-FIR-03 is conflicting" in fault
    change(path, "asked_as:", "caution: sources_differ\nasked_as:")
    assert lines(folder) == []


def test_two_passages_may_not_ask_the_same(folder: Path) -> None:
    path = folder / "guidance/fir/fir-report.md"
    section = DOCUMENT.partition("\n## ")[2].replace("id: refuse", "id: again")
    path.write_text(f"{DOCUMENT}\n## {section.replace('May I', 'may  I')}", encoding="utf-8")
    (fault,) = lines(folder)
    assert "fir-report/refuse asks the same" in fault


def test_texts_that_differ_name_each_other_and_one_governs(folder: Path) -> None:
    path = folder / "guidance/fir/fir-report.md"
    section = DOCUMENT.partition("\n## ")[2].replace("id: refuse", "id: again")
    path.write_text(f"{DOCUMENT}\n## {section.replace('May I', 'Must I')}", encoding="utf-8")
    change(path, "asked_as:", "differs_from: [speech/trust]\nasked_as:")
    assert lines(folder) == []  # a statute and a message: the statute governs
    change(path, "speech/trust", "fir-report/again")
    (fault,) = lines(folder)
    assert "differs_from is 'fir-report/again': they are level in authority and date" in fault
    change(path, "fir-report/again", "speech/gone")
    (fault,) = lines(folder)
    assert "differs_from is 'speech/gone': name another passage" in fault
    change(path, "speech/gone", "speech/trust")
    change(folder / "source/speech.md", "superseded_by: null", "superseded_by: fir-report")
    assert any("differs_from is 'speech/trust'" in line for line in lines(folder))


def test_a_changed_source_text_is_a_fault(folder: Path) -> None:
    change(folder / "source/speech.md", "every town", "Every town")
    change(folder / "source/speech.passages.yml", "every town", "Every town")
    (fault,) = lines(folder)
    assert "body_sha256" in fault
    assert "bring the original text back" in fault


def test_a_source_text_without_a_digest_is_a_fault(folder: Path) -> None:
    path = folder / "source/speech.md"
    digest = next(line for line in SOURCE.split("\n") if line.startswith("body_sha256"))
    change(path, f"{digest}\n", "")
    assert "body_sha256 is 'None'" in lines(folder)[0]


def test_a_source_text_wants_four_phrasings_placed_in_its_sidecar(folder: Path) -> None:
    path = folder / "source/speech.passages.yml"
    change(path, ", speech on police", "")
    assert lines(folder) == [f"{path}:2: asked_as is '3 phrasings': write at least 4."]


def break_page(folder: Path) -> None:
    change(folder / "services/helplines-pakistan.md", "15: call now.", "15: call later.")


def drop_page(folder: Path) -> None:
    (folder / "services/helplines-pakistan.md").unlink()


def add_page(folder: Path) -> None:
    text = (folder / "services/helplines-pakistan.md").read_text(encoding="utf-8")
    text = text.replace("directory-pakistan", "directory-gb").replace("Police emergency:", "GB:")
    (folder / "services/helplines-gb.md").write_text(text, encoding="utf-8")


@pytest.mark.parametrize("spoil", [break_page, drop_page, add_page])
def test_pages_out_of_step_with_the_services_are_a_fault(
    folder: Path, spoil: Callable[[Path], None]
) -> None:
    spoil(folder)
    (fault,) = lines(folder)
    assert "page is 'not what services.yml says'" in fault


def test_a_broken_or_overpromising_service_file_is_a_fault(folder: Path) -> None:
    path = folder / "services/services.yml"
    change(path, "state: call_now", "state: check_first")
    write_pages(load_services(path), path.parent)
    assert "15 and 1122 are always `call_now`" in lines(folder)[0]
    change(path, "covers: pakistan", "covers: mars")
    assert "services is 'not usable'" in "\n".join(lines(folder))
