"""One officer's browser, over HTTP. Every reply that reaches it is held to the promise."""

import re
import uuid
from functools import cache
from types import TracebackType
from typing import Any, Self

import httpx

from guidebook.reply import Citation, Reply
from guidebook.settings import ROOT
from guidebook.vocabulary import family

SEEDS = "".join(
    (ROOT / "tests" / "data" / "seeds" / name).read_text(encoding="utf-8")
    for name in ("undp.txt", "un-and-unido.txt")
)
PRESS_CONTACTS = (
    "+92 (51) 835 5650",
    "+92-51-835-4803",
    "+92-51-835-4800",
    "ayesha.babar@undp.org",
    "a.nasimkhan@unido.org",
)
"""What stands in the source texts for journalists; no officer may ever be sent there."""

Json = dict[str, Any]


def new_id() -> str:
    """A client_message_id."""
    return uuid.uuid4().hex


class Officer:
    """A session with the bot. `ask` fails when a reply is not evidence or a fixed message."""

    def __init__(self, url: str, cookie: str | None = None) -> None:
        cookies = {} if cookie is None else {"guidebook_session": cookie}
        self.http = httpx.Client(base_url=url, cookies=cookies, timeout=40, trust_env=False)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.http.close()

    def post(self, text: object, message_id: str | None = None, **more: object) -> httpx.Response:
        """POST one message."""
        body = {"text": text, "client_message_id": message_id or new_id(), **more}
        return self.http.post("/api/messages", json=body)

    def ask(self, text: str, message_id: str | None = None, **more: object) -> list[Reply]:
        """The replies to a message that must be taken."""
        response = self.post(text, message_id, **more)
        assert response.status_code == 200, response.text
        replies = [Reply.from_json(item) for item in response.json()["replies"]]
        assert replies, "silence"
        for reply in replies:
            self._hold_to_the_promise(reply)
        return replies

    def answer(self, text: str, message_id: str | None = None, **more: object) -> Reply:
        """The one reply to a message, which must be an answer with a citation."""
        (reply,) = self.ask(text, message_id, **more)
        assert family(reply.status) == "answered", f"{reply.status}: {reply.text}"
        return reply

    def status(self, text: str) -> str:
        """The status of the one reply to a message."""
        (reply,) = self.ask(text)
        return reply.status

    def transcript(self) -> list[Json]:
        """What the page shows after a reload."""
        response = self.http.get("/api/messages")
        assert response.status_code == 200, response.text
        messages: list[Json] = response.json()["messages"]
        return messages

    def asked(self) -> list[str]:
        """The officer's own lines of the transcript."""
        return [entry["text"] for entry in self.transcript() if entry["role"] == "officer"]

    def wipe(self) -> Json:
        """Clear the conversation."""
        response = self.http.delete("/api/messages")
        assert response.status_code == 200, response.text
        wiped: Json = response.json()
        return wiped

    def source_of(self, citation: Citation) -> str:
        """The words at the citation's place, as GET /api/documents gives them."""
        document = self.document(citation.document_id)
        assert document["digest"] == citation.digest
        for block in document["blocks"]:
            if block["start"] <= citation.start and citation.end <= block["end"]:
                text: str = block["text"]
                return text[citation.start - block["start"] : citation.end - block["start"]]
        raise AssertionError(f"{citation.passage_id} is in no block of its document")

    def document(self, document_id: str) -> Json:
        """An approved document."""
        return _document(str(self.http.base_url), document_id)

    def _hold_to_the_promise(self, reply: Reply) -> None:
        assert reply.text.strip()
        for citation in (*reply.citations, *reply.nearest):
            assert citation.quote == self.source_of(citation)
        if family(reply.status) == "answered":
            quoted = "\n".join(citation.quote for citation in reply.citations)
            lines = [line for line in reply.text.splitlines() if line.strip()]
            assert lines
            governing = reply.beside.label if reply.beside else ""
            quotes = [line for line in lines if not governing.startswith(line)]
            assert all(line in quoted for line in quotes), "an answer says what its source does not"
        said = reply.model_dump_json()
        for contact in PRESS_CONTACTS:
            assert contact not in said
        numbers = {re.sub(r"\D", "", contact.number) for contact in reply.contacts}
        assert not numbers & {"92518355650", "92518354803", "92518354800"}


@cache
def _document(url: str, document_id: str) -> Json:
    response = httpx.get(f"{url}/api/documents/{document_id}", trust_env=False)
    assert response.status_code == 200, response.text
    document: Json = response.json()
    return document
