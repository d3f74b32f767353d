"""A secret is made once, kept to its owner, and the same for everyone who asks."""

import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import pytest

from guidebook.errors import SettingsError
from guidebook.secret_files import LENGTH_BYTES, ensure


def test_a_secret_is_made_on_first_use_and_stays(tmp_path: Path) -> None:
    made = ensure(tmp_path, "channel")
    assert ensure(tmp_path, "channel") == made
    assert (tmp_path / "secrets" / "channel").read_text() == made + "\n"
    # url-safe base64 without padding: four letters carry three bytes
    assert len(made) == -(-LENGTH_BYTES * 4 // 3)


def test_a_secret_and_its_folder_are_for_the_owner_alone(tmp_path: Path) -> None:
    ensure(tmp_path, "channel")
    folder = tmp_path / "secrets"
    assert stat.S_IMODE((folder / "channel").stat().st_mode) == 0o600
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_two_names_are_two_secrets(tmp_path: Path) -> None:
    assert ensure(tmp_path, "channel") != ensure(tmp_path, "cookie")


def test_threads_at_once_agree_on_one_secret_and_leave_nothing_behind(tmp_path: Path) -> None:
    together = Barrier(8)

    def ask(_: int) -> str:
        together.wait()
        return ensure(tmp_path, "channel")

    with ThreadPoolExecutor(8) as pool:
        assert len(set(pool.map(ask, range(8)))) == 1
    assert [path.name for path in (tmp_path / "secrets").iterdir()] == ["channel"]


def test_a_maintainers_own_secret_is_used_without_its_line_end(tmp_path: Path) -> None:
    (tmp_path / "secrets").mkdir()
    (tmp_path / "secrets" / "channel").write_text("chosen by hand\n")
    assert ensure(tmp_path, "channel") == "chosen by hand"


def test_a_file_in_place_of_the_folder_is_told_in_one_sentence(tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.write_text("not a folder")
    with pytest.raises(SettingsError) as caught:
        ensure(home, "channel")
    said = str(caught.value)
    assert said.startswith(f"Cannot keep secrets under {home / 'secrets'} (")
    assert said.endswith("make it writable or set GUIDEBOOK_HOME to a folder that is.")
    assert home.read_text() == "not a folder"


@pytest.mark.parametrize("content", [b"", b" \n", b"\xff\xfe"])
def test_an_empty_or_unreadable_secret_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "secrets").mkdir()
    path = tmp_path / "secrets" / "channel"
    path.write_bytes(content)
    with pytest.raises(SettingsError, match=f"{path} holds no secret; remove it"):
        ensure(tmp_path, "channel")
