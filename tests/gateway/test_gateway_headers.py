"""Security headers stand on every response, errors included; private answers are not stored."""

import pytest
from gateway_under_test import Gateway

pytestmark = pytest.mark.anyio

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; font-src 'self'; base-uri 'none'; form-action 'self'; "
    "frame-ancestors 'none'; require-trusted-types-for 'script'"
)

REQUESTS = [
    ("GET", "/", {}),
    ("GET", "/widget/chat.js", {}),
    ("GET", "/widget/none.js", {}),
    ("GET", "/api/messages", {}),
    ("DELETE", "/api/messages", {}),
    ("POST", "/api/messages", {"content": b"nonsense"}),
    ("POST", "/api/messages", {"content": b"x" * 70_000}),
    ("POST", "/api/messages", {"headers": {"Content-Type": "text/plain"}}),
    ("GET", "/api/messages", {"headers": {"Origin": "http://evil.test"}}),
    ("GET", "/api/documents/none", {}),
    ("GET", "/api/openapi.json", {}),
    ("GET", "/api/contents", {}),
    ("GET", "/ask", {}),
    ("POST", "/ask", {"headers": {"Content-Type": "application/x-www-form-urlencoded"}}),
    ("GET", "/healthz", {"headers": {"Host": "evil.test"}}),
    ("GET", "/healthz", {}),
    ("GET", "/readyz", {}),
    ("GET", "/nothing", {}),
    ("PATCH", "/api/messages", {}),
]


@pytest.mark.parametrize(("method", "path", "more"), REQUESTS)
async def test_every_response_carries_the_headers(
    gateway: Gateway, method: str, path: str, more: dict[str, object]
) -> None:
    headers = {"Content-Type": "application/json"} | dict(more.get("headers", {}))  # type: ignore[call-overload]
    content = more.get("content", b"")
    assert isinstance(content, bytes)
    response = await gateway.browser.request(method, path, content=content, headers=headers)
    assert response.headers["content-security-policy"] == POLICY
    assert response.headers["x-content-type-options"] == "nosniff"
    assert response.headers["referrer-policy"] == "same-origin"
    if path == "/ask" and response.status_code == 200:
        assert response.headers["content-type"] == "text/html; charset=utf-8"
    page = (
        path == "/api/contents"
        or path == "/"
        or (path.startswith("/widget/") and response.status_code == 200)
    )
    assert response.headers["cache-control"] == ("no-cache" if page else "no-store")
    assert "access-control-allow-origin" not in response.headers


async def test_a_defect_is_a_calm_503_with_the_headers_and_without_its_words(
    gateway: Gateway, caplog: pytest.LogCaptureFixture
) -> None:
    @gateway.app.get("/defect")
    async def defect() -> None:
        raise RuntimeError("zebra 42101-1234567-1")

    response = await gateway.browser.get("/defect")
    assert response.status_code == 503
    assert set(response.json()) == {"error", "next"}
    assert response.headers["content-security-policy"] == POLICY
    assert "error=RuntimeError" in caplog.text
    assert "zebra" not in caplog.text + response.text
