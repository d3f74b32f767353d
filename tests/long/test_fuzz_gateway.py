"""20,000 messages nobody would write, and requests made from the OpenAPI document, right and wrong.

Over the stand-in for Rasa. Each ends in a reply of the contract or a refusal of two sentences; no
request gets a 500, and none repeats what was sent in a refusal.
"""

import json
import sys
import time
from typing import Any
from urllib.parse import quote

import httpx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gateway.bounds import Bounds
from guidebook.reply import Reply
from guidebook.settings import ROOT

sys.path.insert(0, str(ROOT / "tests" / "gateway"))

from gateway_under_test import BASE, Gateway, running, settings_for

from tests.long.nonsense import cells, messages, tells_nothing
from tests.long.reliability_page import Table

MESSAGES = 20_000
EXAMPLES = 40
UNBOUND = Bounds(overall_burst=1e9, session_burst=1e9, address_burst=1e9, new_sessions_burst=1e9)
JSON = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=30)),
    lambda inner: st.one_of(
        st.lists(inner, max_size=4), st.dictionaries(st.text(max_size=12), inner, max_size=4)
    ),
    max_leaves=8,
)
pytestmark = [pytest.mark.long, pytest.mark.anyio]


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture
async def gateway(tmp_path: Any) -> Any:
    made = settings_for(tmp_path / "home", ROOT / "corpus", ROOT / "widget")
    async with running(made, bounds=UNBOUND) as started:
        yield started


async def test_20000_messages_end_in_a_reply_or_in_two_sentences(
    gateway: Gateway, bad_input: Table
) -> None:
    refused, slowest = 0, 0.0
    for number, text in enumerate(messages(MESSAGES)):
        if number % 50 == 0:
            gateway.browser.cookies.clear()
        started = time.monotonic()
        response = await gateway.post(text, f"f{number}")
        slowest = max(slowest, time.monotonic() - started)
        assert tells_nothing(response.text)
        if response.status_code == 200:
            assert [Reply.from_json(reply) for reply in response.json()["replies"]]
            continue
        refused += 1
        assert response.status_code == 422, response.text
        assert all(response.json()[key] for key in ("error", "next"))
    assert 0 < refused < MESSAGES // 10
    assert b"1234567" not in gateway.kept_bytes()
    bad_input.add("gateway over the stand-in", *cells(MESSAGES, refused, slowest))


async def test_requests_made_from_the_document_are_met_with_a_sentence(gateway: Gateway) -> None:
    document = (await gateway.browser.get("/api/openapi.json")).json()
    calls = [
        (path, method, operation)
        for path, methods in document["paths"].items()
        for method, operation in methods.items()
    ]
    assert len(calls) >= 7
    for path, method, operation in calls:
        for request in examples(path, method, operation, document):
            response = await gateway.browser.send(request)
            assert response.status_code != 500, (method, path, request.content)
            if response.status_code >= 400:
                assert all(response.json()[key] for key in ("error", "next"))
    assert (await gateway.ask("hello"))[0]["status"] == "told_greeting"


def examples(path: str, method: str, operation: Any, document: Any) -> list[httpx.Request]:
    """Requests drawn from the operation's own parameters and body, some of them broken."""
    drawn: list[httpx.Request] = []

    @settings(
        max_examples=EXAMPLES, deadline=None, database=None, suppress_health_check=list(HealthCheck)
    )
    @given(st.data())
    def draw(data: st.DataObject) -> None:
        where, query = path, {}
        for parameter in operation.get("parameters", ()):
            value = str(data.draw(st.one_of(st.text(min_size=1, max_size=20), st.just("x"))))
            value = value.encode("utf-8", "ignore").decode()
            if parameter["in"] == "path":
                where = where.replace(f"{{{parameter['name']}}}", quote(value, safe=""))
            elif data.draw(st.booleans()):
                query[parameter["name"]] = value
        content = None
        if "requestBody" in operation:
            ((_, media),) = operation["requestBody"]["content"].items()
            body = data.draw(st.one_of(of_schema(media["schema"], document), JSON))
            content = json.dumps(body).encode()
            if data.draw(st.integers(0, 9)) == 0:
                content = data.draw(st.binary(max_size=200))
        headers = {"Content-Type": "application/json"}
        request = httpx.Request(
            method.upper(), httpx.URL(BASE + where, params=query), content=content
        )
        request.headers.update(headers)
        drawn.append(request)

    draw()
    return drawn


def of_schema(schema: Any, document: Any) -> st.SearchStrategy[Any]:
    """Values of a JSON schema as our document uses it; a field may be wrong or missing."""
    if "$ref" in schema:
        return of_schema(document["components"]["schemas"][schema["$ref"].split("/")[-1]], document)
    if "anyOf" in schema:
        return st.one_of([of_schema(each, document) for each in schema["anyOf"]])
    if "enum" in schema:
        return st.one_of(st.sampled_from(schema["enum"]), st.text(max_size=8))
    match schema.get("type"):
        case "object":
            fields = {
                name: st.one_of(of_schema(each, document), of_schema(each, document), JSON)
                for name, each in schema.get("properties", {}).items()
            }
            return st.one_of(
                st.fixed_dictionaries(fields), st.fixed_dictionaries({}, optional=fields)
            )
        case "string" if "pattern" in schema:
            return st.one_of(st.from_regex(schema["pattern"], fullmatch=True), st.text(max_size=80))
        case "string":
            return st.text(max_size=min(schema.get("maxLength", 50), 2100))
        case "null":
            return st.none()
    return JSON
