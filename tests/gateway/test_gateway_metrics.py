"""What a monitoring system is told: counts and times under words from closed lists, on loopback."""

import json
import re
import socket
from typing import get_args

import httpx
import pytest
import yaml
from gateway_under_test import DOCUMENT, Gateway, answer, citation, replied, running
from prometheus_client import generate_latest

from gateway import metrics
from gateway.bounds import Bounds
from gateway.metrics import Metrics, Stage
from gateway.rasa_stand_in import DOWN, RasaStandIn
from guidebook.errors import SettingsError
from guidebook.reply import Reply
from guidebook.settings import ROOT, Settings

pytestmark = pytest.mark.anyio
MONITORING = ROOT / "deploy" / "monitoring"
NAME = re.compile(r"\bguidebook_[a-z_]+")


def of(gateway: Gateway, name: str, **labels: str) -> float | None:
    """A figure as it is served; None when nothing was counted under these labels."""
    kept: Metrics = gateway.app.state.metrics
    return kept.registry.get_sample_value(f"guidebook_{name}", labels)


def served(gateway: Gateway) -> str:
    """All that is served."""
    return generate_latest(gateway.app.state.metrics.registry).decode()


async def test_a_turn_is_counted_by_outcome_and_status(settings: Settings) -> None:
    async with running(settings, rasa=RasaStandIn(outcome=replied(answer()))) as gateway:
        await gateway.ask("what are the principles")
        await gateway.ask("what are the principles")
        assert of(gateway, "turns_total", outcome="Replied") == 2
        assert of(gateway, "replies_total", status="answered") == 2


async def test_a_repeated_message_is_not_counted_again(gateway: Gateway) -> None:
    await gateway.ask("hello", "same")
    await gateway.ask("hello", "same")
    assert of(gateway, "turns_total", outcome="Replied") == 1


async def test_each_stage_of_a_turn_has_its_time(settings: Settings) -> None:
    slow = RasaStandIn(outcome=replied(answer(took_ms=30)), delay=0.06)
    async with running(settings, rasa=slow) as gateway:
        await gateway.ask("what are the principles")
        for stage in get_args(Stage):
            assert of(gateway, "stage_seconds_count", stage=stage) == 1, stage
        rasa = of(gateway, "stage_seconds_sum", stage="rasa")
        whole = of(gateway, "stage_seconds_sum", stage="turn")
        assert of(gateway, "stage_seconds_sum", stage="library") == pytest.approx(0.03)
    assert rasa is not None
    assert whole is not None
    assert 0.06 <= rasa <= whole


async def test_a_refusal_is_counted_under_the_topic_of_the_nearest_text(settings: Settings) -> None:
    assert DOCUMENT is not None
    nothing = Reply(
        status="unanswerable_no_passage", lang="en", text="Nothing.", nearest=(citation(),)
    )
    async with running(settings, rasa=RasaStandIn(outcome=replied(nothing))) as gateway:
        await gateway.ask("what is the best pizza")
        topic = DOCUMENT.topics[0]
        counted = of(gateway, "unanswered_total", status="unanswerable_no_passage", topic=topic)
    assert counted == 1


async def test_a_reply_that_failed_is_counted_as_what_the_officer_read(settings: Settings) -> None:
    async with running(settings, rasa=RasaStandIn(outcome=DOWN)) as gateway:
        (reply,) = await gateway.ask("hello")
        assert of(gateway, "turns_total", outcome="Down") == 1
        assert of(gateway, "replies_total", status=reply["status"]) == 1


async def test_masks_are_counted_by_kind_and_nothing_typed_is_served(gateway: Gateway) -> None:
    (reply,) = await gateway.ask("zebra 17301-1234567-1 is her card")
    assert [of(gateway, "masked_total", kind=kind) for kind in reply["masked"]] == [1]
    assert "zebra" not in served(gateway)
    assert "1234567" not in served(gateway)


async def test_a_message_that_became_no_turn_is_counted(settings: Settings) -> None:
    async with running(settings, bounds=Bounds(session_burst=1)) as gateway:
        await gateway.ask("hello")
        assert (await gateway.post("hello")).status_code == 429
        assert of(gateway, "turned_away_total", code="429") == 1
        assert of(gateway, "turns_total", outcome="Replied") == 1


async def test_the_queue_is_as_long_as_the_turns_that_wait(settings: Settings) -> None:
    import asyncio

    rasa = RasaStandIn()
    rasa.open.clear()
    async with running(settings, rasa=rasa) as gateway:
        asked = [asyncio.create_task(gateway.post("hello")) for _ in range(3)]
        async with asyncio.timeout(5):
            while of(gateway, "turns_in_flight") != 3:
                await asyncio.sleep(0.005)
        rasa.open.set()
        await asyncio.gather(*asked)
        assert of(gateway, "turns_in_flight") == 0


async def test_the_public_door_does_not_serve_them(gateway: Gateway) -> None:
    assert (await gateway.browser.get("/metrics")).status_code == 404


def test_they_are_served_on_loopback_until_stopped() -> None:
    kept = Metrics()
    kept.took("rasa", 0.25)
    with socket.socket() as probe:
        probe.bind((metrics.LOOPBACK, 0))
        port = probe.getsockname()[1]
    stop = metrics.serve(kept, port)
    try:
        with pytest.raises(SettingsError, match="GUIDEBOOK_METRICS_PORT"):
            metrics.serve(kept, port)
        told = httpx.get(f"http://127.0.0.1:{port}/metrics", trust_env=False).text
    finally:
        stop()
    assert 'guidebook_stage_seconds_sum{stage="rasa"} 0.25' in told


def known() -> set[str]:
    """Every name a Prometheus that reads us can ask for."""
    kept = Metrics()
    kept.took("turn", 1)
    kept.turned_away(503)
    kept.turn("Replied", (answer(),), ("cnic",), None)
    kept.turn("Replied", (Reply(status="refused_verdict", lang="en", text="No."),), (), None)
    names = {sample.name for family in kept.registry.collect() for sample in family.samples}
    return {name for name in names if not name.endswith("_created")}


def test_the_dashboard_asks_for_figures_that_exist() -> None:
    dashboard = json.loads((MONITORING / "dashboard.json").read_text("utf-8"))
    asked = [target["expr"] for panel in dashboard["panels"] for target in panel["targets"]]
    assert set(NAME.findall(" ".join(asked))) == known() - {
        "guidebook_stage_seconds_sum", "guidebook_stage_seconds_count"
    }  # fmt: skip


def test_the_alerts_ask_for_figures_that_exist_and_say_what_to_do() -> None:
    (group,) = yaml.safe_load((MONITORING / "alerts.yml").read_text("utf-8"))["groups"]
    assert group["rules"]
    for rule in group["rules"]:
        assert set(NAME.findall(rule["expr"])) <= known(), rule["alert"]
        assert rule["annotations"]["do"].endswith(".")
