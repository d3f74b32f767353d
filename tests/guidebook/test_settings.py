"""Settings are typed and checked at start; a bad one names variable, value and what it must be."""

from pathlib import Path

import pytest

from guidebook.errors import SettingsError
from guidebook.settings import ROOT, Settings


def test_an_empty_environment_gives_the_defaults() -> None:
    settings = Settings.from_environ({})
    assert settings.home == ROOT / "var"
    assert settings.corpus == ROOT / "corpus"
    assert settings.index == ROOT / "index"
    assert (settings.host, settings.port) == ("127.0.0.1", 8080)
    assert settings.retention_hours == 24
    assert settings.jurisdiction == "kp"


def test_an_empty_value_counts_as_not_set() -> None:
    names = ("HOST", "PORT", "GUIDEBOOK_HOME", "GUIDEBOOK_RASA_URL", "GUIDEBOOK_PROVINCE")
    assert Settings.from_environ(dict.fromkeys(names, "")) == Settings.from_environ({})


def test_every_value_is_taken_from_the_environment(tmp_path: Path) -> None:
    settings = Settings.from_environ(
        {
            "GUIDEBOOK_HOME": str(tmp_path),
            "HOST": "0.0.0.0",
            "PORT": "0",
            "GUIDEBOOK_RASA_URL": "http://127.0.0.1:9999/",
            "GUIDEBOOK_RASA_TIMEOUT_S": "1.5",
            "GUIDEBOOK_RETENTION_HOURS": "0.5",
            "GUIDEBOOK_PROVINCE": "sindh",
        }
    )
    assert settings.home == tmp_path
    assert (settings.host, settings.port) == ("0.0.0.0", 0)
    assert settings.rasa_url == "http://127.0.0.1:9999"
    assert (settings.rasa_timeout_s, settings.retention_hours) == (1.5, 0.5)
    assert settings.jurisdiction == "sindh"


def test_paths_are_absolute_and_know_the_home_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", "/somewhere")
    settings = Settings.from_environ({"GUIDEBOOK_HOME": "~/g", "GUIDEBOOK_INDEX": "here"})
    assert settings.home == Path("/somewhere/g")
    assert settings.index == Path.cwd() / "here"


@pytest.mark.parametrize(
    ("name", "value", "must_be"),
    [
        ("PORT", "high", "a number from 0 to 65535"),
        ("PORT", "65536", "a number from 0 to 65535"),
        ("PORT", "-1", "a number from 0 to 65535"),
        ("PORT", "nan", "a number from 0 to 65535"),
        ("PORT", "80.5", "a whole number"),
        ("GUIDEBOOK_RASA_TIMEOUT_S", "0", "a number from 0.1 to 300"),
        ("GUIDEBOOK_RASA_TIMEOUT_S", "inf", "a number from 0.1 to 300"),
        ("GUIDEBOOK_RETENTION_HOURS", "25", "a number from 0.01 to 24"),
        ("GUIDEBOOK_RASA_URL", "127.0.0.1:5005", "start with http:// or https://"),
        ("GUIDEBOOK_ACTIONS_URL", "ftp://a", "start with http:// or https://"),
        ("GUIDEBOOK_PROVINCE", "KPK", "one of pakistan, kp, punjab"),
    ],
)
def test_a_bad_value_is_refused_with_its_name_and_remedy(
    name: str, value: str, must_be: str
) -> None:
    with pytest.raises(SettingsError) as caught:
        Settings.from_environ({name: value})
    said = str(caught.value)
    assert said.startswith(f'{name} is "{value}"; it must ')
    assert must_be in said
    assert "\n" not in said


def test_every_setting_is_printed_on_a_line() -> None:
    settings = Settings.from_environ({})
    lines = settings.lines()
    assert len(lines) == len(Settings.__dataclass_fields__)
    assert "port = 8080" in lines
    assert not any("secret" in line for line in lines)
