"""A passage is one contiguous slice of its file without its comment; a bad one is told."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guidebook.chunking import Cut, cut_at_headings, cut_by_sidecar
from guidebook.document_schema import FrontMatter
from tests.guidebook.documents import FRONT, WriteDocument

FIELDS = FrontMatter.model_validate(FRONT)
NOTE = "<!--\nid: {id}\nfacts: [F-FIR-04]\n-->\n"
SOURCE = "Title\n\nOne two three. Four five.\n\nPress: 0912345\n"


def cut(text: str) -> Cut:
    return cut_at_headings(text, 0, Path("a.md"), FIELDS)


def section(heading: str, body: str, passage_id: str = "p", more: str = "") -> str:
    return f"## {heading}\n<!--\nid: {passage_id}\nfacts: [F-FIR-04]\n{more}-->\n{body}\n\n"


def by_sidecar(folder: Path, sidecar: str | None, text: str = SOURCE) -> Cut:
    if sidecar is not None:
        (folder / "first-report.passages.yml").write_text(sidecar, encoding="utf-8")
    return cut_by_sidecar(text, 0, folder / "first-report.md", FIELDS)


def entry(first: str = "One two", last: str = "five.") -> str:
    return f"passages:\n- id: p\n  heading: What?\n  first: {first}\n  last: {last}\n"


def test_each_heading_starts_a_passage_in_reading_order() -> None:
    found = cut(section("First?", "Yes.", "a") + section("Second?", "No.", "b"))
    assert found.faults == ()
    assert [(p.id, p.heading, p.text) for p in found.passages] == [
        ("first-report/a", "First?", "Yes."),
        ("first-report/b", "Second?", "No."),
    ]


def test_blank_lines_around_a_passage_are_not_part_of_it() -> None:
    text = section("Q?", "\n\n  Yes.\n\nNo.\n\n\n")
    (passage,) = cut(text).passages
    assert passage.text == "Yes.\n\nNo." == text[passage.start : passage.end]


def test_a_comment_narrows_its_passage_and_is_not_shown() -> None:
    more = (
        "authority: ruling\njurisdiction: kp\ncaution: sources_differ\n"
        "applies_to: {age: child, role: [survivor, witness]}\n"
        "when: {phase: first_hour, within_hours: 6, order: 20, cases: [rape]}\n"
        "asked_as:\n- how\n"
    )
    (passage,) = cut(section("Q?", "Yes.", more=more)).passages
    assert passage.authority == "ruling"
    assert passage.jurisdiction == "kp"
    assert passage.caution == "sources_differ"
    assert passage.applies_to == {"age": ("child",), "role": ("survivor", "witness")}
    assert passage.when is not None
    assert (passage.when.phase, passage.when.order, passage.when.within_hours) == (
        "first_hour",
        20,
        6,
    )
    assert passage.asked_as == ("how",)
    assert passage.text == "Yes."


def test_a_passage_without_its_own_authority_has_the_documents() -> None:
    (passage,) = cut(section("Q?", "Yes.")).passages
    assert (passage.authority, passage.jurisdiction) == (FIELDS.authority, FIELDS.jurisdiction)


def test_a_body_without_headings_is_a_fault() -> None:
    (fault,) = cut("only words\n").faults
    assert str(fault) == "a.md:1: body is 'no heading': add a `## question`."


def test_a_heading_without_comment_is_a_fault_and_the_next_is_still_read() -> None:
    found = cut("## Bare?\nYes.\n\n" + section("Good?", "Yes."))
    assert [str(fault) for fault in found.faults] == [
        "a.md:1: passage is 'Bare?': put `<!--` with id and facts directly under the heading."
    ]
    assert [passage.heading for passage in found.passages] == ["Good?"]


def test_an_empty_section_is_a_fault() -> None:
    found = cut("intro\n\n" + section("Empty?", "  "))
    assert [str(fault) for fault in found.faults] == [
        "a.md:3: passage is 'Empty?': write its text."
    ]
    assert found.passages == ()


def test_broken_yaml_in_a_comment_is_told_at_its_line() -> None:
    (fault,) = cut("## Q?\n<!--\nid: p\nfacts: [\n-->\nYes.\n").faults
    # heading 1, <!-- 2, id 3, facts 4; YAML sees the unclosed list at the comment's end, line 5
    assert (fault.line, fault.field) in {(4, "YAML"), (5, "YAML")}
    assert fault.remedy == "mend the YAML at this line."


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ("colour: red\n", "a.md:5: colour is 'red': Extra inputs are not permitted."),
        ("caution: maybe\n", "a.md:5: caution is 'maybe': Input should be 'sources_differ' or"),
        (
            "applies_to: {mood: sad}\n",
            "a.md:5: applies_to is \"{'mood': 'sad'}\": Value error, facet 'mood' is unknown;",
        ),
        (
            "applies_to: {age: old}\n",
            "a.md:5: applies_to is \"{'age': 'old'}\": Value error, age 'old' is unknown;",
        ),
        (
            "applies_to: child\n",
            "a.md:5: applies_to is 'child': Value error, write facets as {facet: value}.",
        ),
        (
            "when: {phase: later, order: 0, cases: [any]}\n",
            "a.md:5: when.order is '0': Input should be greater than or equal to 1.",
        ),
        ("asked_as: ['']\n", "a.md:5: asked_as.0 is '': Value error, write something here."),
    ],
)
def test_a_bad_field_in_a_comment_is_told_with_its_line(more: str, said: str) -> None:
    (fault,) = cut(section("Q?", "Yes.", more=more)).faults
    assert str(fault).startswith(said)


def test_a_fact_id_of_another_shape_is_refused() -> None:
    (fault,) = cut("## Q?\n<!--\nid: p\nfacts: [fact one]\n-->\nYes.\n").faults
    assert str(fault).startswith("a.md:4: facts.0 is 'fact one': String should match pattern")


@given(
    st.lists(
        st.text(
            st.characters(codec="utf-8", exclude_characters="#\r\v\f\x1c\x1d\x1e\x85  "), min_size=1
        ),
        min_size=1,
        max_size=5,
    )
)
def test_offsets_fit_whatever_the_bodies_hold(bodies: list[str]) -> None:
    text = "".join(section("Q?", body, f"p{at}") for at, body in enumerate(bodies))
    found = cut(text)
    assert len(found.passages) + len(found.faults) == len(bodies)
    for passage in found.passages:
        assert text[passage.start : passage.end] == passage.text
        assert passage.text == passage.text.strip() != ""


# -- source texts


def test_a_sidecar_names_a_range_by_its_first_and_last_words(tmp_path: Path) -> None:
    found = by_sidecar(tmp_path, entry())
    assert found.faults == ()
    (passage,) = found.passages
    assert passage.text == "One two three. Four five." == SOURCE[passage.start : passage.end]
    assert (passage.id, passage.heading) == ("first-report/p", "What?")


def test_a_source_text_without_sidecar_is_a_fault(tmp_path: Path) -> None:
    (fault,) = by_sidecar(tmp_path, None).faults
    assert str(fault) == (
        f"{tmp_path / 'first-report.md'}:1: passages is 'no sidecar': "
        "write first-report.passages.yml beside it."
    )


@pytest.mark.parametrize(
    ("first", "last", "said"),
    [
        ("Nine ten", "five.", "first is 'Nine ten': these words are not in the document."),
        ("One two", "Title", "last is 'Title': these words are not in the document."),
        ("t", "five.", "first is 't': stands twice; write more words."),
    ],
)
def test_sidecar_words_that_do_not_name_one_place_are_told(
    tmp_path: Path, first: str, last: str, said: str
) -> None:
    found = by_sidecar(tmp_path, entry(first, last))
    assert [str(fault) for fault in found.faults] == [
        f"{tmp_path / 'first-report.passages.yml'}:2: {said}"
    ]
    assert found.passages == ()


@pytest.mark.parametrize(
    ("sidecar", "line", "said"),
    [
        ("passages: [\n", 2, "YAML is"),
        ("passages: []\n", 1, "passages is '[]': Tuple should have at least 1 item"),
        ("", 1, "block is 'None': Input should be a valid dictionary"),
        (entry() + "  colour: red\n", 1, "passages.0.colour is 'red': Extra inputs are not"),
    ],
)
def test_a_broken_sidecar_is_told(tmp_path: Path, sidecar: str, line: int, said: str) -> None:
    (fault,) = by_sidecar(tmp_path, sidecar).faults
    assert str(fault).startswith(f"{tmp_path / 'first-report.passages.yml'}:{line}: {said}")


def test_a_sidecar_that_is_not_utf8_is_a_fault_and_no_trace(tmp_path: Path) -> None:
    (tmp_path / "first-report.passages.yml").write_bytes(b"passages:\n- id: \xff\n")
    (fault,) = by_sidecar(tmp_path, None).faults
    assert "save the file as UTF-8" in str(fault)


def test_a_written_document_reads_back_whole(write_document: WriteDocument) -> None:
    text = write_document().read_text()
    (passage,) = cut_at_headings(text, text.index("---\n", 4) + 4, Path("a.md"), FIELDS).passages
    assert passage.text.startswith("No. You must")
    assert passage.text.endswith("Law: CrPC s.154.")
