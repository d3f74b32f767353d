"""Who gets in: the trainer by PIN, phones by code; guessing is bounded, forms are our own."""

import stat
from pathlib import Path

import pytest
from gateway_under_test import Gateway
from room_under_test import PIN, Browser, Room

from gateway.workshop import addresses, pin, rooms
from gateway.workshop.lockout import SHUT_S, TRIES, TRIES_OF_ALL, Lockout
from gateway.workshop.participant_door import JOINS_BURST, MOST_PARTICIPANTS
from guidebook import messages
from guidebook.errors import SettingsError

pytestmark = pytest.mark.anyio
LAPTOP, GUESSER = "127.0.0.1", "10.0.0.9"


async def sign_in(room: Room, given: str, address: str) -> int:
    browser = Browser(room.gateway.another_browser(address))
    return (await browser.send("/trainer/sign-in", pin=given)).response.status_code


async def test_without_a_workshop_the_console_says_how_to_start_one(gateway: Gateway) -> None:
    response = await gateway.browser.get("/trainer")
    assert response.status_code == 404
    assert messages.text("next_no_workshop", "en") in response.text
    assert await sign_in_alone(gateway) == 404


async def sign_in_alone(gateway: Gateway) -> int:
    sent = await gateway.browser.post("/trainer/sign-in", data={"pin": PIN})
    return sent.status_code


async def test_wrong_pins_shut_the_guesser_out_and_not_the_laptop(room: Room) -> None:
    codes = [await sign_in(room, "111222", GUESSER) for _ in range(TRIES)]
    assert codes == [403] * (TRIES - 1) + [429]
    assert await sign_in(room, PIN, GUESSER) == 429
    assert await sign_in(room, PIN, LAPTOP) == 200
    room.gateway.ticks.forward(seconds=SHUT_S)
    assert await sign_in(room, PIN, GUESSER) == 200


def test_guesses_from_many_addresses_shut_all_but_the_laptop() -> None:
    lockout = Lockout(lambda: 0.0)
    for number in range(TRIES_OF_ALL):
        lockout.failed(f"10.0.0.{number}")
    assert lockout.wait("10.0.1.1") == SHUT_S
    assert lockout.wait(None) == 0


async def test_the_pin_is_kept_as_a_digest_its_owner_alone_reads(room: Room) -> None:
    path = room.gateway.home / "secrets" / pin.NAME
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert PIN.encode() not in path.read_bytes() + room.gateway.kept_bytes()


@pytest.mark.parametrize("weak", ["12345", "111111", "121212", "123456", "987654", "9" * 65])
def test_a_pin_that_is_guessed_at_once_is_refused(tmp_path: Path, weak: str) -> None:
    with pytest.raises(SettingsError, match="The PIN"):
        pin.keep(tmp_path, weak)
    assert not pin.is_set(tmp_path)


def test_a_made_up_pin_can_be_kept_and_only_it_matches(tmp_path: Path) -> None:
    made = pin.generated()
    pin.keep(tmp_path, made)
    assert pin.matches(tmp_path, made)
    assert not pin.matches(tmp_path, made + "0")
    assert not pin.matches(tmp_path, "")


async def test_the_trainers_cookie_is_strict_and_its_secret_is_not_kept(room: Room) -> None:
    browser = Browser(room.gateway.another_browser())
    sent = await browser.client.post("/trainer/sign-in", data={"pin": PIN})
    cookie = sent.headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=strict" in cookie
    secret = cookie.partition("=")[2].partition(".")[0]
    assert secret.encode() not in room.gateway.kept_bytes()


async def test_a_trainer_is_signed_out_after_hours_without_use(room: Room) -> None:
    room.gateway.clock.forward(hours=2)
    assert "figures" in (await room.console()).text
    room.gateway.clock.forward(hours=3.1)
    assert 'name="pin"' in (await room.console()).text


