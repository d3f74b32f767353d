"""The closed lists agree with one another and with the words the product can say."""

from typing import get_args

import pytest

from guidebook import messages
from guidebook.vocabulary import AUTHORITY_ORDER, STATUSES, Jurisdiction, family

FAMILIES = {
    "answered", "told", "asked", "clarify", "unanswerable", "refused", "emergency",
    "failed",
}  # fmt: skip


def test_no_status_stands_twice() -> None:
    assert len(STATUSES) == len(set(STATUSES))


def test_every_status_belongs_to_a_known_family() -> None:
    assert {family(status) for status in STATUSES} == FAMILIES


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        ("unanswerable_no_passage", "unanswerable"),
        ("emergency", "emergency"),
        ("answered_caution", "answered"),
    ],
)
def test_the_family_is_the_part_before_the_first_underscore(status: str, expected: str) -> None:
    assert family(status) == expected


def test_law_stands_before_guidance_and_guidance_before_a_conference_remark() -> None:
    place = {authority: at for at, authority in enumerate(AUTHORITY_ORDER)}
    assert place["statute"] < place["ruling"] < place["official"] < place["practice"]
    assert place["practice"] < place["conference"] < place["press"]


@pytest.mark.parametrize("jurisdiction", get_args(Jurisdiction))
@pytest.mark.parametrize("lang", ["en", "ur"])
def test_every_jurisdiction_has_a_name_in_both_languages(lang: str, jurisdiction: str) -> None:
    known = messages.catalogue("ur" if lang == "ur" else "en")
    assert known[f"value_{jurisdiction}"]


GAPS_SPEAK_THEMSELVES = "unanswerable_not_verified"
SAID = [s for s in STATUSES if family(s) in ("unanswerable", "refused", "failed")]


@pytest.mark.parametrize("status", [s for s in SAID if s != GAPS_SPEAK_THEMSELVES])
def test_every_refusal_and_failure_has_its_sentence(status: str) -> None:
    assert messages.catalogue("en")[status]
    assert messages.catalogue("ur")[status]
