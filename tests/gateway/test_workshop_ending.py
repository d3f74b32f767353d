"""End workshop: the ticked is exported, the rest is gone from the disk, and a report says so."""

import re
import stat
from pathlib import Path

import pytest
from gateway_under_test import PASSAGE, answer, replied
from room_under_test import PIN, Browser, Page, Room, answers

from gateway.rasa_stand_in import DOWN
from gateway.workshop import pin
from gateway.workshop.ending import REPORT
from gateway.workshop.exports import EXPORTS
from guidebook import messages

pytestmark = pytest.mark.anyio
WORDS = "canary question of the room"


async def lived(room: Room) -> Browser:
    """A phone that asked, sent feedback with its words, and answered a quiz and a case."""
    room.gateway.rasa.outcome = replied(answer())
    phone = await room.phone()
    body = {"text": WORDS, "client_message_id": "canary-1"}
    sent = await phone.client.post("/api/messages", json=body)
    receipt = sent.json()["replies"][0]["receipt"]
    verdict = {"receipt": receipt, "verdict": "down", "question": WORDS}
    assert (await phone.client.post("/api/feedback", json=verdict)).status_code == 200
    for kind, name in (("quiz", "un-messages"), ("scenario", "gate")):
        await room.starts(kind, name)
        await answers(phone, 0)
        await room.moves()
    return phone


async def end(room: Room, **ticked: str) -> Page:
    token = (await room.trainer.get("/trainer/end")).token
    return await room.trainer.send("/trainer/end", token=token, **ticked)


def folder_of(room: Room) -> Path:
    (found,) = (room.gateway.home / "workshops").iterdir()
    return found


async def test_nothing_of_the_room_is_left_on_the_disk(room: Room) -> None:
    phone = await lived(room)
    secrets = [cookie.partition(".")[0] for cookie in dict(phone.client.cookies).values()]
    assert WORDS.encode() in room.gateway.kept_bytes()
    assert room.code.encode() in room.gateway.kept_bytes()
    page = await end(room, sure="yes")
    assert messages.text("workshop_ended", "en") in page.text
    kept = room.gateway.kept_bytes()
    for trace in (WORDS, "canary-1", room.code, PASSAGE.id, "1.first", *secrets):
        assert trace.encode() not in kept, trace
    assert room.gateway.rasa.forgotten
    assert not pin.is_set(room.gateway.home)
    assert [path.name for path in folder_of(room).iterdir()] == [REPORT]


async def test_the_report_counts_what_existed_and_that_nothing_is_left(room: Room) -> None:
    await lived(room)
    page = await end(room, sure="yes")
    rows = re.findall(r'<td class="number">(\d+)</td><td class="number">(\d+)</td>', page.text)
    existed, left = [int(before) for before, _ in rows], {after for _, after in rows}
    assert left == {"0"}
    # one phone, two answers, two runs, one turn, receipt, verdict, sent question, conversation,
    # message, trainer and workshop
    assert existed == [1, 2, 2, 1, 1, 1, 1, 1, 1, 1, 1]
    report = (folder_of(room) / REPORT).read_text()
    assert re.search(r"participants +1 +0\n", report)


async def test_what_was_ticked_is_kept_as_counts_for_its_owner_alone(room: Room) -> None:
    await lived(room)
    await end(room, sure="yes", **dict.fromkeys(EXPORTS, "yes"))
    files = {path.name: path for path in folder_of(room).iterdir()}
    assert {"topics.csv", "1-un-messages.csv", "case-1-gate.csv", "session.json"} <= files.keys()
    assert all(stat.S_IMODE(path.stat().st_mode) == 0o600 for path in files.values())
    topics = files["topics.csv"].read_text("utf-8-sig")
    assert topics == f"topic,times\n{messages.text('topic_un-messages', 'en')},1\n"
    assert "Let her in.,good,1,yes" in files["case-1-gate.csv"].read_text("utf-8-sig")
    everything = b"".join(path.read_bytes() for path in files.values())
    assert WORDS.encode() not in everything


async def test_another_officers_conversation_stays(room: Room) -> None:
    await lived(room)
    stranger = Browser(room.gateway.another_browser())
    body = {"text": "a question of the next room", "client_message_id": "x"}
    await stranger.client.post("/api/messages", json=body)
    await end(room, sure="yes")
    kept = (await stranger.client.get("/api/messages")).json()["messages"]
    assert kept[0]["text"] == "a question of the next room"


async def test_without_the_tick_that_it_is_meant_nothing_is_deleted(room: Room) -> None:
    await lived(room)
    page = await end(room)
    assert 'id="sure"' in page.text
    assert (await room.console()).figure("Joined") == 1


async def test_afterwards_phone_and_trainer_hear_that_it_is_over(room: Room) -> None:
    phone = await lived(room)
    await end(room, sure="yes")
    page = await phone.get("/room")
    assert messages.text("error_workshop_ended", "en") in page.text
    again = await phone.send("/join", code=room.code)
    assert again.response.status_code == 404
    console = await room.trainer.get("/trainer")
    assert console.response.status_code == 404
    signed = await room.trainer.send("/trainer/sign-in", pin=PIN)
    assert signed.response.status_code == 404


async def test_a_wipe_that_rasa_owes_is_told(room: Room) -> None:
    await lived(room)
    room.gateway.rasa.outcome = DOWN
    page = await end(room, sure="yes")
    assert messages.text("workshop_still_owed", "en") in page.text
    assert WORDS.encode() not in room.gateway.kept_bytes()


async def test_a_workshop_nobody_ended_is_deleted_after_a_week(room: Room) -> None:
    await lived(room)
    room.gateway.clock.forward(hours=7 * 24 - 1)
    await room.gateway.purge()
    assert room.code.encode() in room.gateway.kept_bytes()
    room.gateway.clock.forward(hours=2)
    await room.gateway.purge()
    assert room.code.encode() not in room.gateway.kept_bytes()
    assert [path.name for path in folder_of(room).iterdir()] == [REPORT]
