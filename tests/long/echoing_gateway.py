"""`python -m tests.long.echoing_gateway PORT`: the gateway over a Rasa that repeats the question.

The shipped stand-in with one change: its reply carries the masked text it was sent, so that a load
test can tell whose reply came back. It takes 40 ms a turn, one turn at a time, as the product does.
"""

import asyncio
import os
import sys
from dataclasses import dataclass, field

import httpx
import uvicorn

from gateway.app import create_app
from gateway.rasa_client import RasaOutcome, RasaReply, RasaTurn, Replied, Slow
from gateway.rasa_stand_in import RasaStandIn
from guidebook.settings import Settings

TURN_S = 0.04


@dataclass
class Echo(RasaStandIn):
    """Repeats what it is asked."""

    alone: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def send(self, turn: RasaTurn, wait: float) -> RasaOutcome:
        """The text, after the turns before it."""
        try:
            async with asyncio.timeout(wait), self.alone:
                await asyncio.sleep(TURN_S)
        except TimeoutError:
            return Slow()
        return Replied((RasaReply(text=turn.text, custom=None, status="told_small_talk"),))


def main() -> None:
    """Serve until killed."""
    actions = httpx.AsyncClient(
        transport=httpx.MockTransport(lambda _: httpx.Response(200)), base_url="http://actions"
    )
    app = create_app(Settings.from_environ(os.environ), rasa=Echo(), actions=actions)
    uvicorn.run(app, port=int(sys.argv[1]), log_config=None, access_log=False)


if __name__ == "__main__":
    main()
