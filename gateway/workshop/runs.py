"""What the room plays: a form, a quiz or a scenario, and the answers phones gave.

Functions are meant for Database.read or Database.write, as those of store.py. Sending
an answer again changes nothing. At most one run is on. Where a run
goes next is stages.py's.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal, get_args

from sqlalchemy import Connection, func, insert, select, update

from gateway import tables
from gateway.upsert import upsert

Kind = Literal["form", "quiz", "scenario"]
KINDS: tuple[Kind, ...] = get_args(Kind)


@dataclass(frozen=True)
class Run:
    """One thing the room plays or played. `stage` is where the trainer is in it."""

    number: int
    workshop: str
    kind: Kind
    name: str
    stage: dict[str, Any]
    started_at: float
    ended_at: float | None

    @property
    def is_on(self) -> bool:
        """True until the trainer stops it."""
        return self.ended_at is None


@dataclass(frozen=True)
class Given:
    """One answer of one phone."""

    participant: str
    item: str
    choice: int
    at: float


def start(
    connection: Connection,
    workshop: str,
    kind: Kind,
    name: str,
    stage: Mapping[str, Any],
    now: float,
) -> int:
    """Begin a run, ending the one that is on; its number."""
    stop(connection, workshop, now)
    values = {"workshop": workshop, "kind": kind, "name": name, "stage": dict(stage)}
    made = connection.execute(insert(tables.workshop_runs).values(**values, started_at=now))
    return int(made.inserted_primary_key[0])  # type: ignore[index]  # an insert of one row has one


def stop(connection: Connection, workshop: str, now: float) -> None:
    """End the run that is on; its answers stay."""
    runs = tables.workshop_runs
    where = (runs.c.workshop == workshop, runs.c.ended_at.is_(None))
    connection.execute(update(runs).where(*where).values(ended_at=now))


def current(connection: Connection, workshop: str) -> Run | None:
    """The run that is on, or None."""
    runs = tables.workshop_runs
    where = (runs.c.workshop == workshop, runs.c.ended_at.is_(None))
    row = connection.execute(select(runs).where(*where)).first()
    return None if row is None else Run(**row._mapping)


def find(connection: Connection, workshop: str, number: int) -> Run | None:
    """A run of this workshop, or None."""
    runs = tables.workshop_runs
    where = (runs.c.workshop == workshop, runs.c.number == number)
    row = connection.execute(select(runs).where(*where)).first()
    return None if row is None else Run(**row._mapping)


def every(connection: Connection, workshop: str) -> list[Run]:
    """All runs, oldest first."""
    runs = tables.workshop_runs
    found = select(runs).where(runs.c.workshop == workshop).order_by(runs.c.number)
    return [Run(**row._mapping) for row in connection.execute(found)]


def move(
    connection: Connection, number: int, before: Mapping[str, Any], after: Mapping[str, Any]
) -> bool:
    """Move a run that is on to another stage; False when it was not at `before` any more.

    Two presses of one button move once.
    """
    runs = tables.workshop_runs
    row = connection.execute(select(runs).where(runs.c.number == number)).first()
    if row is None or row.ended_at is not None or row.stage != dict(before):
        return False
    connection.execute(update(runs).where(runs.c.number == number).values(stage=dict(after)))
    return True


def submit(
    connection: Connection, run: Run, participant: str, item: str, choice: int, now: float
) -> None:
    """Keep an answer. A vote on a case may change while it is open, since a room talks; the first
    answer to any other question stands.
    """
    key = {"run": run.number, "participant": participant, "item": item}
    made = upsert(connection, tables.workshop_answers).values(**key, choice=choice, at=now)
    if run.kind == "scenario":
        made = made.on_conflict_do_update(index_elements=[*key], set_={"choice": choice, "at": now})
    else:
        made = made.on_conflict_do_nothing()
    connection.execute(made)


def own_answers(connection: Connection, run: int, participant: str) -> dict[str, int]:
    """What one phone answered, by item."""
    answers = tables.workshop_answers
    where = (answers.c.run == run, answers.c.participant == participant)
    rows = connection.execute(select(answers.c.item, answers.c.choice).where(*where))
    return {row.item: row.choice for row in rows}


def answers(connection: Connection, run: int) -> list[Given]:
    """Every answer of a run, oldest first."""
    table = tables.workshop_answers
    rows = connection.execute(
        select(table.c.participant, table.c.item, table.c.choice, table.c.at)
        .where(table.c.run == run)
        .order_by(table.c.at)
    )
    return [Given(**row._mapping) for row in rows]


def counted(connection: Connection, run: int, item: str) -> Counter[int]:
    """How many phones took each choice of an item."""
    answers = tables.workshop_answers
    where = (answers.c.run == run, answers.c.item == item)
    rows = connection.execute(
        select(answers.c.choice, func.count().label("times"))
        .where(*where)
        .group_by(answers.c.choice)
    )
    return Counter({row.choice: row.times for row in rows})


def phones(connection: Connection, run: int) -> int:
    """How many phones gave at least one answer."""
    table = tables.workshop_answers
    counting = select(func.count(func.distinct(table.c.participant))).where(table.c.run == run)
    return int(connection.execute(counting).scalar_one())
