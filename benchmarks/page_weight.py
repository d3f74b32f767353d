"""How soon the page can be used on a slow phone: `python -m benchmarks.page_weight --write`.

A real gateway (with a stand-in for Rasa, which the page does not wait for) serves the page to
Chromium, slowed as a cheap phone on a poor network: processor six times slower, 400 ms to each
answer, 50 kB a second. Usable is when the field can be seen and typed into. `--peer` measures a
chat element of somebody else in the same way, from one bundled file: nothing is downloaded.
"""

import argparse
import gzip
import os
import socket
import statistics
import sys
import tempfile
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import uvicorn
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from deploy import chromium
from gateway.app import create_app
from gateway.page import first_visit
from gateway.rasa_stand_in import RasaStandIn
from guidebook.settings import ROOT, Settings

REPORT = ROOT / "docs" / "page-weight.md"
RUNS = 5
SLOWER = 6
NETWORK = {
    "offline": False,
    "latency": 400,
    "downloadThroughput": 50_000,
    "uploadThroughput": 50_000,
}
PHONE = {"width": 360, "height": 740}
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-quic"]
PEER_PAGE = (
    '<!doctype html><meta name="viewport" content="width=device-width"><title>Peer</title>'
    '<script type="module" src="/peer.js"></script><{tag}></{tag}>'
)
USABLE = """(tag) => {
  const element = document.querySelector(tag);
  const inside = element && element.shadowRoot;
  const field = inside && inside.querySelector('textarea, [contenteditable=true], #text-input');
  return Boolean(field && field.checkVisibility() && field.getBoundingClientRect().width > 0);
}"""


@dataclass(frozen=True)
class Subject:
    """A page to measure: its name, its address, and the element that must become usable."""

    name: str
    address: str
    tag: str


@dataclass(frozen=True)
class Visit:
    """One load: seconds until usable, bytes on the wire, answers."""

    seconds: float
    wire_bytes: int
    answers: int


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, print the table, and write the report where asked."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.page_weight", description=__doc__)
    parser.add_argument("--write", action="store_true", help=f"write {REPORT.relative_to(ROOT)}")
    parser.add_argument("--runs", type=int, default=RUNS)
    parser.add_argument(
        "--peer",
        metavar="TAG@VERSION=FILE",
        help="an element and its bundle, as deep-chat@2.4.2=deepChat.bundle.js",
    )
    chosen = parser.parse_args(arguments)
    with our_page() as page, peer_page(chosen.peer) as peer, sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium.program(),
            args=ARGUMENTS,
        )
        rows = [
            row
            for subject in (page, peer)
            if subject
            for row in measure(browser, subject, chosen.runs)
        ]
        report = text(rows, browser.version, chosen.runs)
        browser.close()
    sys.stdout.write(report)
    if chosen.write:
        REPORT.write_text(report, encoding="utf-8")
    return 0


def measure(browser: Browser, subject: Subject, runs: int) -> Iterator[str]:
    """A row of the table for a first visit, and one for a second."""
    first, second = [], []
    for _ in range(runs):
        context = browser.new_context(viewport=PHONE)  # type: ignore[arg-type]  # a plain dict
        first.append(visit(context, subject))
        second.append(visit(context, subject))
        context.close()
    yield _row(f"{subject.name}, first visit", first)
    yield _row(f"{subject.name}, second visit", second)


def visit(context: BrowserContext, subject: Subject) -> Visit:
    """One slowed load of the subject, in a fresh tab."""
    page = context.new_page()
    session = context.new_cdp_session(page)
    session.send("Network.enable")
    session.send("Network.emulateNetworkConditions", NETWORK)
    session.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    sizes: list[int] = []
    session.on("Network.loadingFinished", lambda event: sizes.append(event["encodedDataLength"]))
    page.goto(subject.address, wait_until="commit")
    page.wait_for_function(USABLE, arg=subject.tag, polling="raf", timeout=120_000)
    seconds = _since_navigation(page)
    page.wait_for_load_state("networkidle")
    page.close()
    return Visit(seconds, int(sum(sizes)), len(sizes))


