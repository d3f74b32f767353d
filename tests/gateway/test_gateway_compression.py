"""Large text travels compressed where the browser takes it, and its ETag stays right."""

from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest
from gateway_under_test import Gateway, running, settings_for

from guidebook.settings import Settings

pytestmark = pytest.mark.anyio

SCRIPT = "export const words = ['" + "', '".join(f"word {n}" for n in range(2000)) + "'];"
PACKED = {"Accept-Encoding": "gzip"}
PLAIN = {"Accept-Encoding": "identity"}


@pytest.fixture
async def gateway(tmp_path: Path, settings: Settings) -> AsyncIterator[Gateway]:
    """A gateway with a large script and a font."""
    folder = tmp_path / "large"
    folder.mkdir()
    (folder / "index.html").write_text("<!doctype html>")
    (folder / "large.js").write_text(SCRIPT)
    (folder / "font.woff2").write_bytes(b"wOF2" + bytes(5000))
    async with running(settings_for(settings.home, settings.corpus, folder)) as started:
        yield started


async def wire_bytes(gateway: Gateway, path: str, headers: dict[str, str]) -> bytes:
    async with gateway.browser.stream("GET", path, headers=headers) as response:
        return b"".join([part async for part in response.aiter_raw()])


@pytest.mark.parametrize("path", ["/widget/large.js", "/api/contents", "/api/openapi.json"])
async def test_large_text_is_compressed_and_the_same_after_unpacking(
    gateway: Gateway, path: str
) -> None:
    packed = await gateway.browser.get(path, headers=PACKED)
    plain = await gateway.browser.get(path, headers=PLAIN)
    assert packed.headers["content-encoding"] == "gzip"
    assert "content-encoding" not in plain.headers
    assert packed.content == plain.content
    for response in (packed, plain):
        assert response.headers["vary"] == "Accept-Encoding"
    small, large = await wire_bytes(gateway, path, PACKED), await wire_bytes(gateway, path, PLAIN)
    assert len(small) < len(large) / 2
    assert packed.headers["content-length"] == str(len(small))


@pytest.mark.parametrize("path", ["/", "/healthz", "/widget/font.woff2"])
async def test_what_is_small_or_packed_already_travels_as_it_is(
    gateway: Gateway, path: str
) -> None:
    response = await gateway.browser.get(path, headers=PACKED)
    assert "content-encoding" not in response.headers


@pytest.mark.parametrize("path", ["/widget/large.js", "/api/contents"])
@pytest.mark.parametrize("first", [PACKED, PLAIN])
@pytest.mark.parametrize("then", [PACKED, PLAIN])
async def test_an_etag_holds_for_both_forms(
    gateway: Gateway, path: str, first: dict[str, str], then: dict[str, str]
) -> None:
    etag = (await gateway.browser.get(path, headers=first)).headers["etag"]
    assert etag.startswith('W/"')
    again = await gateway.browser.get(path, headers=then | {"If-None-Match": f'"other", {etag}'})
    assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", etag)
    assert again.headers["vary"] == "Accept-Encoding"


async def test_a_long_answer_is_compressed_and_never_stored(gateway: Gateway) -> None:
    document = "/api/documents/un-police-cooperation-day-2023"
    response: httpx.Response = await gateway.browser.get(document, headers=PACKED)
    assert response.headers["content-encoding"] == "gzip"
    assert response.headers["cache-control"] == "no-store"


async def test_what_was_packed_travels_smaller_and_is_the_same(gateway: Gateway) -> None:
    path = "/widget/masking.json"
    plain = await gateway.browser.get(path, headers=PLAIN)
    usual = await wire_bytes(gateway, path, PACKED)
    gateway.app.state.packed.pack([plain.content])
    packed = await gateway.browser.get(path, headers=PACKED)
    assert packed.content == plain.content
    assert len(await wire_bytes(gateway, path, PACKED)) < len(usual)
    assert await wire_bytes(gateway, path, PLAIN) == plain.content
    for name in ("etag", "cache-control", "content-type"):
        assert packed.headers[name] == plain.headers[name]
    assert packed.headers["vary"] == "Accept-Encoding"
    again = {**PACKED, "If-None-Match": packed.headers["etag"]}
    assert (await gateway.browser.get(path, headers=again)).status_code == 304
