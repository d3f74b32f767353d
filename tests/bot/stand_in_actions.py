"""A small action server that speaks the rasa_sdk webhook, for tests of the channel.

It stands at the seam between the two environments: HTTP and JSON. How it behaves is chosen by the
test through `behaviour`; how often it was called is counted in `calls`.
"""

from __future__ import annotations

import asyncio
from typing import Any

from aiohttp import web

ANSWER: dict[str, Any] = {"status": "answered", "text": "From the stand-in.", "citations": []}
CONTEXT: dict[str, Any] = {"answered_passage_ids": ["fir/zero"], "at": 1}


class StandInActions:
    """Answer, fail, stay silent, or wait for the test to let go."""

    def __init__(self) -> None:
        self.behaviour = "answer"
        self.calls: list[dict[str, Any]] = []
        self.let_go = asyncio.Event()

    def application(self) -> web.Application:
        application = web.Application(client_max_size=16 * 1024 * 1024)
        application.router.add_post("/webhook", self.webhook)
        return application

    async def webhook(self, request: web.Request) -> web.Response:
        call = await request.json()
        self.calls.append(call)
        if self.behaviour == "fail":  # as rasa_sdk does: the whole request in the error
            return web.json_response({"error": "broken", "request_body": call}, status=500)
        if self.behaviour == "malformed":
            return web.json_response({"events": call["tracker"]["latest_message"]["text"]})
        if self.behaviour == "silent":
            return web.json_response({"events": [], "responses": []})
        if self.behaviour == "wait":
            await self.let_go.wait()
        return web.json_response(
            {
                "events": [{"event": "slot", "name": "context", "value": CONTEXT}],
                "responses": [{"text": None, "custom": ANSWER}],
            }
        )
