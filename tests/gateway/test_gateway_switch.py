"""Answers are stopped and come back at the next message; the reason is shown; danger steps stay."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner
from gateway_under_test import DOCUMENT, Gateway, answer, replied, running

from gateway import switch_commands
from gateway.rasa_stand_in import RasaStandIn
from gateway.switch import MOST_REASON, Switch
from guidebook import messages
from guidebook.errors import SettingsError
from guidebook.settings import Settings

pytestmark = pytest.mark.anyio
DANGER = "he is beating her right now"
assert DOCUMENT is not None
TOPIC = DOCUMENT.topics[0]


async def test_everything_off_reaches_nobody_and_on_answers_the_next_message(
    gateway: Gateway,
) -> None:
    switch = Switch(gateway.home)
    switch.off("The law changed.", "desk")
    (reply,) = await gateway.ask("hello")
    assert reply["status"] == "refused_switched_off"
    assert reply["text"] == messages.text("refused_switched_off", "en")
    assert reply["notice"] == "The law changed."
    assert gateway.rasa.received == []
    assert [entry["role"] for entry in await gateway.transcript()] == ["officer", "guidebook"]
    switch.on("desk")
    assert (await gateway.ask("hello"))[0]["status"] == "told_greeting"


async def test_danger_steps_stay_on(gateway: Gateway) -> None:
    Switch(gateway.home).off("Pause.", "desk")
    first, second = await gateway.ask(DANGER)
    assert (first["status"], second["status"]) == ("emergency", "refused_switched_off")
    assert {contact["number"] for contact in first["contacts"]} == {"15", "1122"}


async def test_a_topic_off_stops_the_replies_that_cite_it_alone(settings: Settings) -> None:
    reply = answer()
    nearest = answer(status="unanswerable_no_passage", text="No.", nearest=reply.citations)
    nearest = nearest.model_copy(update={"citations": ()})
    for given in (reply, nearest):
        async with running(settings, rasa=RasaStandIn(replied(given))) as gateway:
            switch = Switch(gateway.home)
            switch.on("desk")
            switch.off("Under review.", "desk", TOPIC)
            (stopped,) = await gateway.ask("question")
            assert stopped["status"] == "refused_switched_off"
            assert stopped["text"] == messages.text("switched_off_topic", "en")
            assert stopped["notice"] == "Under review."
            assert stopped["citations"] == stopped["nearest"] == []
            switch.on("desk", TOPIC)
            assert (await gateway.ask("question"))[0]["status"] == given.status
            switch.off("Other.", "desk", "medical")
            assert (await gateway.ask("question"))[0]["status"] == given.status


async def test_the_page_is_told_what_is_off(gateway: Gateway) -> None:
    async def told() -> object:
        return (await gateway.browser.get("/api/messages")).json()["switched_off"]

    switch = Switch(gateway.home)
    assert await told() is None
    switch.off("a", "desk", "medical")
    assert await told() == {"reason": None, "topics": {"medical": "a"}}
    switch.off("b", "desk")
    assert await told() == {"reason": "b", "topics": None}


async def test_the_plain_page_shows_the_reason_as_text(gateway: Gateway) -> None:
    Switch(gateway.home).off("<script>alert(1)</script> & more", "desk")
    page = await gateway.browser.post("/ask", data={"text": "hello", "form": "x"})
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; more" in page.text
    assert "<script>alert" not in page.text


@pytest.mark.parametrize("content", ["", "{", "[]", '{"everything": 1, "topics": {}}', "\xff"])
async def test_a_switch_that_cannot_be_read_counts_as_off(gateway: Gateway, content: str) -> None:
    (gateway.home / "switch.json").write_bytes(content.encode("latin-1"))
    (reply,) = await gateway.ask("hello")
    assert (reply["status"], reply["notice"]) == ("refused_switched_off", None)


def test_a_reason_is_one_short_masked_line(tmp_path: Path) -> None:
    switch = Switch(tmp_path)
    said = switch.off("See\n\u202ecnic 17301-1234567-1 \x1b[31m" + "x" * 500, "a\nb").everything
    assert said is not None
    assert said.reason.startswith("See cnic [cnic] [31mxxx")
    assert (len(said.reason), said.actor) == (MOST_REASON, "a b")
    with pytest.raises(SettingsError, match="The reason is empty"):
        switch.off(" \u202e ", "desk")


def test_each_change_is_logged_with_time_and_actor(tmp_path: Path) -> None:
    switch = Switch(tmp_path)
    switch.off("First.", "amina", "medical")
    switch.off("All.", "bilal")
    switch.on("carol", "medical")
    switch.on("carol")
    lines = (tmp_path / "logs" / "switch.log").read_text(encoding="utf-8").splitlines()
    changes = [json.loads(line) for line in lines]
    assert [(c["change"], c["topic"], c["actor"], c["reason"]) for c in changes] == [
        ("off", "medical", "amina", "First."),
        ("off", None, "bilal", "All."),
        ("on", "medical", "carol", ""),
        ("on", None, "carol", ""),
    ]
    assert all(change["at"].startswith("20") for change in changes)


def test_a_home_that_cannot_be_written_is_one_sentence_and_switches_nothing(tmp_path: Path) -> None:
    (tmp_path / "logs").write_text("in the way")
    switch = Switch(tmp_path)
    with pytest.raises(SettingsError, match="nothing was switched"):
        switch.off("Stop.", "desk")
    assert switch.state().everything is None


async def test_the_commands_switch_the_running_gateway(gateway: Gateway) -> None:
    environ = {"GUIDEBOOK_HOME": str(gateway.home)}
    run = CliRunner().invoke
    done = run(switch_commands.off, ["--reason", "Pause.", "--by", "desk"], env=environ)
    assert (done.exit_code, done.output) == (0, "off: everything (Pause.)\n")
    assert (await gateway.ask("hello"))[0]["status"] == "refused_switched_off"
    assert run(switch_commands.off, ["--topic", "nothing", "--reason", "x"]).exit_code == 2
    assert run(switch_commands.off, [], env=environ).exit_code == 2
    assert run(switch_commands.on, [], env=environ).output == "on: everything\n"
    assert (await gateway.ask("hello"))[0]["status"] == "told_greeting"


async def test_off_outlives_a_restart(settings: Settings) -> None:
    async with running(settings) as gateway:
        Switch(gateway.home).off("Pause.", "desk")
    async with running(replace(settings)) as again:
        assert (await again.ask("hello"))[0]["status"] == "refused_switched_off"
