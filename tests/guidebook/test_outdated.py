"""Statements of old law are found, unless the line says they are old or means something else."""

import pytest

from guidebook.outdated import outdated_in, outdated_statements
from guidebook.records import Passage
from guidebook.vocabulary import Jurisdiction


def passage(text: str, jurisdiction: Jurisdiction = "pakistan") -> Passage:
    return Passage("d/p", "d", "Q?", text, 0, len(text), "statute", jurisdiction)


@pytest.mark.parametrize(
    ("text", "jurisdiction"),
    [
        ("Charge gang rape under 376(2).", "pakistan"),
        ("Stripping (354A) can bring death.", "pakistan"),
        ("Use PPC 292B for the video.", "pakistan"),
        ("Use PPC 369A.", "pakistan"),
        ("Attempted suicide is no longer an offence.", "pakistan"),
        ("Send online abuse to the FIA.", "pakistan"),
        ("The cyber number is 1991.", "pakistan"),
        ("A JIT investigates.", "pakistan"),
        ("Article 151(4) lets the defence ask about her character.", "pakistan"),
        ("The 1929 Act sets 16.", "ict"),
        ("There is no domestic violence law in Islamabad.", "ict"),
        ("Send her to the protection committee.", "kp"),
        ("Send her to a Meesaq Centre for women.", "punjab"),
        ("Give her 8090.", "ict"),
        ("Give her 1715.", "ict"),
        ("KP had 3,397 cases.", "kp"),
        ("HRCP counted 258.", "kp"),
        ("Text 0800-004000.", "kp"),
        ("Sughran Bibi orders you to register at once.", "pakistan"),
    ],
)
def test_an_outdated_statement_is_found(text: str, jurisdiction: Jurisdiction) -> None:
    assert len(list(outdated_in(passage(text, jurisdiction)))) == 1


@pytest.mark.parametrize(
    ("text", "jurisdiction"),
    [
        ("Use 375A. Section 376(2) was removed in 2021.", "pakistan"),
        ("354A means life imprisonment. Charts that print death for 354A are out of date.", "kp"),
        ("Article 151(4) was omitted in 2016.", "pakistan"),
        ("NCCIA took over from the FIA Cyber Crime Wing.", "pakistan"),
        ("Across a border, trafficking goes to the FIA.", "pakistan"),
        ("The 1929 Act sets 16 for girls.", "kp"),
        ("It replaced the 1929 Act in Islamabad only.", "ict"),
        ("Meesaq Centres are for religious minorities.", "punjab"),
        ("1715 takes complaints against police.", "ict"),
    ],
)
def test_a_line_that_says_it_is_old_or_means_something_else_passes(
    text: str, jurisdiction: Jurisdiction
) -> None:
    assert list(outdated_in(passage(text, jurisdiction))) == []


def test_every_outdated_statement_says_why_and_what_instead() -> None:
    assert all(one.why and one.instead for one in outdated_statements())
    assert len(outdated_statements()) == 19
