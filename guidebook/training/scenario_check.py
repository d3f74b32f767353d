"""Check that a scenario can be played: every path is reachable, leads on, and ends.

The facilitator stands before a room when a branch leads nowhere, so it is found here. Whether a
debrief follows from its passage takes a reader with the passage beside it.
"""

from collections.abc import Callable, Iterator, Mapping

from guidebook.corpus import Corpus
from guidebook.faults import Fault
from guidebook.training.content import Training, TrainingFile, passage_remedy
from guidebook.training.schema import END, Choice, Scenario

Edges = Mapping[str, set[str]]


def scenario_faults(training: Training, corpus: Corpus) -> Iterator[Fault]:
    """Everything that would stop a room, in the order of the files."""
    for file in training.scenarios:
        if file.content.id != file.path.stem:
            yield file.fault(("id",), file.content.id, f"the file is named {file.path.stem}.")
        yield from _steps_differ(file)
        yield from _nexts_exist(file)
        yield from _paths_end(file)
        yield from _choices_teach(file)
        yield from _passages_exist(file, corpus)


def _steps_differ(file: TrainingFile[Scenario]) -> Iterator[Fault]:
    seen: set[str] = set()
    for number, step in enumerate(file.content.steps):
        if step.id in seen:
            yield file.fault(("steps", number, "id"), step.id, "stands twice; rename one.")
        seen.add(step.id)


def _choices(file: TrainingFile[Scenario]) -> Iterator[tuple[tuple[str | int, ...], Choice]]:
    for number, step in enumerate(file.content.steps):
        for at, choice in enumerate(step.choices):
            yield ("steps", number, "choices", at), choice


def _nexts_exist(file: TrainingFile[Scenario]) -> Iterator[Fault]:
    known = {END} | {step.id for step in file.content.steps}
    for place, choice in _choices(file):
        if choice.next not in known:
            remedy = f"no step has this id; name one, or `{END}`."
            yield file.fault((*place, "next"), choice.next, remedy)


def _paths_end(file: TrainingFile[Scenario]) -> Iterator[Fault]:
    every = _edges(file, lambda choice: True)
    reachable = _reached(every, file.content.steps[0].id)
    good = _edges(file, lambda choice: choice.verdict == "good")
    for number, step in enumerate(file.content.steps):
        if step.id not in reachable:
            remedy = "no choice leads here; lead one here, or take the step out."
            yield file.fault(("steps", number, "id"), step.id, remedy)
        if END not in _reached(good, step.id):
            remedy = f"good choices never reach `{END}` from here; lead one on."
            yield file.fault(("steps", number, "id"), step.id, remedy)


def _edges(file: TrainingFile[Scenario], wanted: Callable[[Choice], bool]) -> Edges:
    edges: dict[str, set[str]] = {}
    for step in file.content.steps:
        edges.setdefault(step.id, set()).update(one.next for one in step.choices if wanted(one))
    return edges


def _reached(edges: Edges, start: str) -> set[str]:
    reached: set[str] = set()
    waiting = [start]
    while waiting:
        here = waiting.pop()
        if here not in reached:
            reached.add(here)
            waiting.extend(edges.get(here, ()))
    return reached


def _choices_teach(file: TrainingFile[Scenario]) -> Iterator[Fault]:
    for number, step in enumerate(file.content.steps):
        verdicts = {choice.verdict for choice in step.choices}
        if "good" not in verdicts or verdicts == {"good"}:
            value = ", ".join(choice.verdict for choice in step.choices)
            remedy = "offer a good choice and one that is not."
            yield file.fault(("steps", number, "choices"), value, remedy)


def _passages_exist(file: TrainingFile[Scenario], corpus: Corpus) -> Iterator[Fault]:
    for place, choice in _choices(file):
        if remedy := passage_remedy(corpus, choice.passage):
            yield file.fault((*place, "passage"), choice.passage, remedy)
