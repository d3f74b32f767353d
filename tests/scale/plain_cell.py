"""`python -m tests.scale.plain_cell PORT`: a cell whose Rasa is a stand-in, for tests of the front.

A text that begins with "slow" takes SLOW_S. While a file `down` is in the home, its Rasa is down.
"""

import asyncio
import os
import sys
from dataclasses import dataclass
from pathlib import Path

import httpx
import uvicorn

from gateway.app import create_app
from gateway.rasa_client import RasaOutcome, RasaTurn
from gateway.rasa_stand_in import DOWN, RasaStandIn
from guidebook.settings import Settings

SLOW_S = 6.0


@dataclass
class Plain(RasaStandIn):
    """Greets, slowly, or is down."""

    home: Path = Path()

    async def send(self, turn: RasaTurn, wait: float) -> RasaOutcome:
        """One turn."""
        if (self.home / "down").exists():
            return DOWN
        if turn.text.startswith("slow"):
            await asyncio.sleep(SLOW_S)
        return await super().send(turn, wait)


def main() -> None:
    """Serve until killed."""
    settings = Settings.from_environ(os.environ)
    actions = httpx.AsyncClient(
        transport=httpx.MockTransport(lambda _: httpx.Response(200)), base_url="http://actions"
    )
    app = create_app(settings, rasa=Plain(home=settings.home), actions=actions)
    uvicorn.run(app, port=int(sys.argv[1]), log_config=None, access_log=False)


if __name__ == "__main__":
    main()
