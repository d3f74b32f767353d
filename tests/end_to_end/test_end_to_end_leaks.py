"""Marked data through every door and every failure; then every byte that is left is searched.

The run's whole home (databases with their free pages and write-ahead logs, logs, run files),
whatever a crash leaves behind, and a browser's profile on disk. First the search itself is proved
on a file that does hold a canary. A name without a cue is not looked for: the mask promises none.
"""

import os
import signal
import sqlite3
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager, suppress
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import BrowserContext, expect, sync_playwright

from deploy.chromium import arguments, program
from guidebook.settings import ROOT
from tests.end_to_end.canaries import Canaries
from tests.end_to_end.officer import Officer
from tests.end_to_end.phone import HOST
from tests.end_to_end.served import Part, Served, wait_for

JSON = {"Content-Type": "application/json"}
DANGER = "he is beating her right now"
pytestmark = pytest.mark.long


@pytest.fixture(scope="module")
def canaries() -> Canaries:
    """What was sent so far."""
    return Canaries()


def test_the_search_finds_a_canary_in_each_form(tmp_path: Path) -> None:
    canaries = Canaries()
    sentence = canaries.sentence("a file")
    kinds = len(canaries.made)
    assert len(canaries.found_in(sentence.encode())) == kinds
    assert len(canaries.found_in(sentence.encode("utf-16-le"))) == kinds
    for canary in canaries.made:
        for form in canary.forms():
            assert canaries.found_in(b"xx" + form.upper() + b"xx"), (canary.kind, form)
    with closing(sqlite3.connect(tmp_path / "freed.db")) as database:
        database.executescript("PRAGMA secure_delete = OFF; CREATE TABLE t (words)")
        database.execute("INSERT INTO t VALUES (?)", (sentence,))
        database.execute("DELETE FROM t")
        database.commit()
    assert canaries.found_in((tmp_path / "freed.db").read_bytes()), "free pages are not searched"
    assert Canaries().found_in(sentence.encode()) == []


def test_no_route_keeps_what_is_sent_to_it(
    served: Served, officer: Officer, canaries: Canaries
) -> None:
    say = canaries.sentence
    for text in (say("a question"), f"{say('a danger message')} {DANGER}"):
        replies = officer.ask(text)
        assert {"cnic", "phone", "email", "iban", "plate", "gps", "name"} <= set(replies[0].masked)
    officer.ask(f"{say('an Urdu question')} کیا ایف آئی آر لازمی ہے؟", lang="ur")
    http = officer.http
    assert http.post("/ask", data={"text": say("the form"), "form": "x"}).status_code == 200
    assert http.post("/ask", data={"text": say("a bad form") + "\0"}).status_code == 422
    assert http.post("/ask", data={"text": "a", say("a field's name"): "b"}).status_code == 200
    assert officer.post(say("a NUL") + "\0").status_code == 422
    assert officer.post(say("a long text") * 30).status_code in (413, 422)
    assert officer.post("hello", say("a message id")).status_code == 422
    assert officer.post("hello", lang=say("the language")).status_code == 422
    assert officer.post("hello", province=say("the province")).status_code == 422
    unread = say("no JSON").encode()
    assert http.post("/api/messages", content=unread, headers=JSON).status_code == 400
    for key in ("receipt", "verdict", "reason"):
        body = {"receipt": "r", "verdict": "up", key: say(f"feedback's {key}")}
        assert http.post("/api/feedback", json=body).status_code in (404, 422)
    for path in ("/api/documents/", "/widget/", "/", "/api/contents/"):
        assert http.get(path + httpx.URL(path=say(f"GET {path}")).raw_path.decode()).is_error
    http.get("/api/documents/un-police-cooperation-day-2023", params={"digest": say("a digest")})
    for path in ("/", "/api/messages", "/healthz", "/readyz", "/ask"):
        http.get(path, params={"q": say(f"the query of {path}")})
    for header in ("User-Agent", "Referer", "Accept-Language", "Origin", "X-Forwarded-For", "Host"):
        value = say(f"the header {header}").encode("ascii", "ignore").decode()
        with suppress(httpx.HTTPError):  # a host name of this shape may not even leave
            http.get("/api/messages", headers={header: value})
    cookie = say("the cookie").encode("ascii", "ignore").decode()
    with Officer(served.url, cookie) as forger, suppress(httpx.HTTPError):
        forger.ask("hello")
    assert canaries.places > 25
    assert canaries.found_in(served.kept_bytes()) == []


