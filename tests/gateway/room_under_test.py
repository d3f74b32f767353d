"""A workshop in the test process: a signed-in trainer, phones, a little content to play."""

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
from gateway_under_test import PASSAGE, Gateway, running

from gateway.workshop import pin, rooms
from guidebook.settings import Settings

PIN = "270846"
FORM = {"Content-Type": "application/x-www-form-urlencoded"}

ITEM = """
  - id: {id}
    topic: un-messages
    question: {{en: "Question {id}?", ur: "سوال {id}؟"}}
    options:
      - {{en: "Right {id}", ur: "درست"}}
      - {{en: "Wrong {id} one", ur: "غلط ایک"}}
      - {{en: "Wrong {id} two", ur: "غلط دو"}}
      - {{en: "Wrong {id} three", ur: "غلط تین"}}
    key: 0
    rationale: {passage}
"""
CASE = """
id: gate
review_status: draft
title: {{en: "At the gate", ur: "دروازے پر"}}
summary: {{en: "She waits.", ur: "وہ انتظار میں ہے۔"}}
facilitator_notes: {{en: "Stop the jokes.", ur: "مذاق روکیں۔"}}
steps:
  - id: first
    situation: {{en: "She stands at the gate.", ur: "وہ دروازے پر کھڑی ہے۔"}}
    minutes: 5
    choices:
      - text: {{en: "Let her in.", ur: "اندر آنے دیں۔"}}
        verdict: good
        debrief: {{en: "That is the duty.", ur: "یہی فرض ہے۔"}}
        passage: {passage}
        next: end
      - text: {{en: "Send her away.", ur: "واپس بھیج دیں۔"}}
        verdict: forbidden
        debrief: {{en: "She may not come back.", ur: "وہ شاید نہ لوٹے۔"}}
        passage: {passage}
        next: back
  - id: back
    situation: {{en: "She comes again, hurt.", ur: "وہ زخمی ہو کر لوٹی ہے۔"}}
    minutes: 3
    choices:
      - text: {{en: "Take her to a doctor.", ur: "ڈاکٹر کے پاس لے جائیں۔"}}
        verdict: good
        debrief: {{en: "A doctor first.", ur: "پہلے ڈاکٹر۔"}}
        passage: {passage}
        next: end
      - text: {{en: "Begin anew.", ur: "پھر سے شروع کریں۔"}}
        verdict: poor
        debrief: {{en: "It costs her time.", ur: "اس کا وقت ضائع ہوتا ہے۔"}}
        passage: {passage}
        next: first
after_action:
  - {{en: "Who stands at your gate?", ur: "آپ کے دروازے پر کون ہے؟"}}
"""


def write_training(folder: Path) -> Path:
    """Two items, two forms of one item each, one case that can lead back to its start."""
    (folder / "quizzes").mkdir(parents=True)
    (folder / "scenarios").mkdir()
    items = "".join(ITEM.format(id=one, passage=PASSAGE.id) for one in ("one", "two"))
    (folder / "quizzes" / "un-messages.yml").write_text(f"review_status: draft\nitems:{items}")
    (folder / "scenarios" / "gate.yml").write_text(CASE.format(passage=PASSAGE.id))
    (folder / "forms.yml").write_text("pre: [one, two]\npost: [two]\n")
    return folder


class Page:
    """A page as a test reads it."""

    def __init__(self, response: httpx.Response) -> None:
        self.response = response
        self.text = response.text

    @property
    def token(self) -> str:
        """What its forms carry."""
        return self.field("token")

    def field(self, name: str) -> str:
        """The value of a hidden field."""
        found = re.search(rf'name="{name}" value="([^"]*)"', self.text)
        assert found, f"no field {name}"
        return found.group(1)

    def figure(self, label: str) -> int:
        """The number behind a label of the console's head."""
        found = re.search(rf"<dt>{label}</dt><dd><bdi>(\d+)</bdi>", self.text)
        assert found, label
        return int(found.group(1))


class Browser:
    """A browser of the room: it follows where forms lead."""

    def __init__(self, client: httpx.AsyncClient) -> None:
        self.client = client

    async def get(self, path: str) -> Page:
        return Page(await self.client.get(path, follow_redirects=True))

    async def send(self, path: str, **fields: str) -> Page:
        sent = await self.client.post(path, data=fields, follow_redirects=True)
        return Page(sent)


@dataclass
class Room:
    """The room, its trainer at the laptop, its content."""

    gateway: Gateway
    trainer: Browser
    code: str
    training: Path

    async def phone(self, lang: str = "en", address: str = "127.0.0.1") -> Browser:
        """A phone that joined."""
        phone = Browser(self.gateway.another_browser(address))
        page = await phone.send("/join", code=self.code, lang=lang)
        assert page.response.url.path == "/room", page.text
        return phone

    async def console(self) -> Page:
        """The console now."""
        return await self.trainer.get("/trainer")

    async def does(self, what: str, **fields: str) -> Page:
        """Press one of the console's buttons."""
        token = (await self.console()).token
        return await self.trainer.send(f"/trainer/{what}", token=token, **fields)

    async def starts(self, kind: str, name: str) -> None:
        """Start something to play."""
        assert (await self.does("start", kind=kind, name=name)).response.status_code == 200

    async def moves(self, **fields: str) -> Page:
        """Press what comes next."""
        page = await self.console()
        place = {"run": page.field("run"), "visit": page.field("visit")}
        return await self.trainer.send("/trainer/move", token=page.token, **place, **fields)

    async def wall(self) -> Page:
        """What the projector shows."""
        return await self.trainer.get("/join")


async def answers(phone: Browser, choice: int, **changed: str) -> Page:
    """Send a choice to what the phone is asked now."""
    page = await phone.get("/room")
    fields = {"token": page.token, "run": page.field("run"), "item": page.field("item")}
    return await phone.send("/room/answer", choice=str(choice), **(fields | changed))


@asynccontextmanager
async def open_room(settings: Settings, training: Path) -> AsyncIterator[Room]:
    """An open workshop with its trainer signed in."""
    async with running(settings, training=training) as gateway:
        pin.keep(settings.home, PIN)
        database = gateway.app.state.database
        workshop, _ = await database.write(rooms.open_or_continue, gateway.clock())
        trainer = Browser(gateway.another_browser())
        signed = await trainer.send("/trainer/sign-in", pin=PIN, lang="en")
        assert signed.response.url.path == "/trainer", signed.text
        yield Room(gateway, trainer, workshop.code, training)
