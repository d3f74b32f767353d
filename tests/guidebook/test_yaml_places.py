"""A place in a YAML text has its line, and a key that stands twice is seen."""

import pytest

from guidebook.yaml_places import Place, doubled_keys, line_of_place

TEXT = """\
# a comment
id: gate
steps:
  - id: first
    choices:
      - {text: a, next: end}
      - text: b
        next: first
"""


@pytest.mark.parametrize(
    ("place", "line"),
    [
        ((), 1),
        (("id",), 2),
        (("steps", 0), 4),
        (("steps", 0, "choices", 0, "next"), 6),
        (("steps", 0, "choices", 1), 7),
        (("steps", 0, "choices", 1, "next"), 8),
        (("steps", 0, "choices", 1, "verdict"), 7),
        (("steps", 4, "id"), 3),
        (("title", "en"), 1),
        (("id", "en"), 2),
    ],
)
def test_a_place_has_its_line_or_that_of_its_nearest_part(place: Place, line: int) -> None:
    assert line_of_place(TEXT, place) == line


def test_an_empty_text_has_a_first_line() -> None:
    assert line_of_place("", ("id",)) == 1
    assert list(doubled_keys("")) == []


def test_a_key_that_stands_twice_in_one_mapping_is_seen_at_any_depth() -> None:
    assert list(doubled_keys(TEXT)) == []
    assert list(doubled_keys(TEXT + "id: other\n")) == [(9, "id")]
    assert list(doubled_keys(TEXT + "        text: c\n")) == [(9, "text")]
