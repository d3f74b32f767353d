"""What the room plays: one question at a time, counted once, and nobody sees another's answer."""

import pytest
from gateway_under_test import PASSAGE
from room_under_test import Browser, Room, answers

from gateway.workshop import runs
from guidebook import messages

pytestmark = pytest.mark.anyio


def say(key: str, lang: str = "en") -> str:
    return messages.text(f"workshop_{key}", "ur" if lang == "ur" else "en")


async def kept(room: Room) -> list[tuple[str, int]]:
    found = await room.gateway.app.state.database.read(runs.answers, 1)
    return [(given.item, given.choice) for given in found]


async def test_a_quiz_goes_question_by_question_at_the_trainers_pace(room: Room) -> None:
    phone = await room.phone()
    assert say("in_the_room") in (await phone.get("/room")).text
    await room.starts("quiz", "un-messages")
    asked = await phone.get("/room")
    assert "Question one?" in asked.text
    assert "Question two?" not in asked.text
    await answers(phone, 1)
    waiting = await phone.get("/room")
    assert say("answer_kept") in waiting.text
    await room.moves()
    told = (await phone.get("/room")).text
    assert say("right_answer") in told
    assert say("your_answer") in told
    await room.moves()
    assert "Question two?" in (await phone.get("/room")).text
    await room.moves()
    await room.moves()
    assert say("in_the_room") in (await phone.get("/room")).text
    assert say("nothing_on") in (await room.console()).text


async def test_nothing_on_a_phone_tells_the_key_before_the_trainer_does(room: Room) -> None:
    phone = await room.phone()
    await room.starts("quiz", "un-messages")
    before = (await phone.get("/room")).text
    after = (await answers(phone, 0)).text
    for page in (before, after, (await room.wall()).text):
        for word in (say("right_answer"), "told-good", PASSAGE.heading):
            assert word not in page


async def test_an_answer_sent_again_or_changed_counts_once_and_the_first_stands(room: Room) -> None:
    phone = await room.phone()
    await room.starts("quiz", "un-messages")
    page = await phone.get("/room")
    fields = {"token": page.token, "run": page.field("run"), "item": page.field("item")}
    for choice in ("2", "2", "0"):
        sent = await phone.send("/room/answer", choice=choice, **fields)
        assert sent.response.status_code == 200
    assert await kept(room) == [("one", 2)]


@pytest.mark.parametrize(
    "changed",
    [
        {"item": "two"},
        {"item": "none"},
        {"run": "77"},
        {"run": "x"},
        {"choice": "4"},
        {"choice": "-1"},
        {"choice": ""},
    ],
)
async def test_an_answer_to_anything_else_changes_nothing(
    room: Room, changed: dict[str, str]
) -> None:
    phone = await room.phone()
    await room.starts("quiz", "un-messages")
    page = await phone.get("/room")
    fields = {"token": page.token, "run": page.field("run"), "item": "one", "choice": "1"}
    sent = await phone.send("/room/answer", **(fields | changed))
    assert sent.response.status_code == 200
    assert await kept(room) == []


async def test_an_answer_that_comes_after_the_outcome_does_not_count(room: Room) -> None:
    phone = await room.phone()
    await room.starts("quiz", "un-messages")
    page = await phone.get("/room")
    fields = {"token": page.token, "run": page.field("run"), "item": "one", "choice": "0"}
    await room.moves()
    sent = await phone.send("/room/answer", **fields)
    assert say("right_answer") in sent.text
    assert await kept(room) == []


async def test_nobody_sees_anothers_answer(room: Room) -> None:
    phone, other = await room.phone(), await room.phone()
    await room.starts("quiz", "un-messages")
    before = (await other.get("/room")).text
    await answers(phone, 1)
    assert without_clock((await other.get("/room")).text) == without_clock(before)
    await room.moves()
    assert say("your_answer") not in (await other.get("/room")).text
    assert "<progress" not in (await room.wall()).text  # one answer would point to its phone


def without_clock(page: str) -> str:
    return page.partition('id="timer"')[0]


async def test_counts_are_shown_to_the_room_from_three_answers_on(room: Room) -> None:
    phones = [await room.phone() for _ in range(3)]
    await room.starts("quiz", "un-messages")
    for phone in phones:
        await answers(phone, 1)
    await room.moves()
    assert "3 / 3" in (await room.wall()).text


