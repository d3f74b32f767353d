"""Coverage counts what the corpus tells, names what it leaves out, and sees weak ground."""

import json
from pathlib import Path

import pytest

from guidebook.corpus import load_corpus
from guidebook.coverage import Coverage, coverage
from guidebook.facts import Fact, FactConfidence, FactSource, Use, load_facts

ROOT = Path(__file__).resolve().parents[2]

DOCUMENT = """\
---
id: {name}
title: {name}
kind: guidance
authority: statute
jurisdiction: pakistan
lang: en
topics: [{topic}]
in_force_from: null
checked_on: 2026-11-22
review_by: 2027-05-22
superseded_by: {superseded_by}
review_status: draft
reviewed_by: null
sources: []
---
{passages}"""


def document(
    folder: Path, name: str, topic: str, facts: list[str], superseded_by: str = "null"
) -> None:
    passages = "".join(
        f"\n## {name} {number}?\n<!--\nid: p{number}\nfacts: [{one}]\n-->\nYes.\n"
        for number, one in enumerate(facts)
    )
    text = DOCUMENT.format(name=name, topic=topic, superseded_by=superseded_by, passages=passages)
    (folder / f"{name}.md").write_text(text, encoding="utf-8")


def fact(name: str, confidence: FactConfidence, use: Use | None = None) -> Fact:
    source = FactSource(title="A page", url="https://example.org")
    return Fact(
        id=name, section=f"section of {name[0]}", text="So.", sources=(source,),
        confidence=confidence, use=use, file="federal-law" if name[0] == "F" else "other",
    )  # fmt: skip


@pytest.fixture
def found(tmp_path: Path) -> Coverage:
    facts = [
        fact("F-FIR-01", "statute-text", "core"),
        fact("F-FIR-02", "secondary", "background"),
        fact("F-FIR-03", "statute-text", "core"),
        fact("G-FR-01", "conflicting"),
        fact("G-FR-02", "primary"),
    ]
    document(tmp_path, "first", "fir", ["F-FIR-01, F-FIR-02", "F-FIR-02, G-FR-01"])
    document(tmp_path, "second", "medical", ["G-FR-01, X-01"])
    document(tmp_path, "old", "fir", ["G-FR-02"], superseded_by="first")
    return coverage(load_corpus(tmp_path), {one.id: one for one in facts})


def test_facts_named_by_passages_are_counted_as_shares(found: Coverage) -> None:
    assert found.covered == ("F-FIR-01", "F-FIR-02", "G-FR-01")
    assert str(found.whole) == "3 / 5 (60 %)"
    assert str(found.core) == "1 / 2 (50 %)"
    assert str(found.not_conflicting) == "2 / 4 (50 %)"
    assert {name: str(share) for name, share in found.files.items()} == {
        "federal-law": "2 / 3 (67 %)",
        "other": "1 / 2 (50 %)",
    }
    assert str(found.sections["section of G"]) == "1 / 2 (50 %)"


def test_uncovered_facts_stand_core_first_and_a_superseded_text_covers_nothing(
    found: Coverage,
) -> None:
    assert found.uncovered == ("F-FIR-03", "G-FR-02")


def test_passages_on_secondary_or_conflicting_facts_alone_are_named(found: Coverage) -> None:
    assert found.weak_passages == ("first/p1", "second/p0")


def test_ids_that_are_no_facts_are_named(found: Coverage) -> None:
    assert found.unknown == ("X-01",)


def test_topics_count_documents_passages_and_facts(found: Coverage) -> None:
    count = found.topics["fir"]
    assert (count.documents, count.passages, count.facts) == (1, 2, 3)
    assert found.topics["medical"].passages == 1
    assert found.topics["custody"].documents == 0, "an empty topic is shown, not dropped"


def test_text_and_json_say_the_same(found: Coverage) -> None:
    text = found.to_text()
    assert "core                                     1 / 2 (50 %)" in text
    assert text.index("Uncovered core facts: 1\n  F-FIR-03") < text.index(
        "Uncovered other facts: 1"
    )
    plain = json.loads(json.dumps(found.to_json()))
    assert plain["uncovered"] == ["F-FIR-03", "G-FR-02"]
    assert plain["whole"] == {"covered": 3, "total": 5}


def test_the_real_corpus_tells_what_the_library_promises() -> None:
    found = coverage(load_corpus(ROOT / "corpus"), load_facts(ROOT / "corpus" / "facts"))
    assert found.whole.total >= 742  # facts are added with documents; none is lost
    assert found.core.covered == found.core.total, found.uncovered
    assert found.not_conflicting.covered >= 0.85 * found.not_conflicting.total
