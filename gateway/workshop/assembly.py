"""The workshop's parts as one expression; app.py hands in what the gateway has already."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from fastapi import APIRouter

from gateway.bounds import Bounds
from gateway.database import Database
from gateway.library import Library
from gateway.turns import Turns
from gateway.workshop import room_routes, trainer_routes
from gateway.workshop.ending import Ending
from gateway.workshop.listener import Listener
from gateway.workshop.lockout import Lockout
from gateway.workshop.participant_door import ParticipantDoor
from gateway.workshop.room import Room
from gateway.workshop.room_routes import RoomDesk
from gateway.workshop.shelf import Shelf
from gateway.workshop.tokens import TRAINER, Tokens
from gateway.workshop.trainer_door import DAY_S, TrainerDoor
from gateway.workshop.trainer_routes import TrainerDesk
from guidebook.settings import Settings


@dataclass(frozen=True)
class Assembled:
    """What the app needs of it."""

    routers: tuple[APIRouter, ...]
    listener: Listener
    ending: Ending


def assemble(
    settings: Settings,
    training: Path,
    database: Database,
    library: Library,
    turns: Turns,
    secret: str,
    bounds: Bounds,
    clock: Callable[[], float],
    monotonic: Callable[[], float],
) -> Assembled:
    """The workshop. Without a PIN set by `make workshop` its doors stay shut."""
    shelf = Shelf(training, bounds.corpus_look_every, monotonic)
    room = Room(database, library, shelf, clock)
    participants = ParticipantDoor.build(database, secret, clock, monotonic)
    tokens = Tokens(secret, TRAINER, DAY_S)
    trainers = TrainerDoor(settings.home, database, tokens, Lockout(monotonic), clock)
    desk = RoomDesk(room, trainers, participants, settings.port)
    ending = Ending(settings.home, database, turns, room, clock)
    return Assembled(
        (
            room_routes.routes(desk),
            trainer_routes.routes(TrainerDesk(trainers, room, desk, ending)),
        ),
        Listener(database, library, participants, clock),
        ending,
    )