async def test_two_presses_of_one_button_move_once(room: Room) -> None:
    await room.starts("quiz", "un-messages")
    page = await room.console()
    fields = {"token": page.token, "run": page.field("run"), "visit": page.field("visit")}
    await room.trainer.send("/trainer/move", **fields)
    await room.trainer.send("/trainer/move", **fields)
    assert say("right_answer") in (await room.wall()).text


async def test_a_form_is_answered_at_ones_own_pace_and_survives_a_reload(room: Room) -> None:
    phone, slow = await room.phone(), await room.phone("ur")
    await room.starts("form", "pre")
    await answers(phone, 0)
    cookies = dict(phone.client.cookies)
    again = Browser(room.gateway.another_browser(**cookies))
    assert "Question two?" in (await again.get("/room")).text
    assert "سوال one؟" in (await slow.get("/room")).text
    done = await answers(again, 3)
    assert say("form_done") in done.text
    assert await kept(room) == [("one", 0), ("two", 3)]


async def test_a_case_branches_by_what_is_taken_and_a_vote_may_change(room: Room) -> None:
    phone = await room.phone()
    await room.starts("scenario", "gate")
    await answers(phone, 0)
    await answers(phone, 1)
    assert await kept(room) == [("1.first", 1)]
    told = (await room.moves()).text  # without a choice: what the room took most
    assert say("taken") in (await room.wall()).text
    assert say("verdict_forbidden") in told
    assert "She may not come back." in (await phone.get("/room")).text
    assert PASSAGE.text.split("\n")[0] in (await phone.get("/room")).text
    await room.moves()
    assert "She comes again, hurt." in (await phone.get("/room")).text
    await room.moves(choice="1")
    await room.moves()
    again = await phone.get("/room")
    assert "She stands at the gate." in again.text
    assert again.field("item") == "3.first"  # a step that comes again has answers of its own
    await room.moves(choice="0")
    await room.moves()
    assert "Who stands at your gate?" in (await phone.get("/room")).text
    await room.moves()
    assert say("in_the_room") in (await phone.get("/room")).text


async def test_content_that_breaks_leaves_the_last_good_one_and_is_told(room: Room) -> None:
    phone = await room.phone()
    await room.starts("quiz", "un-messages")
    (room.training / "quizzes" / "un-messages.yml").write_text("items: [")
    room.gateway.ticks.forward(seconds=60)
    console = await room.console()
    assert say("content_broken") in console.text
    assert "un-messages.yml" in console.text
    assert str(room.training.parent) not in console.text
    assert "Question one?" in (await phone.get("/room")).text


async def test_what_does_not_exist_cannot_be_started(room: Room) -> None:
    for kind, name in (("quiz", "none"), ("scenario", "none"), ("form", "mid"), ("dance", "gate")):
        assert (await room.does("start", kind=kind, name=name)).response.status_code == 404
    assert say("nothing_on") in (await room.console()).text


async def test_every_page_speaks_the_phones_language(room: Room) -> None:
    phone = await room.phone("ur")
    page = await phone.get("/room")
    assert '<html lang="ur" dir="rtl"' in page.text
    english = await phone.send("/room/language", token=page.token, lang="en")
    assert '<html lang="en" dir="ltr"' in english.text


async def test_results_are_charts_for_the_trainer_alone(room: Room) -> None:
    phones = [await room.phone() for _ in range(3)]
    await room.starts("form", "pre")
    for phone in phones:
        for choice in (0, 1):
            await answers(phone, choice)
    await room.does("stop")
    page = await room.trainer.get("/trainer/results")
    assert "1. UN messages: 3/3; 2. UN messages (misread): 0/3" in page.text
    chart = await room.trainer.get("/trainer/results/1-pre.svg")
    assert chart.response.headers["content-type"] == "image/svg+xml"
    assert "3/3" in chart.text
    assert (await room.trainer.get("/trainer/results/none.svg")).response.status_code == 404
    stranger = Browser(room.gateway.another_browser())
    assert "3/3" not in (await stranger.get("/trainer/results")).text
    assert (await stranger.get("/trainer/results/1-pre.svg")).response.status_code == 403


async def test_the_review_shows_the_way_the_room_went(room: Room) -> None:
    for _ in range(3):
        await room.phone()
    await room.starts("scenario", "gate")
    await room.moves(choice="1")
    room.gateway.clock.forward(seconds=120)
    await room.moves()
    await room.moves(choice="0")
    await room.moves()
    wall = (await room.wall()).text
    assert wall.index("Send her away.") < wall.index("Take her to a doctor.")
    assert f"{say('minutes')} 2 / 5" in wall
    assert say("votes") not in wall  # nobody voted
