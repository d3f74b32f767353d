"""Check that the workshop's content is fit for a room, beyond what loading it proves.

RULES is the whole list. It does not judge whether a key or a debrief is right: that takes a
reader with the named passage beside it.
"""

from collections.abc import Callable, Iterator

from guidebook.corpus import Corpus
from guidebook.faults import Fault
from guidebook.training.content import Training
from guidebook.training.quiz_check import (
    forms_are_balanced,
    ids_are_unique,
    keys_are_spread,
    options_differ,
    rationales_answer,
    topics_match_files,
)
from guidebook.training.scenario_check import scenario_faults

Rule = Callable[[Training, Corpus], Iterator[Fault]]

RULES: tuple[Rule, ...] = (
    ids_are_unique,
    topics_match_files,
    rationales_answer,
    options_differ,
    keys_are_spread,
    forms_are_balanced,
    scenario_faults,
)


def check(training: Training, corpus: Corpus) -> list[Fault]:
    """Every fault, by file and line."""
    found = {fault for rule in RULES for fault in rule(training, corpus)}
    return sorted(found, key=lambda fault: (str(fault.path), fault.line, fault.field))