@pytest.mark.parametrize("what", ["start", "move", "stop", "project", "end", "sign-out"])
async def test_a_form_without_the_sessions_token_changes_nothing(room: Room, what: str) -> None:
    await room.starts("quiz", "un-messages")
    before = (await room.console()).text
    for fields in ({}, {"token": "0" * 32}):
        sent = await room.trainer.send(f"/trainer/{what}", kind="form", name="pre", **fields)
        assert sent.response.status_code == 403
        assert messages.text("error_old_form", "en") in sent.text
    assert (await room.console()).text == before


async def test_nobody_but_the_trainer_moves_the_room(room: Room) -> None:
    phone = await room.phone()
    token = (await phone.get("/room")).token
    sent = await phone.send("/trainer/start", token=token, kind="form", name="pre")
    assert sent.response.status_code == 403
    assert 'name="code"' not in (await room.wall()).text
    assert room.code not in (await phone.get("/join")).text


async def test_a_wrong_code_is_told_and_stands_in_the_field(room: Room) -> None:
    page = await Browser(room.gateway.another_browser()).send("/join", code="000000", lang="ur")
    assert page.response.status_code == 403
    assert messages.text("error_wrong_code", "ur") in page.text
    assert 'value="000000"' in page.text


async def test_urdu_digits_and_spaces_in_the_code_count(room: Room) -> None:
    urdu = " ".join(chr(0x6F0 + int(digit)) for digit in room.code)
    page = await Browser(room.gateway.another_browser()).send("/join", code=urdu, lang="ur")
    assert page.response.url.path == "/room"


async def test_two_hundred_joins_from_one_phone_fill_no_room(room: Room) -> None:
    codes = []
    for _ in range(200):
        browser = Browser(room.gateway.another_browser(GUESSER))
        codes.append((await browser.send("/join", code=room.code)).response.status_code)
    assert codes.count(200) == JOINS_BURST
    assert set(codes) == {200, 429}
    assert (await room.console()).figure("Joined") == JOINS_BURST
    assert (await room.phone(address="10.0.0.10")).client.cookies


async def test_a_phone_joins_once_however_often_it_sends(room: Room) -> None:
    phone = await room.phone()
    await phone.send("/join", code=room.code)
    assert (await room.console()).figure("Joined") == 1


async def test_codes_cannot_be_tried_without_end(room: Room) -> None:
    browser = Browser(room.gateway.another_browser(GUESSER))
    codes = [(await browser.send("/join", code=f"{n:06d}")).response.status_code for n in range(15)]
    assert codes[0] == 403
    assert codes[-1] == 429


async def test_a_full_room_says_so(room: Room) -> None:
    database = room.gateway.app.state.database
    workshop = await database.read(rooms.open_workshop)
    for number in range(MOST_PARTICIPANTS):
        given = (f"phone {number}", workshop.id, "en", 0.0, MOST_PARTICIPANTS)
        assert await database.write(rooms.add_participant, *given)
    page = await Browser(room.gateway.another_browser()).send("/join", code=room.code)
    assert page.response.status_code == 503
    assert messages.text("error_room_full", "en") in page.text


async def test_a_phone_leaves_and_its_answers_go_with_it(room: Room) -> None:
    phone = await room.phone()
    page = await phone.get("/room")
    left = await phone.send("/room/leave", token=page.token)
    assert 'name="code"' in left.text
    assert (await room.console()).figure("Joined") == 0


def test_an_address_is_found_without_asking_for_names(monkeypatch: pytest.MonkeyPatch) -> None:
    """In a room without internet a name can take many seconds to be looked up."""

    def waits(*_: object) -> frozenset[str]:
        raise AssertionError("asked by name")

    monkeypatch.setattr(addresses, "_interfaces", lambda: ["127.0.0.1", "10.42.0.1", "8.8.8.8"])
    monkeypatch.setattr(addresses, "_outward", lambda: [])
    monkeypatch.setattr(addresses, "own_names", waits)
    assert addresses.own_addresses() == ["10.42.0.1"]
