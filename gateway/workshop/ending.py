"""End a workshop: export what was ticked, delete the rest, count again, and say so.

Deleted are the room's phones and answers, what it asked and its receipts, its conversations here
and in Rasa, the trainers' sessions and the PIN. The report holds counts alone. A fault on the way
leaves the workshop open, so that ending it again finishes the work.
"""

import asyncio
from collections.abc import Callable, Collection
from dataclasses import dataclass
from pathlib import Path

from starlette.concurrency import run_in_threadpool

from gateway import event_log
from gateway.database import Database
from gateway.turns import Turns
from gateway.workshop import asked, erasing, pin
from gateway.workshop.exports import keep, write
from gateway.workshop.material import gather
from gateway.workshop.room import Room
from gateway.workshop.rooms import Workshop
from guidebook.vocabulary import Lang

REPORT = "deletion-report.txt"
FORGOTTEN_S = 7 * 24 * 3600
"""A workshop has two days; a week leaves time for a second round."""


@dataclass(frozen=True)
class Report:
    """What existed and what is left, by the names of erasing.COUNTED."""

    at: str
    before: dict[str, int]
    after: dict[str, int]
    files: tuple[str, ...]
    folder: Path
    owed: int


@dataclass(frozen=True)
class Ending:
    """Ends workshops."""

    home: Path
    database: Database
    turns: Turns
    room: Room
    clock: Callable[[], float]

    async def end(self, workshop: Workshop, ticked: Collection[str], lang: Lang) -> Report:
        """Export, delete, report."""
        material = await gather(self.database, await self.room.seen(workshop), lang)
        folder = self.home / "workshops" / f"{material.now:%Y-%m-%d-%H%M%S}"
        files = await run_in_threadpool(write, folder, material, ticked)
        chats = await self.database.read(asked.chats, workshop.id)
        before = await self.database.read(erasing.count, workshop.id, chats)
        await self.database.write(erasing.shut_the_door, workshop.id)
        chats = await self.database.read(asked.chats, workshop.id)
        # All at once: a Rasa that hangs holds the trainer up once, not once a phone.
        settled = await asyncio.gather(*(self.turns.wipe(session) for session in chats))
        owed = settled.count(False)
        await self.database.write(erasing.erase, workshop.id, chats)
        pin.forget(self.home)
        await self.database.flush()
        after = await self.database.read(erasing.count, workshop.id, chats)
        report = Report(f"{material.now:%Y-%m-%d %H:%M}", before, after, files, folder, owed)
        await run_in_threadpool(_keep, report)
        event_log.record("workshop_ended", owed=owed, left=sum(after.values()), files=len(files))
        return report

    async def end_forgotten(self) -> None:
        """End a workshop that nobody ended, exporting nothing."""
        workshop = await self.room.workshop()
        if workshop is not None and workshop.opened_at < self.clock() - FORGOTTEN_S:
            await self.end(workshop, (), "en")


def lines(report: Report) -> list[str]:
    """The report as plain text, for the file and the terminal."""
    rows = [
        f"{name.replace('_', ' '):<32}{existed:>8}{report.after[name]:>8}"
        for name, existed in report.before.items()
    ]
    kept = report.files or ("nothing",)
    return [
        f"Workshop ended {report.at}",
        f"{'what':<32}{'existed':>8}{'left':>8}",
        *rows,
        f"Exported to {report.folder}: {', '.join(kept)}",
        f"Conversations that Rasa has still to forget: {report.owed} (tried again every minute)",
        "Files a participant saved on a phone are not in the reach of this report.",
    ]


def _keep(report: Report) -> None:
    keep(report.folder / REPORT, ("\n".join(lines(report)) + "\n").encode())
