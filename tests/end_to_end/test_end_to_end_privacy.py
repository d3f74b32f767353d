"""What an officer types about a person stays in no file; what is wiped is gone from every file."""

import stat
from pathlib import Path

import pytest

from tests.end_to_end.officer import Officer
from tests.end_to_end.served import Served

TYPED = {
    "cnic": ("42101-7654321-9", "7654321"),
    "phone": ("0345-9876123", "9876123"),
    "email": ("zarmina.k@example.org", "zarmina"),
    "iban": ("PK36SCBL0000001123456702", "1123456702"),
    "plate": ("LEB-4821", "leb 4821"),
}
"""Each kind as it may be typed, and a part of it that would give the person away."""

QUIET = "{} quetzalline, can I refuse the FIR?"
DANGER = "{} quetzalline, he is beating her right now"
QUESTION = "What is the punishment for an acid attack?"


@pytest.mark.parametrize("kind", sorted(TYPED))
@pytest.mark.parametrize("sentence", [QUIET, DANGER], ids=["quiet", "danger"])
def test_personal_data_is_masked_before_anything_is_kept(
    served: Served, officer: Officer, kind: str, sentence: str
) -> None:
    typed, part = TYPED[kind]
    replies = officer.ask(sentence.format(typed))
    assert all(kind in reply.masked for reply in replies)
    (asked,) = officer.asked()
    assert asked == sentence.format(f"[{kind}]")
    kept = served.kept_bytes().lower()
    assert b"quetzalline" in kept  # the message did reach the files
    for form in (typed, typed.replace("-", ""), part):
        assert form.lower().encode() not in kept


def test_personal_data_in_a_refused_message_reaches_no_file(
    served: Served, officer: Officer
) -> None:
    assert officer.post("bluethroat@example.org \x00").status_code == 422
    assert officer.post("hello", "bluethroat@example.org").status_code == 422
    assert officer.http.get("/api/documents/bluethroat").status_code == 404
    assert b"bluethroat" not in served.kept_bytes()


def test_a_wipe_removes_every_byte_here_and_in_rasa(served: Served, officer: Officer) -> None:
    officer.ask("capercaillie: can I refuse the FIR?")
    officer.answer(QUESTION)
    for database in ("gateway.db", "tracker.db"):
        files = list(served.home.glob(f"{database}*"))
        assert any(b"capercaillie" in path.read_bytes() for path in files), database
    assert officer.wipe() == {"wiped": True, "pending": False}
    assert b"capercaillie" not in served.kept_bytes()
    assert officer.transcript() == []


def test_after_a_wipe_the_conversation_starts_anew(officer: Officer) -> None:
    officer.answer(QUESTION)
    officer.wipe()
    assert officer.status("show me the source") == "told_no_source"
    assert officer.answer(QUESTION).citations


def test_a_wipe_leaves_a_colleagues_conversation_alone(
    officer: Officer, colleague: Officer
) -> None:
    colleague.answer(QUESTION)
    before = colleague.transcript()
    officer.ask("hello")
    officer.wipe()
    assert colleague.transcript() == before
    assert colleague.status("show me the source") == "told_source"


def test_the_session_is_a_cookie_no_script_reads_and_no_file_keeps(
    served: Served, officer: Officer
) -> None:
    response = officer.post("hello")
    header = response.headers["set-cookie"]
    assert "HttpOnly" in header
    assert "SameSite=strict" in header
    session_id = officer.http.cookies["guidebook_session"].rpartition(".")[0]
    assert len(session_id) > 20
    assert session_id.encode() not in served.kept_bytes()


def test_words_stand_in_no_log(served: Served, officer: Officer) -> None:
    officer.ask("hawfinch: what is the punishment for an acid attack?")
    officer.ask("hawfinch, he is beating her right now")
    logs = b"".join(path.read_bytes() for path in (served.home / "logs").iterdir())
    assert b"answer_composed" in logs
    assert b"hawfinch" not in logs


def test_files_of_a_run_can_be_read_by_their_owner_alone(served: Served, officer: Officer) -> None:
    officer.answer(QUESTION)
    files = [path for path in served.home.rglob("*") if path.is_file()]
    assert {"tracker.db", "gateway.db", "channel", "session"} <= {path.name for path in files}
    assert {path.name for path in files if is_open(path) and is_open(path.parent)} == set()


def is_open(path: Path) -> bool:
    """True when anybody but the owner may do anything with it."""
    return bool(stat.S_IMODE(path.stat().st_mode) & 0o077)