def test_no_failure_keeps_what_was_on_its_way(
    served: Served, officer: Officer, canaries: Canaries
) -> None:
    before = crash_files()
    say = canaries.sentence
    with paused(served, "rasa"), ThreadPoolExecutor(2) as pool:
        quiet = pool.submit(officer.post, say("a killed gateway"))
        with Officer(served.url) as other:
            danger = pool.submit(other.post, f"{say('a killed gateway, danger')} {DANGER}")
            time.sleep(1)
            served.kill("gateway")
            for posted in (quiet, danger):
                assert isinstance(posted.exception(60), httpx.HTTPError), "it was not under way"
    served.wait_until_well()
    with paused(served, "actions"), ThreadPoolExecutor(1) as pool:
        posted = pool.submit(officer.post, say("a killed Rasa"))
        time.sleep(1.5)
        served.kill("rasa")
        assert posted.result(60).json()["replies"][0]["status"] == "failed_rasa_down"
    served.wait_until_well()
    with paused(served, "rasa"), ThreadPoolExecutor(1) as pool:
        posted = pool.submit(officer.post, say("killed actions"))
        time.sleep(1)
        served.kill("actions")
    posted.result(60)
    served.wait_until_well()
    with locked(served.home / "gateway.db"):
        assert officer.post(say("a locked database")).status_code == 503
    with locked(served.home / "tracker.db"):
        officer.post(say("a locked tracker"))
    with Officer(served.url) as crowd:
        crowd.ask("hello")  # so that all have one session
        sentences = [say("a limit"), *["hello"] * 79]
        with ThreadPoolExecutor(len(sentences)) as pool:
            codes = {answer.status_code for answer in pool.map(crowd.post, reversed(sentences))}
    assert codes == {200, 429, 503}, "no limit was met"
    assert canaries.found_in(served.kept_bytes()) == []
    left = b"\n".join(path.read_bytes() for path in crash_files() - before if path.is_file())
    assert canaries.found_in(left) == []


def test_a_wipe_leaves_no_words_in_free_pages_and_logs(served: Served, officer: Officer) -> None:
    word = "quelluviate"
    for _ in range(5):
        officer.ask(f"{word}: can I refuse the FIR?")
    assert word.encode() in served.kept_bytes()
    assert officer.wipe() == {"wiped": True, "pending": False}
    assert word.encode() not in served.kept_bytes()


def test_a_browser_keeps_nothing_on_disk(
    served: Served, canaries: Canaries, tmp_path: Path
) -> None:
    say, address = canaries.sentence, f"http://{HOST}:{served.stack.ports.gateway}/"
    profile = tmp_path / "profile"
    with browser(profile) as context:
        page = context.new_page()
        page.goto(address)
        field = page.locator("#question")
        field.fill(say("the page"))
        field.press("Enter")
        page.get_by_role("log").locator(".answer").first.wait_for()
        expect(page.get_by_role("log").locator(".question").first).to_contain_text("[cnic]")
        field.fill(say("a field left unsent"))
        page.reload()
        page.locator("#question").wait_for()
        context.set_offline(True)
        field.fill(say("a question sent off-line"))
        field.press("Enter")
        page.wait_for_timeout(1500)
        assert canaries.found_in(stored(context)) == []
        context.set_offline(False)
    kept = b"\n".join(path.read_bytes() for path in profile.rglob("*") if path.is_file())
    assert address.encode() in kept, "the profile was not written"
    assert canaries.found_in(kept) == []
    assert canaries.found_in(served.kept_bytes()) == []


def stored(context: BrowserContext) -> bytes:
    """What scripts may have stored: cookies, both storages, databases and caches by name."""
    page = context.pages[-1]
    inside = page.evaluate(
        "async () => JSON.stringify([{...localStorage}, {...sessionStorage},"
        " window.indexedDB && indexedDB.databases ? await indexedDB.databases() : [],"
        " window.caches ? await caches.keys() : [], document.cookie, window.name])"
    )
    return f"{inside} {context.cookies()}".encode()


@contextmanager
def browser(profile: Path) -> Iterator[BrowserContext]:
    """A browser with a profile on disk, as an officer's is."""
    with sync_playwright() as playwright:
        context = playwright.chromium.launch_persistent_context(
            profile, executable_path=program(), args=arguments(HOST)
        )
        context.set_default_timeout(30_000)
        yield context
        context.close()


@contextmanager
def paused(served: Served, part: Part) -> Iterator[None]:
    """A part that stands still, so that a turn is under way in it; it goes on at the end."""
    number = served.process_of(part)
    os.kill(number, signal.SIGSTOP)
    try:
        wait_for(lambda: is_stopped(number), f"{part} to stand still")
        yield
    finally:
        with suppress(ProcessLookupError):
            os.kill(number, signal.SIGCONT)


def is_stopped(number: int) -> bool:
    """True while the process is stopped by a signal."""
    return Path(f"/proc/{number}/stat").read_text().rpartition(")")[2].split()[0] == "T"


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Another program holds the database's write lock."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("BEGIN IMMEDIATE")
        yield
        connection.execute("ROLLBACK")


def crash_files() -> set[Path]:
    """Where this machine would leave a core: beside the program and where the kernel says."""
    pattern = Path("/proc/sys/kernel/core_pattern").read_text().strip()
    folders = {ROOT, Path.cwd(), Path(sys.exec_prefix)}
    if pattern.startswith("/"):
        folders.add(Path(pattern).parent)
    return {path for folder in folders for path in folder.glob("*core*") if path.is_file()}
