"""Front matter and comments say what the closed lists allow, and nothing else."""

from typing import Any

import pytest
from pydantic import BaseModel, ValidationError

from guidebook.document_schema import PassageNote, Sidecar, SidecarEntry, SourceSchema, WhenSchema

SOURCE = {"id": "s1", "title": "Code", "url": "https://e.org", "seen": "2026-11-22",
          "confidence": "official"}  # fmt: skip


@pytest.mark.parametrize("good", ["F-FIR-04", "H-02", "F-ARA-10a"])
def test_a_fact_id_has_a_letter_a_topic_and_a_number(good: str) -> None:
    assert PassageNote(id="p", facts=(good,)).facts == (good,)


@pytest.mark.parametrize("bad", ["FIR-04", "F-fir-04", "F-FIR-4", "F-FIR-04 ", ""])
def test_a_fact_id_of_another_shape_is_refused(bad: str) -> None:
    with pytest.raises(ValidationError):
        PassageNote(id="p", facts=(bad,))


@pytest.mark.parametrize("bad", ["Upper", "two words", "-edge", "edge-", "a--b", "", "x" * 81])
def test_an_id_is_kebab_case_and_short(bad: str) -> None:
    with pytest.raises(ValidationError):
        PassageNote(id=bad)


def test_a_single_facet_value_becomes_a_tuple() -> None:
    note = PassageNote.model_validate({"id": "p", "applies_to": {"online": "yes"}})
    assert note.applies_to == {"online": ("yes",)}


def test_a_bare_yes_is_refused_because_yaml_reads_it_as_true() -> None:
    with pytest.raises(ValidationError, match="online 'True' is unknown; use yes, no"):
        PassageNote.model_validate({"id": "p", "applies_to": {"online": True}})


@pytest.mark.parametrize(
    ("schema", "value"),
    [
        (SourceSchema, SOURCE | {"note": "x"}),
        (PassageNote, {"id": "p", "ask_as": ["x"]}),
        (WhenSchema, {"phase": "later", "order": 1, "cases": ["any"], "hours": 3}),
        (SidecarEntry, {"id": "p", "heading": "h", "first": "a", "last": "b", "start": 0}),
        (Sidecar, {"passages": [], "note": "x"}),
    ],
)
def test_an_unknown_field_is_refused_everywhere(
    schema: type[BaseModel], value: dict[str, Any]
) -> None:
    with pytest.raises(ValidationError):
        schema.model_validate(value)


@pytest.mark.parametrize(("order", "fits"), [(0, False), (1, True), (99, True), (100, False)])
def test_an_order_runs_from_1_to_99(order: int, fits: bool) -> None:
    value = {"phase": "later", "order": order, "cases": ["any"]}
    if fits:
        assert WhenSchema.model_validate(value).order == order
    else:
        with pytest.raises(ValidationError):
            WhenSchema.model_validate(value)


def test_within_hours_must_be_more_than_none() -> None:
    with pytest.raises(ValidationError):
        WhenSchema.model_validate(
            {"phase": "later", "order": 1, "cases": ["any"], "within_hours": 0}
        )


def test_a_source_must_say_how_far_it_is_trusted() -> None:
    with pytest.raises(ValidationError, match="confidence"):
        SourceSchema.model_validate(SOURCE | {"confidence": "gossip"})
