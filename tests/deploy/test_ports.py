"""A port is free when we are given it, and a taken one is told in one sentence."""

import socket
from collections.abc import Iterator

import pytest

from deploy.ports import free_port, require_free
from guidebook.errors import SettingsError


@pytest.fixture
def taken() -> Iterator[int]:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        yield listener.getsockname()[1]


def test_a_free_port_can_be_listened_on() -> None:
    port = free_port()
    require_free("127.0.0.1", port)
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", port))


def test_ports_asked_for_one_after_another_differ() -> None:
    assert len({free_port() for _ in range(20)}) > 1


def test_a_port_in_use_is_told_with_the_way_out(taken: int) -> None:
    with pytest.raises(SettingsError) as caught:
        require_free("127.0.0.1", taken)
    assert str(caught.value) == (
        f"Port {taken} on 127.0.0.1 cannot be used (Address already in use); "
        "stop what listens there or run `make serve PORT=8081`."
    )


def test_a_host_that_is_not_ours_is_told_in_one_sentence() -> None:
    with pytest.raises(SettingsError, match=r"^Port 8080 on 192\.0\.2\.1 cannot be used"):
        require_free("192.0.2.1", 8080)
    with pytest.raises(SettingsError, match=r"^Port 8080 on no\.such\.invalid cannot be used"):
        require_free("no.such.invalid", 8080)


def test_asking_leaves_the_port_free() -> None:
    port = free_port()
    for _ in range(3):
        require_free("127.0.0.1", port)
