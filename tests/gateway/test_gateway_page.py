"""The page's files: served with exact types, revalidated by content, and nothing else served."""

import json
from pathlib import Path

import httpx
import pytest
from gateway_under_test import BASE, Gateway, running, settings_for

from gateway.rasa_stand_in import DOWN, RasaStandIn
from guidebook.masking import RULES_PATH
from guidebook.settings import Settings

pytestmark = pytest.mark.anyio


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/", "text/html; charset=utf-8"),
        ("/widget/index.html", "text/html; charset=utf-8"),
        ("/widget/chat.js", "text/javascript; charset=utf-8"),
        ("/widget/chat.css", "text/css; charset=utf-8"),
        ("/widget/fonts/urdu.woff2", "font/woff2"),
        ("/widget/masking.json", "application/json"),
    ],
)
async def test_a_file_has_its_type_and_an_etag(gateway: Gateway, path: str, kind: str) -> None:
    response = await gateway.browser.get(path)
    assert (response.status_code, response.headers["content-type"]) == (200, kind)
    again = await gateway.browser.get(path, headers={"If-None-Match": response.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    head = await gateway.browser.head(path)
    assert (head.status_code, head.headers["etag"]) == (200, response.headers["etag"])


async def test_a_changed_file_is_sent_again(tmp_path: Path, settings: Settings) -> None:
    (tmp_path / "widget").mkdir()
    (tmp_path / "widget" / "chat.js").write_text("old")
    moved = settings_for(settings.home, settings.corpus, tmp_path / "widget")
    async with running(moved) as gateway:
        etag = (await gateway.browser.get("/widget/chat.js")).headers["etag"]
        (tmp_path / "widget" / "chat.js").write_text("new")
        response = await gateway.browser.get("/widget/chat.js", headers={"If-None-Match": etag})
    assert (response.status_code, response.text) == (200, "new")


async def test_the_masking_rules_are_the_librarys_own_file(gateway: Gateway) -> None:
    response = await gateway.browser.get("/widget/masking.json")
    assert response.json() == json.loads(RULES_PATH.read_text())


@pytest.mark.parametrize(
    "path",
    [
        "/widget/../outside.js",
        "/widget/%2e%2e/outside.js",
        "/widget/..%2foutside.js",
        "/widget/fonts/../../outside.js",
        "/widget//etc/hosts.txt",
        "/widget/%2fetc%2fhosts.js",
        "/widget/link.js",
        "/widget/.secret.js",
        "/widget/README.md",
        "/widget/none.js",
        "/widget/fonts",
        "/widget/",
        "/widget/a%00.js",
        "/widget/" + "a" * 300 + ".js",
    ],
)
async def test_nothing_outside_the_page_is_served(gateway: Gateway, path: str) -> None:
    request = httpx.Request("GET", httpx.URL(BASE).copy_with(raw_path=path.encode()))
    response = await gateway.browser.send(request)
    assert response.status_code == 404
    assert "outside" not in response.text


async def test_the_page_is_served_while_rasa_is_still_loading(settings: Settings) -> None:
    async with running(settings, rasa=RasaStandIn(outcome=DOWN)) as gateway:
        assert "Guidebook" in (await gateway.browser.get("/")).text


async def test_a_missing_page_is_a_sentence(tmp_path: Path, settings: Settings) -> None:
    empty = settings_for(settings.home, settings.corpus, tmp_path / "none")
    async with running(empty) as gateway:
        response = await gateway.browser.get("/")
    assert response.status_code == 404
    assert response.json()["next"]


async def test_the_openapi_document_is_kept_and_its_pages_are_not(gateway: Gateway) -> None:
    document = (await gateway.browser.get("/api/openapi.json")).json()
    assert set(document["paths"]) == {
        "/api/messages",
        "/api/contents",
        "/api/documents/{document_id}",
        "/api/feedback",
        "/healthz",
        "/readyz",
    }
    for path in ("/docs", "/redoc", "/openapi.json"):
        assert (await gateway.browser.get(path)).status_code == 404


async def test_the_framework_exports_nothing_whatever_the_environment_says(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FASTAPI_OTEL_AUTO_CONFIGURE", "true")
    monkeypatch.setenv("OTEL_EXPORTER_OTLP_ENDPOINT", "http://collector.test:4318")
    async with running(settings) as gateway:
        config = gateway.app._telemetry
        await gateway.ask("hello")
    assert not any(config[k] for k in ("tracing", "metrics", "logs", "auto_configure"))
