"""Alive is one thing, ready another: /readyz names each part that is not well, and why."""

import pytest
from gateway_under_test import Gateway, locked, running

from gateway.bounds import Bounds
from gateway.rasa_stand_in import DOWN, RasaStandIn
from guidebook.settings import Settings

pytestmark = pytest.mark.anyio


async def test_the_process_is_alive_even_when_nothing_else_is(settings: Settings) -> None:
    async with running(settings, rasa=RasaStandIn(outcome=DOWN), actions_status=500) as gateway:
        response = await gateway.browser.get("/healthz")
    assert (response.status_code, response.json()) == (200, {"status": "ok"})


async def test_ready_when_every_part_is_well(gateway: Gateway) -> None:
    response = await gateway.browser.get("/readyz")
    assert response.status_code == 200
    assert response.json()["ready"] is True
    parts = response.json()["parts"]
    assert set(parts) == {"rasa", "tracker_store", "actions", "corpus", "store"}
    assert all(part == {"ready": True, "reason": None} for part in parts.values())


async def test_not_ready_while_rasa_is_away(settings: Settings) -> None:
    async with running(settings, rasa=RasaStandIn(outcome=DOWN)) as gateway:
        assert await unwell(gateway) == {"rasa", "tracker_store"}
        shown = await gateway.browser.get("/api/messages")
        assert shown.json()["ready"] is False


async def test_not_ready_when_rasa_fell_back_to_memory(settings: Settings) -> None:
    async with running(settings, rasa=RasaStandIn(store="InMemoryTrackerStore")) as gateway:
        assert await unwell(gateway) == {"tracker_store"}


async def test_not_ready_when_the_action_server_is_unwell(settings: Settings) -> None:
    async with running(settings, actions_status=500) as gateway:
        assert await unwell(gateway) == {"actions"}


async def test_not_ready_when_the_database_cannot_be_written(settings: Settings) -> None:
    async with running(settings, bounds=Bounds(lock_wait=0.2)) as gateway:
        with locked(settings.home):
            assert await unwell(gateway) == {"store"}


async def unwell(gateway: Gateway) -> set[str]:
    """The parts that /readyz says are not well; each must have a reason."""
    response = await gateway.browser.get("/readyz")
    assert response.status_code == 503
    assert response.headers["retry-after"] == "5"
    body = response.json()
    assert body["ready"] is False
    assert body["error"]
    assert body["next"]
    found = {name for name, part in body["parts"].items() if not part["ready"]}
    assert all(body["parts"][name]["reason"] for name in found)
    return found
