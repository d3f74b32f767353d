"""The gateway answers under its own names only: a page elsewhere cannot borrow it."""

import socket
from pathlib import Path

import httpx
import pytest
from gateway_under_test import Gateway, running, settings_for

from gateway.hosts import Hosts, hostname, own_names
from guidebook import messages
from guidebook.errors import SettingsError
from guidebook.settings import Settings

LOOPBACK = ["localhost", "localhost:8080", "127.0.0.1", "127.0.0.1:8080", "[::1]:8080", "LOCALHOST"]
OUTSIDE = ["evil.test", "8.8.8.8", "localhost.evil.test", "127.0.0.1.evil.test", "", "*", "[::2]"]


def hosts(**environ: str) -> Hosts:
    return Hosts(Settings.from_environ(environ))


@pytest.mark.parametrize("host", ["127.0.0.1", "0.0.0.0", "192.168.7.5"])
def test_loopback_names_always_count_and_outside_names_never(host: str) -> None:
    found = hosts(HOST=host)
    assert all(found.allow(name) for name in LOOPBACK)
    assert not any(found.allow(name) for name in OUTSIDE)


def test_the_configured_host_and_the_names_of_the_setting_count() -> None:
    found = hosts(HOST="192.168.7.5", GUIDEBOOK_ALLOWED_HOSTS="Guide.kp.test, 10.1.1.1,[fd00::1]")
    for name in ("192.168.7.5:8080", "guide.kp.test", "guide.kp.test.:80", "10.1.1.1", "[fd00::1]"):
        assert found.allow(name), name
    for name in ("192.168.7.6", "kp.test", "10.1.1.2", "0.0.0.0"):
        assert not found.allow(name), name


def test_every_private_address_counts_where_host_is_every_address_and_no_name_is_given() -> None:
    private = ["192.168.43.1:8080", "10.0.0.9", "172.16.3.4", "169.254.1.1"]
    assert all(hosts(HOST="0.0.0.0").allow(name) for name in private)
    assert not any(hosts(HOST="127.0.0.1").allow(name) for name in private)
    named = hosts(HOST="0.0.0.0", GUIDEBOOK_ALLOWED_HOSTS="guide.test")
    assert not any(named.allow(name) for name in private)
    assert named.allow("guide.test")


@pytest.mark.anyio
async def test_the_machines_own_names_count_where_host_is_every_address() -> None:
    found = hosts(HOST="0.0.0.0")
    await found.learn()
    assert found.allow(f"{socket.gethostname()}:8080")
    assert found.allow(f"{socket.gethostname()}.local")
    narrow = hosts(HOST="127.0.0.1")
    await narrow.learn()
    assert not narrow.allow(f"{socket.gethostname()}.local")


def test_a_machine_without_a_network_still_knows_its_name(monkeypatch: pytest.MonkeyPatch) -> None:
    def no_network(*_: object) -> None:
        raise socket.gaierror

    monkeypatch.setattr(socket, "getaddrinfo", no_network)
    assert socket.gethostname().lower() in own_names()


@pytest.mark.parametrize(
    ("host", "name"),
    [("a.test", "a.test"), ("A.test.:80", "a.test"), ("[::1]:80", "::1"), ("[::1]", "::1")],
)
def test_the_name_is_read_without_port_brackets_and_last_dot(host: str, name: str) -> None:
    assert hostname(host) == name


@pytest.mark.parametrize("value", ["*", "*.test", "http://a.test", "a.test:80", "a b", "-a", "a,*"])
def test_a_pattern_or_a_port_in_the_setting_is_refused_in_one_sentence(value: str) -> None:
    with pytest.raises(SettingsError, match="without port or pattern") as caught:
        Settings.from_environ({"GUIDEBOOK_ALLOWED_HOSTS": value})
    assert str(caught.value).startswith(f'GUIDEBOOK_ALLOWED_HOSTS is "{value}"; it must ')


def test_the_setting_is_read_as_names_in_lower_case() -> None:
    settings = Settings.from_environ({"GUIDEBOOK_ALLOWED_HOSTS": " A.test ,,b.test., a.test"})
    assert settings.allowed_hosts == ("a.test", "b.test")
    assert Settings.from_environ({}).allowed_hosts == ()


@pytest.mark.anyio
async def test_a_foreign_host_is_refused_with_400_on_every_route(gateway: Gateway) -> None:
    for path in ("/", "/widget/chat.js", "/api/messages", "/healthz", "/ask"):
        response = await gateway.browser.get(path, headers={"Host": "evil.test"})
        assert response.status_code == 400
        assert messages.text("next_wrong_host", "en") in response.text
    assert gateway.rasa.received == []


@pytest.mark.anyio
async def test_two_hosts_are_refused(gateway: Gateway) -> None:
    headers = [("Host", "guidebook.test"), ("Host", "evil.test")]
    response = await gateway.browser.get("/healthz", headers=headers)
    assert response.status_code == 400


@pytest.mark.anyio
async def test_a_foreign_host_with_its_own_origin_is_refused(gateway: Gateway) -> None:
    """DNS rebinding: Host and Origin agree, and neither is ours."""
    headers = {"Host": "evil.test", "Origin": "http://evil.test"}
    body = {"text": "hello", "client_message_id": "m"}
    response: httpx.Response = await gateway.browser.post(
        "/api/messages", json=body, headers=headers
    )
    assert (response.status_code, gateway.rasa.received) == (400, [])


@pytest.mark.anyio
async def test_a_phone_in_the_room_reaches_a_laptop_that_listens_everywhere(
    tmp_path: Path, corpus: Path, widget: Path
) -> None:
    more = {"HOST": "0.0.0.0", "GUIDEBOOK_ALLOWED_HOSTS": ""}
    async with (
        running(settings_for(tmp_path / "home", corpus, widget, **more)) as gateway,
        gateway.another_browser("192.168.43.17", "http://192.168.43.1:8080") as phone,
    ):
        headers = {"Origin": "http://192.168.43.1:8080"}
        body = {"text": "hello", "client_message_id": "m"}
        response = await phone.post("/api/messages", json=body, headers=headers)
        assert response.status_code == 200
