"""Facts load whole or not at all, and the dossier parser reads every style they came in."""

from collections import Counter
from pathlib import Path

import pytest

from guidebook import dossier
from guidebook.dossier import facts_in, import_facts
from guidebook.errors import CorpusError
from guidebook.facts import Fact, dump_facts, load_facts

ROOT = Path(__file__).resolve().parents[2]

FEDERAL = """\
# Federal

## Outdated statements to avoid (quick list)

- **F-FIR-99** This one is no fact.

## Recording the first report (FIR) and first steps (F-FIR)

- **F-FIR-01** Write it down.
  Authority: CrPC s.154
  Source: The Code (2025) https://example.org/code; A guide https://example.org/guide%281%29
  Confidence: statute-text (federal wording) | Use: core | Checked: 2026-11-22 (confirmed)

Officer questions
- May I wait?

## Unverified - do not state as fact

- **U-01** Usually read as X.
  What to check: the ruling.
"""

PROVINCES = """\
# Provinces

## 1. KP: Domestic violence

### 2a. Ghag
- `P-KP-01` Passed in **2021**. Authority: the Act. Source: "A column", Dawn, https://www.dawn.com/news/1646049 (2021). Second source: Samaa, https://www.samaa.tv/a/ (15 Jan 2021; first part only). Confidence: secondary. *Do not wait.* Checked: 2026-11-22 (confirmed)
- `P-KP-02` See the column. Source: Dawn 1646049; Samaa page as in P-KP-01; The News 999999. Confidence: conflicting (see text).
- `P-KP-02a` Above. Source: as above. Confidence: official.

## 10. Helplines and services

| id | Number | Who runs it | Hours |
|---|---|---|---|
| H-14 | 8090 | Unit | 24 h |
| H-15 | 1815 | Online station | - |

- `H-14` `H-15` One line for two. Sources: https://example.org/x . Confidence: secondary.

## 14. Unverified - do not state as fact

- `U-01` Not a fact.
"""  # noqa: E501  # one fact a line, as in the originals

PRACTICE = """\
# Practice

## 1. First contact (G-FR)

- `G-FR-01` React promptly. **Authority:** UN Handbook, s. 3.8.1. **Source:** https://a.example.org/1 and https://b.example.org/2. **Confidence:** primary (UN) / secondary (copy). Checked: 2026-11-22 (confirmed)
"""  # noqa: E501  # one fact a line, as in the originals


def by_id(path: Path, text: str) -> dict[str, Fact]:
    # Block style ends its lines with two blanks, which an editor would take away here.
    path.write_text(text.replace("\n  ", "  \n  "), encoding="utf-8")
    return {fact.id: fact for fact in facts_in(path)}


def test_the_real_facts_are_all_there() -> None:
    facts = load_facts(ROOT / "corpus" / "facts")
    counts = Counter(fact.file for fact in facts.values())
    dossiers = {"federal-law": 237, "provinces-and-services": 209, "police-practice": 247}
    written_here = counts.pop("desk-questions")
    assert counts == dossiers
    assert written_here >= 49  # a maintainer adds to them
    federal = [fact for fact in facts.values() if fact.file == "federal-law"]
    confidence = Counter(fact.confidence for fact in federal)
    assert confidence == {"statute-text": 138, "official": 2, "secondary": 81, "conflicting": 16}
    assert sum(1 for fact in facts.values() if fact.file in dossiers and fact.checked) == 202


def test_every_real_fact_has_an_address_and_no_leftover_labels() -> None:
    for fact in load_facts(ROOT / "corpus" / "facts").values():
        assert any(source.url for source in fact.sources), fact.id
        assert not any(f"{label}:" in fact.text for label in ("Confidence", "Checked", "Use"))
        assert "**" not in fact.text
        assert "`" not in fact.text


def test_an_id_that_stands_under_unverified_elsewhere_is_the_fact() -> None:
    fact = load_facts(ROOT / "corpus" / "facts")["U-01"]
    assert fact.file == "provinces-and-services"
    assert "International Day of Police Cooperation" in fact.text


def test_facts_are_read_from_a_dossier_in_blocks(tmp_path: Path) -> None:
    facts = by_id(tmp_path / "federal-law.md", FEDERAL)
    assert list(facts) == ["F-FIR-01"], "no outdated and no unverified entry is a fact"
    fact = facts["F-FIR-01"]
    assert fact.section == "Recording the first report (FIR) and first steps"
    assert (fact.text, fact.authority) == ("Write it down.", "CrPC s.154")
    assert [(one.title, one.url) for one in fact.sources] == [
        ("The Code (2025)", "https://example.org/code"),
        ("A guide", "https://example.org/guide%281%29"),
    ]
    assert (fact.confidence, fact.reservation) == ("statute-text", "federal wording")
    assert (fact.use, fact.checked) == ("core", "2026-11-22 (confirmed)")


