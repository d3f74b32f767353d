"""A small real gateway for the page's tests: real HTTP, the real files of widget/, the real policy.

It keeps the gateway's promises that the page leans on (one turn once, a transcript, a wipe) and can
be told to misbehave. `python tests/widget/scripted_gateway.py` serves the page with scripted
replies, to look at it without Rasa.
"""

import asyncio
import json
import socket
import threading
from collections import deque
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import uvicorn
from scripted_replies import (
    BLOCKS,
    CONTENTS,
    DIGEST,
    DOCUMENT_ID,
    FAILED,
    WARMING_UP,
    Json,
    replies_to,
)
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, Response, StreamingResponse
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from gateway.headers import ALWAYS
from gateway.page import start_script
from guidebook.masking import mask

ROOT = Path(__file__).resolve().parents[2]
WIDGET = ROOT / "widget"
RULES = ROOT / "guidebook" / "data" / "masking.json"

URDU_ID = f"{DOCUMENT_ID}-ur"
URDU_TITLE = "پہلی رپورٹ درج کرنا"
URDU_HEADING = "کیا میں ایف آئی آر سے انکار کر سکتا ہوں؟"


class LostConnectionError(Exception):
    """Raised on purpose: the turn has run, and its reply never arrives."""


class RealHeaders:
    """Every response carries the real gateway's headers: the policy the page must live with."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def with_policy(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [
                    *message.get("headers", []),
                    *((name.lower().encode(), value.encode()) for name, value in ALWAYS.items()),
                    (b"cache-control", b"no-cache"),
                ]
            await send(message)

        await self.app(scope, receive, with_policy if scope["type"] == "http" else send)


class ScriptedGateway:
    """The server, what it was asked, and how it shall misbehave.

    `faults` holds one word for each coming question: 429, 500, 503, lost, failed, warming_up, hold.
    `held_transcript` holds the transcript back until `released`: "as asked" or "as released".
    """

    def __init__(self) -> None:
        self.faults: deque[str] = deque()
        self.is_ready = True
        self.has_changed_document = False
        self.has_documents = True
        self.posts: list[Json] = []
        self.runs: list[str] = []
        self.devices: list[str | None] = []
        self.judged: list[Json] = []
        self.takes_feedback = True
        self.switched_off: Json | None = None
        self.turns: dict[str, Json] = {}
        self.wipes = 0
        self.held_transcript: str | None = None
        self.released = threading.Event()
        routes = [
            Route("/", self._page),
            Route("/readyz", self._readyz),
            Route("/api/messages", self._ask, methods=["POST"]),
            Route("/api/messages", self._transcript),
            Route("/api/messages", self._wipe, methods=["DELETE"]),
            Route("/api/documents/{id}", self._document),
            Route("/api/contents", self._contents),
            Route("/api/feedback", self._feedback, methods=["POST"]),
            Route("/widget/masking.json", self._rules),
            Route("/widget/define.js", self._start),
            Mount("/widget", StaticFiles(directory=WIDGET)),
        ]
        app = Starlette(routes=routes, middleware=[Middleware(RealHeaders)])
        self._socket = socket.socket()
        self._socket.bind(("127.0.0.1", 0))
        self.port: int = self._socket.getsockname()[1]
        self._server = uvicorn.Server(
            uvicorn.Config(app, log_level="critical", access_log=False, lifespan="off")
        )
        self._thread = threading.Thread(target=self._run, daemon=True)

    def start(self) -> "ScriptedGateway":
        """Listen; returns when the first request would be answered."""
        self._socket.listen()
        self._thread.start()
        return self

    def stop(self) -> None:
        """Release whatever is held, and end."""
        self.released.set()
        self._server.should_exit = True
        self._server.force_exit = True
        self._thread.join(timeout=10)

    def _run(self) -> None:
        asyncio.run(self._server.serve(sockets=[self._socket]))

    async def _page(self, _: Request) -> Response:
        return FileResponse(WIDGET / "index.html")

    async def _rules(self, _: Request) -> Response:
        return FileResponse(RULES)

    async def _start(self, _: Request) -> Response:
        return Response(start_script(WIDGET), media_type="text/javascript")

    async def _readyz(self, _: Request) -> Response:
        part = {"ready": self.is_ready, "reason": None}
        body = {"ready": self.is_ready, "parts": {"rasa": part, "actions": part, "store": part}}
        return JSONResponse(body, status_code=200 if self.is_ready else 503)

    async def _ask(self, request: Request) -> Response:
        message: Json = json.loads(await request.body())
        self.posts.append(message)
        self.devices.append(request.headers.get("x-guidebook-device"))
        fault = self.faults.popleft() if self.faults else ""
        if fault in ("429", "500", "503"):
            body = {"error": "Not now.", "next": "Send it again."}
            return JSONResponse(body, status_code=int(fault), headers={"Retry-After": "1"})
        if fault in ("failed", "warming_up"):
            return JSONResponse({"replies": [FAILED if fault == "failed" else WARMING_UP]})
        if fault == "hold":
            await asyncio.to_thread(self.released.wait, 60)
        replies = self._run_once(message)
        if fault == "lost":
            return StreamingResponse(self._half_a_body(), media_type="application/json")
        return JSONResponse({"replies": replies})

    async def _half_a_body(self) -> AsyncIterator[bytes]:
        yield b'{"replies": ['
        await asyncio.sleep(0.05)
        raise LostConnectionError

    def _run_once(self, message: Json) -> list[Json]:
        identity = message["client_message_id"]
        if identity not in self.turns:
            self.runs.append(message["text"])
            replies = replies_to(message["text"])
            self.turns[identity] = {"text": message["text"], "replies": replies}
        kept: list[Json] = self.turns[identity]["replies"]
        return kept

    async def _transcript(self, _: Request) -> Response:
        kept = dict(self.turns)
        if self.held_transcript:
            await asyncio.to_thread(self.released.wait, 60)
        messages: list[Json] = []
        for identity, turn in (kept if self.held_transcript == "as asked" else self.turns).items():
            shared = {"client_message_id": identity, "at": "2026-11-22T10:00:00Z"}
            messages.append({"role": "officer", "text": turn["text"], **shared})
            for reply in turn["replies"]:
                messages.append({"role": "guidebook", "reply": reply, **shared})
        body = {"messages": messages, "ready": self.is_ready, "switched_off": self.switched_off}
        return JSONResponse(body)

    async def _wipe(self, _: Request) -> Response:
        self.wipes += 1
        self.turns.clear()
        return JSONResponse({"wiped": True})

    async def _contents(self, _: Request) -> Response:
        if not self.has_documents:
            return JSONResponse({"error": "No documents.", "next": "Wait."}, status_code=503)
        return JSONResponse({"topics": CONTENTS})

    async def _feedback(self, request: Request) -> Response:
        judgement: Json = json.loads(await request.body())
        if not self.takes_feedback:
            return JSONResponse({"error": "Not now.", "next": "Send it again."}, status_code=503)
        self.judged.append(judgement)
        question = judgement.get("question")
        return JSONResponse({"kept": True, "question": question and mask(question).text})

    async def _document(self, request: Request) -> Response:
        named = request.path_params["id"]
        if not self.has_documents or named not in (DOCUMENT_ID, URDU_ID):
            body = {"error": "No such document.", "next": "Ask again."}
            return JSONResponse(body, status_code=404)
        cited = request.query_params.get("digest", DIGEST)
        changed = self.has_changed_document or cited != DIGEST
        document: dict[str, Any] = {
            "id": DOCUMENT_ID,
            "title": "Recording the first report",
            "kind": "guidance",
            "authority": "statute",
            "jurisdiction": "pakistan",
            "in_force_from": None,
            "checked_on": "2026-11-22",
            "review_status": "draft",
            "sources": [],
            "blocks": BLOCKS,
            "also_in": [in_other("اردو", URDU_ID, URDU_TITLE)],
        }
        if named == URDU_ID:
            other = in_other("English", DOCUMENT_ID, document["title"])
            blocks = [block | {"heading": URDU_HEADING} for block in BLOCKS]
            document |= {"title": URDU_TITLE, "blocks": blocks, "also_in": [other]}
        return JSONResponse(document | {"digest": DIGEST, "changed": changed})


def in_other(name: str, document_id: str, title: str) -> dict[str, str]:
    """Where a document stands in another language, as the gateway tells it."""
    return {"name": name, "document_id": document_id, "digest": DIGEST, "title": title}


if __name__ == "__main__":
    gateway = ScriptedGateway().start()
    print(f"http://127.0.0.1:{gateway.port}/  (Ctrl-C to stop)")
    try:
        threading.Event().wait()
    except KeyboardInterrupt:
        gateway.stop()
