"""What a workshop may hand out at its end: counts by name, no person's row, no words typed."""

from collections import Counter
from dataclasses import dataclass

from gateway.database import Database
from gateway.workshop import passages, runs, stages
from gateway.workshop.console_run import name_of
from gateway.workshop.room import Seen
from gateway.workshop.runs import Given, Run
from guidebook import messages
from guidebook.training.content import Training
from guidebook.vocabulary import Lang

Row = tuple[str, ...]


@dataclass(frozen=True)
class Played:
    """A run with all its answers, for the analysis."""

    run: Run
    title: str
    answers: tuple[Given, ...]


@dataclass(frozen=True)
class Material:
    """Everything an export can be made of."""

    lang: Lang
    joined: int
    topics: tuple[tuple[str, int], ...]
    unanswered: tuple[tuple[str, int], ...]
    nearest: tuple[tuple[str, int], ...]
    feedback: tuple[tuple[str, int], ...]
    played: tuple[Played, ...]
    training: Training | None


async def gather(database: Database, seen: Seen, lang: Lang) -> Material:
    """The material of the room as it is now."""
    played = []
    for run in seen.runs:
        answers = tuple(await database.read(runs.answers, run.number))
        played.append(Played(run, name_of(run.kind, run.name, seen.training, lang), answers))
    asking = seen.asking
    return Material(
        lang=lang,
        joined=seen.joined,
        topics=tuple((messages.text(f"topic_{t}", lang), n) for t, n in asking.topics()),
        unanswered=tuple(asking.unanswered()),
        nearest=tuple((passages.heading(seen.corpus, p), n) for p, n in asking.nearest()),
        feedback=(*asking.verdicts.items(), *asking.reasons.items()),
        played=tuple(played),
        training=seen.training,
    )


def result_rows(material: Material) -> list[Row]:
    """One row a choice: what was asked, what could be chosen, how many phones chose it."""
    rows: list[Row] = []
    if material.training is None:
        return rows
    for played in material.played:
        counted = Counter((given.item, given.choice) for given in played.answers)
        for item in dict.fromkeys(given.item for given in played.answers):
            asked = stages.by_item(material.training, played.run, item)
            if asked is None:
                continue
            for at, option in enumerate(asked.options):
                text = str(getattr(option.text, material.lang))
                count = str(counted[item, at])
                rows.append((played.title, item, text, option.verdict, option.passage, count))
    return rows
