"""The gateway as a process of its own, with a stand-in for Rasa's channel over HTTP."""

import json
import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, ClassVar

import httpx

from guidebook.settings import ROOT, Settings


def environ_for(settings: Settings, **more: str) -> dict[str, str]:
    return os.environ | {
        "GUIDEBOOK_HOME": str(settings.home),
        "GUIDEBOOK_CORPUS": str(settings.corpus),
        "GUIDEBOOK_WIDGET": str(settings.widget),
        "GUIDEBOOK_RASA_URL": "http://127.0.0.1:9",
        "GUIDEBOOK_ACTIONS_URL": "http://127.0.0.1:9",
        "PORT": "0",
        **more,
    }


class Channel(BaseHTTPRequestHandler):
    """Rasa's channel, as far as a turn needs it; hangs until the test lets go."""

    seen: ClassVar[list[dict[str, Any]]]
    let_go: ClassVar[threading.Event]

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.seen.append(body)
        self.let_go.wait(20)
        reply = {"text": "Hello.", "custom": None, "status": "told_greeting"}
        answer = json.dumps({"message_id": body["message_id"], "replies": [reply]}).encode()
        try:
            self.send_response(200)
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)
        except OSError:
            return  # the gateway was killed

    def log_message(self, *_: object) -> None:
        return


@contextmanager
def channel() -> Iterator[tuple[str, type[Channel]]]:
    class ThisChannel(Channel):
        seen: ClassVar[list[dict[str, Any]]] = []
        let_go = threading.Event()

    server = ThreadingHTTPServer(("127.0.0.1", 0), ThisChannel)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}", ThisChannel
    finally:
        ThisChannel.let_go.set()
        server.shutdown()
        server.server_close()


@contextmanager
def process(environ: dict[str, str]) -> Iterator[tuple["subprocess.Popen[bytes]", str]]:
    """A started gateway and its address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "gateway"]
    started = subprocess.Popen(
        command, cwd=ROOT, env=environ | {"PORT": str(port)}, stderr=subprocess.DEVNULL
    )
    try:
        wait_for(lambda: answers(f"http://127.0.0.1:{port}/healthz"))
        yield started, f"http://127.0.0.1:{port}"
    finally:
        started.kill()
        started.wait()


def answers(url: str) -> bool:
    try:
        return httpx.get(url, trust_env=False).status_code == 200
    except httpx.HTTPError:
        return False


def wait_for(condition: Any) -> None:
    until = time.monotonic() + 30
    while not condition():
        assert time.monotonic() < until, "waited 30 seconds for nothing"
        time.sleep(0.05)