def _since_navigation(page: Page) -> float:
    milliseconds: float = page.evaluate("() => performance.now()")
    return milliseconds / 1000


def _row(name: str, visits: Sequence[Visit]) -> str:
    seconds = statistics.median(visit.seconds for visit in visits)
    spread = f"{min(v.seconds for v in visits):.1f} to {max(v.seconds for v in visits):.1f}"
    wire = statistics.median(visit.wire_bytes for visit in visits) / 1024
    answers = int(statistics.median(visit.answers for visit in visits))
    return f"| {name} | {seconds:.1f} s | {spread} s | {wire:.0f} KB | {answers} |"


def text(rows: Sequence[str], browser: str, runs: int) -> str:
    """The report."""
    today = datetime.now(UTC).date().isoformat()
    return "\n".join(
        [
            "# Weight of the page",
            "",
            f"Measured on {today} by `python -m benchmarks.page_weight`, Chromium {browser}, "
            f"{runs} visits each.",
            f"Slowed: processor {SLOWER} times, {NETWORK['latency']} ms to each answer, "
            f"{NETWORK['downloadThroughput'] // 1000} kB a second.",
            "Usable is when the field can be seen and typed into; all that is loaded is weighed.",
            f"The machine's load was {os.getloadavg()[0]:.0f} on {os.cpu_count()} processors; "
            "with more load than processors the times are too long.",
            "",
            "| page | usable after (median) | range | on the wire | answers |",
            "|---|---|---|---|---|",
            *rows,
            "",
            "The goal is three seconds on a first visit, and 40 KB without fonts. A test holds",
            "the page and the masking rules together under 40 KB; the rest on the wire is",
            "headers and the page's first two questions to the gateway. It is in English here:",
            "Urdu fetches its typeface, 156 KB, and does not wait for it. A peer is served by",
            "the same machine, as one compressed file that a browser may keep for an hour;",
            "Guidebook's files are asked for again at each visit, so that a corrected page",
            "reaches everybody at once.",
            "",
        ]
    )


@contextmanager
def our_page() -> Iterator[Subject]:
    """The gateway with its page, on a free port, over a home folder that goes away."""
    with tempfile.TemporaryDirectory() as home, socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        settings = Settings.from_environ({"GUIDEBOOK_HOME": home})
        app = create_app(settings, rasa=RasaStandIn())
        app.state.packed.pack(first_visit(settings.widget))
        server = uvicorn.Server(uvicorn.Config(app, log_level="critical", access_log=False))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
        thread.start()
        port = listener.getsockname()[1]
        yield Subject("Guidebook", f"http://127.0.0.1:{port}/", "guidebook-chat")
        server.should_exit = True
        thread.join()


@contextmanager
def peer_page(peer: str | None) -> Iterator[Subject | None]:
    """A page with nothing but the peer's element; None where there is no peer."""
    if peer is None:
        yield None
        return
    name, _, bundle = peer.partition("=")
    tag = name.partition("@")[0]
    script = gzip.compress(Path(bundle).read_bytes(), 6)
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(tag, script))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield Subject(name, f"http://127.0.0.1:{server.server_port}/", tag)
    server.shutdown()
    server.server_close()


def _handler(tag: str, script: bytes) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            is_script = self.path == "/peer.js"
            content = script if is_script else PEER_PAGE.format(tag=tag).encode()
            self.send_response(200)
            self.send_header("Content-Type", "text/javascript" if is_script else "text/html")
            self.send_header("Content-Length", str(len(content)))
            self.send_header("Cache-Control", "max-age=3600" if is_script else "no-cache")
            if is_script:
                self.send_header("Content-Encoding", "gzip")
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, format: str, *args: object) -> None:
            """Say nothing."""

    return Handler


if __name__ == "__main__":
    sys.exit(main())
