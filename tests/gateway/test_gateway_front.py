"""Behind a front a cell refuses what its own parts failed, and on the last try says so."""

import httpx
import pytest
from gateway_under_test import Gateway, running

from gateway.rasa_client import RasaOutcome
from gateway.rasa_stand_in import DOWN, SILENT, RasaStandIn
from guidebook.settings import Settings

pytestmark = pytest.mark.anyio
FIRST_TRY = {"X-Guidebook-May-Refuse": "1"}


async def post(gateway: Gateway, text: str, **headers: str) -> httpx.Response:
    body = {"text": text, "client_message_id": "m"}
    return await gateway.browser.post("/api/messages", json=body, headers=headers)


@pytest.mark.parametrize(
    ("outcome", "actions_status", "status"),
    [
        (DOWN, 200, 502),
        (SILENT, 503, 502),  # Rasa is there before its action server
        (SILENT, 200, 200),  # another cell would be silent too
    ],
)
async def test_what_this_cell_alone_failed_may_go_elsewhere(
    settings: Settings, outcome: RasaOutcome, actions_status: int, status: int
) -> None:
    rasa = RasaStandIn(outcome=outcome)
    async with running(settings, rasa=rasa, actions_status=actions_status) as gateway:
        assert (await post(gateway, "hello", **FIRST_TRY)).status_code == status
        last = await post(gateway, "hello")
        assert last.status_code == 200
        assert last.json()["replies"][0]["status"].startswith("failed_")


async def test_a_silent_turn_runs_again_elsewhere_under_another_id(settings: Settings) -> None:
    rasa = RasaStandIn(outcome=SILENT)
    async with running(settings, rasa=rasa, actions_status=503) as gateway:
        await gateway.transcript()  # the page was opened: there is a session
        assert (await post(gateway, "hello", **FIRST_TRY)).status_code == 502
        rasa.outcome = RasaStandIn().outcome  # as another cell with the same database finds it
        again = await post(gateway, "hello")
        assert again.json()["replies"][0]["status"] == "told_greeting"
        ids = [turn.message_id for turn in rasa.received]
        assert ids[0] == "m"
        assert ids[1] != "m"  # Rasa runs an id once, and ended this one in silence
        assert len(await gateway.transcript()) == 2
