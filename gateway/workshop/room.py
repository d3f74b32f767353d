"""The room as a page needs it: what is open, played, answered, asked and shown."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

from gateway.database import Database
from gateway.library import Library
from gateway.workshop import asked, rooms, runs, stages
from gateway.workshop.asked import Asking
from gateway.workshop.rooms import Participant, Workshop
from gateway.workshop.runs import Run
from gateway.workshop.shelf import Shelf
from gateway.workshop.stages import Question
from guidebook.corpus import Corpus
from guidebook.training.content import Training
from guidebook.training.scenario_review import Review, review

HERE_S = 60.0
"""A phone that asked for the page this long ago is still in the room."""


@dataclass(frozen=True)
class Playing:
    """What is played now. `counted` is of the question that is up; `phones` of the whole run."""

    run: Run
    training: Training
    question: Question | None
    counted: Counter[int]
    phones: int
    now: float
    looked_back: Review | None = None

    @property
    def phase(self) -> str:
        """Where the trainer is: open, shown or review."""
        return str(self.run.stage["phase"])

    @property
    def choices(self) -> int:
        """How many there are to choose from."""
        return len(self.question.options) if self.question else 1

    @property
    def taken(self) -> int | None:
        """The choice a case goes on with, once its outcome is shown."""
        found: int | None = self.run.stage.get("taken")
        return found

    @property
    def answered(self) -> int:
        """How many phones answered the question that is up."""
        return sum(self.counted.values())

    @property
    def seconds_left(self) -> int:
        """Of the time written for what is open."""
        minutes = stages.FORM_MINUTES if self.run.kind == "form" else 0
        minutes = minutes or (self.question.minutes if self.question else 0)
        return stages.seconds_left(self.run, minutes, self.now)


@dataclass(frozen=True)
class Own:
    """What one phone sees: its own answers and nobody else's."""

    question: Question | None
    answers: dict[str, int]

    @property
    def choice(self) -> int | None:
        """What this phone answered to what is up now."""
        return self.answers.get(self.question.item) if self.question else None


@dataclass(frozen=True)
class Seen:
    """Everything on the trainer's console."""

    workshop: Workshop
    joined: int
    here: int
    asking: Asking
    playing: Playing | None
    runs: list[Run]
    training: Training | None
    fault: str | None
    corpus: Corpus | None
    now: float


@dataclass(frozen=True)
class Room:
    """Looks into the open workshop."""

    database: Database
    library: Library
    shelf: Shelf
    clock: Callable[[], float]

    async def workshop(self) -> Workshop | None:
        """The open workshop."""
        return await self.database.read(rooms.open_workshop)

    async def playing(self, workshop: Workshop) -> Playing | None:
        """What is played now; None when nothing is, or its content is gone."""
        run = await self.database.read(runs.current, workshop.id)
        training = await self.shelf.current() if run else None
        if run is None or training is None:
            return None
        return await self.played(run, training)

    async def played(self, run: Run, training: Training) -> Playing:
        """A run with what was answered in it."""
        question = None if run.kind == "form" else stages.question(training, run, {})
        item = question.item if question else ""
        counted = await self.database.read(runs.counted, run.number, item)
        phones = await self.database.read(runs.phones, run.number)
        now = self.clock()
        back = None
        if run.stage["phase"] == stages.REVIEW:
            case = stages.case(training, run, await self.database.read(runs.answers, run.number))
            back = review(case, now) if case else None
        return Playing(run, training, question, counted, phones, now, back)

    async def own(self, participant: Participant, playing: Playing) -> Own:
        """What this phone has answered, and what it is asked next."""
        given = await self.database.read(runs.own_answers, playing.run.number, participant.key)
        return Own(stages.question(playing.training, playing.run, given), given)

    async def seen(self, workshop: Workshop) -> Seen:
        """The whole room, for the console."""
        now = self.clock()
        read = self.database.read
        return Seen(
            workshop=workshop,
            joined=await read(rooms.count_participants, workshop.id),
            here=await read(rooms.count_participants, workshop.id, now - HERE_S),
            asking=await read(asked.read, workshop.id),
            playing=await self.playing(workshop),
            runs=await read(runs.every, workshop.id),
            training=await self.shelf.current(),
            fault=self.shelf.fault,
            corpus=await self.library.current(),
            now=now,
        )