def test_line_style_with_second_source_and_note(tmp_path: Path) -> None:
    fact = by_id(tmp_path / "provinces.md", PROVINCES)["P-KP-01"]
    assert fact.section == "KP: Domestic violence: Ghag"
    assert fact.text == "Passed in 2021. Do not wait."
    assert [(one.title, one.url) for one in fact.sources] == [
        ('"A column", Dawn (2021)', "https://www.dawn.com/news/1646049"),
        ("Samaa (15 Jan 2021; first part only)", "https://www.samaa.tv/a/"),
    ]


def test_sources_named_by_number_by_id_and_above_find_their_address(tmp_path: Path) -> None:
    facts = by_id(tmp_path / "provinces.md", PROVINCES)
    assert [one.url for one in facts["P-KP-02"].sources] == [
        "https://www.dawn.com/news/1646049",
        "https://www.samaa.tv/a/",
        None,
    ], "a number no address holds stays without one"
    assert facts["P-KP-02a"].sources[0].url == "https://www.dawn.com/news/1646049"


def test_a_page_named_by_its_outlet_is_told_from_one_with_a_like_name(tmp_path: Path) -> None:
    text = """\
## 9. Islamabad
- `P-IC-01` Passed. Source: ABC News Pakistan, https://abc.example.org/a ; Pakistan Scope, https://scope.example.org/b . Confidence: secondary.
- `P-IC-02` It protects all. Source: Pakistan Scope as in P-IC-01. Confidence: secondary.
- `P-IC-03` First hearing. Source: as P-IC-01. Confidence: secondary.
"""  # noqa: E501  # one fact a line, as in the originals
    facts = by_id(tmp_path / "provinces.md", text)
    assert [one.title for one in facts["P-IC-02"].sources] == ["Pakistan Scope"]
    assert len(facts["P-IC-03"].sources) == 2, "no outlet named: all of that fact's pages"


def test_two_ids_on_one_line_are_one_fact_with_both_rows(tmp_path: Path) -> None:
    facts = by_id(tmp_path / "provinces.md", PROVINCES)
    assert "H-15" not in facts
    assert facts["H-14"].text == (
        "Number: 8090. Run by: Unit. Hours: 24 h. "
        "Number: 1815. Run by: Online station. One line for two."
    )


def test_bold_labels_and_several_addresses(tmp_path: Path) -> None:
    fact = by_id(tmp_path / "practice.md", PRACTICE)["G-FR-01"]
    assert (fact.authority, fact.confidence) == ("UN Handbook, s. 3.8.1", "primary")
    assert [one.title for one in fact.sources] == ["a.example.org", "b.example.org"]
    assert fact.sources[1].url == "https://b.example.org/2"


def test_import_refuses_a_wrong_count_and_writes_nothing(tmp_path: Path) -> None:
    for name, text in zip(dossier.COUNTS, (FEDERAL, PROVINCES, PRACTICE), strict=True):
        (tmp_path / f"{name}.md").write_text(text, encoding="utf-8")
    with pytest.raises(CorpusError, match="1 facts read, 237 expected"):
        import_facts(tmp_path, tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_import_compares_ids_with_phrasings(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        dossier, "COUNTS", {"federal-law": 1, "provinces-and-services": 4, "police-practice": 1}
    )
    for name, text in zip(dossier.COUNTS, (FEDERAL, PROVINCES, PRACTICE), strict=True):
        (tmp_path / f"{name}.md").write_text(text, encoding="utf-8")
    assert sum(import_facts(tmp_path, tmp_path / "out").values()) == 6
    assert len(load_facts(tmp_path / "out")) == 6
    (tmp_path / "asked_as").mkdir()
    (tmp_path / "asked_as" / "0.jsonl").write_text('{"id": "F-FIR-01"}\n', encoding="utf-8")
    with pytest.raises(CorpusError, match=r"G-FR-01, H-14.* have no phrasings"):
        import_facts(tmp_path, tmp_path / "out")


def test_facts_survive_writing_and_reading(tmp_path: Path) -> None:
    facts = list(by_id(tmp_path / "provinces.md", PROVINCES).values())
    (tmp_path / "provinces.yml").write_text(dump_facts(facts), encoding="utf-8")
    assert list(load_facts(tmp_path).values()) == facts


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("facts:\n- id: F-FIR-1\n", "F-FIR-1"),
        ("facts: []\n", "write a list"),
        ("facts: [\n", "mend the YAML"),
        ("facts:\n- just words\n", "write a fact as fields"),
    ],
)
def test_a_broken_fact_file_is_refused_with_its_line(tmp_path: Path, text: str, says: str) -> None:
    (tmp_path / "a.yml").write_text(text, encoding="utf-8")
    with pytest.raises(CorpusError, match=says) as caught:
        load_facts(tmp_path)
    assert caught.value.faults[0].startswith(f"{tmp_path / 'a.yml'}:")


def test_one_id_in_two_files_is_refused(tmp_path: Path) -> None:
    facts = list(by_id(tmp_path / "provinces.md", PROVINCES).values())
    for name in ("a.yml", "b.yml"):
        (tmp_path / name).write_text(dump_facts(facts[:1]), encoding="utf-8")
    with pytest.raises(CorpusError, match=r"a\.yml has this id already"):
        load_facts(tmp_path)


def test_no_facts_at_all_says_how_to_get_them(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match="import-facts"):
        load_facts(tmp_path)
