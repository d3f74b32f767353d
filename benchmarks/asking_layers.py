"""Ask one message at each layer of a running stack, so that a layer's own time is a difference.

The page's address is asked first, then Rasa behind it, then the action server behind Rasa; what the
library took stands in the reply. No part is changed for being measured.
"""

import time
import uuid
from pathlib import Path
from typing import Any

import httpx

from deploy.stack import Stack

Json = dict[str, Any]
TURNS_A_SESSION = 20  # below the bound of one session's bucket
VERSION = "3.6.21"


class Layers:
    """The doors of one stack."""

    def __init__(self, stack: Stack) -> None:
        secret = (stack.settings.home / "secrets" / "channel").read_text("utf-8").strip()
        self.secret = {"X-Guidebook-Secret": secret}
        self._page = httpx.Client(base_url=stack.url, timeout=60, trust_env=False)
        rasa = f"http://127.0.0.1:{stack.ports.rasa}"
        self._rasa = httpx.Client(base_url=rasa, headers=self.secret, timeout=60, trust_env=False)
        actions = f"http://127.0.0.1:{stack.ports.actions}"
        self._actions = httpx.Client(base_url=actions, timeout=60, trust_env=False)
        self._asked = 0

    def close(self) -> None:
        """Close the connections."""
        for client in (self._page, self._rasa, self._actions):
            client.close()

    def page(self, text: str) -> tuple[float, Json]:
        """Milliseconds of a whole turn, and its last reply."""
        if self._asked % TURNS_A_SESSION == 0:
            self._page.cookies.clear()
        self._asked += 1
        body = {"text": text, "client_message_id": uuid.uuid4().hex}
        while True:
            took, response = _timed(self._page, "/api/messages", body)
            if response.status_code == 200:
                reply: Json = response.json()["replies"][-1]
                return took, reply
            if response.status_code not in (429, 503):
                response.raise_for_status()
            time.sleep(float(response.headers["Retry-After"]))

    def rasa(self, text: str) -> float:
        """Milliseconds at Rasa's channel, in a conversation of its own."""
        took, response = _timed(self._rasa, "/webhooks/guidebook/messages", rasa_body(text))
        response.raise_for_status()
        return took

    def actions(self, text: str) -> float:
        """Milliseconds at the action server."""
        intent = {"name": "ask_guidance", "confidence": 0.9}
        message = {"text": text, "intent": intent, "metadata": {"lang": "en"}, "entities": []}
        sender = uuid.uuid4().hex
        tracker = {
            "sender_id": sender,
            "slots": {"context": None, "language": "en"},
            "latest_message": message,
            "latest_event_time": time.time(),
            "followup_action": None,
            "paused": False,
            "events": [],
            "latest_input_channel": "guidebook",
            "active_loop": {},
            "latest_action_name": "action_listen",
        }
        call = {
            "next_action": "action_answer_question",
            "sender_id": sender,
            "tracker": tracker,
            "domain": {},
            "version": VERSION,
        }
        took, response = _timed(self._actions, "/webhook", call)
        response.raise_for_status()
        return took


def rasa_body(text: str, conversation: str | None = None) -> Json:
    """A message as the gateway gives it to Rasa."""
    return {
        "conversation_id": conversation or uuid.uuid4().hex,
        "message_id": uuid.uuid4().hex,
        "text": text,
        "lang": "en",
    }


def memory_mb(process: int) -> float:
    """A process's own memory and its part of what it shares (PSS)."""
    text = Path(f"/proc/{process}/smaps_rollup").read_text(encoding="ascii")
    line = next(line for line in text.splitlines() if line.startswith("Pss:"))
    return int(line.split()[1]) / 1024


def _timed(client: httpx.Client, path: str, body: Json) -> tuple[float, httpx.Response]:
    started = time.perf_counter()
    response = client.post(path, json=body)
    return (time.perf_counter() - started) * 1000, response
