"""Ways to break a running stack, each undone at the end."""

import os
import signal
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from tests.end_to_end.served import Part, Served, wait_for


@contextmanager
def stopped(served: Served, part: Part) -> Iterator[int]:
    """A part that hangs: alive, listening, doing nothing."""
    number = served.process_of(part)
    os.kill(number, signal.SIGSTOP)
    try:
        wait_for(lambda: state_of(number) == "T", f"{part} to hang")
        yield number
    finally:
        with suppress(ProcessLookupError):
            os.kill(number, signal.SIGCONT)


def state_of(number: int) -> str:
    """The kernel's letter for a process: T is stopped; empty when it is gone."""
    try:
        stat = Path(f"/proc/{number}/stat").read_text()
    except FileNotFoundError:
        return ""
    return stat.rpartition(")")[2].split()[0]


@contextmanager
def impostor(served: Served, status: int, body: bytes, delay: float = 0.0) -> Iterator[list[str]]:
    """In the action server's place something that gives every call this answer, after a delay."""
    seen: list[str] = []

    class Rubbish(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            seen.append(self.path)
            self.rfile.read(int(self.headers.get("Content-Length", 0)))
            time.sleep(delay)
            with suppress(OSError):
                self.send_response(status)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            return

    served.kill("actions")
    server = None
    until = time.monotonic() + 20
    while server is None:  # the supervisor's new one may have been quicker
        try:
            server = ThreadingHTTPServer(("127.0.0.1", served.stack.ports.actions), Rubbish)
        except OSError:
            assert time.monotonic() < until, "the action server's port is never free"
            with suppress(AssertionError):
                served.kill("actions")
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield seen
    finally:
        server.shutdown()
        server.server_close()


@contextmanager
def small_disk(folder: Path, megabytes: int) -> Iterator[Path]:
    """A file system of its own; the test is skipped where it may not be made."""
    folder.mkdir()
    options = f"size={megabytes}m,mode=700"
    command = ["mount", "-t", "tmpfs", "-o", options, "guidebook-test", str(folder)]
    if subprocess.run(command, capture_output=True, check=False).returncode != 0:
        pytest.skip("No file system can be mounted here; run as root.")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=True)


@contextmanager
def full(folder: Path) -> Iterator[None]:
    """No byte is left on the folder's disk."""
    filler = folder / "filler"
    with filler.open("wb", buffering=0) as file:
        for size in (65536, 1):
            with suppress(OSError):
                while True:
                    file.write(b"0" * size)
    try:
        yield
    finally:
        filler.unlink()


@contextmanager
def read_only(folder: Path) -> Iterator[None]:
    """The folder's disk takes no change."""
    subprocess.run(["mount", "-o", "remount,ro", str(folder)], check=True)
    try:
        yield
    finally:
        subprocess.run(["mount", "-o", "remount,rw", str(folder)], check=True)


def can_write(folder: Path) -> bool:
    """True when a page of bytes can be written there."""
    probe = folder / "probe"
    try:
        probe.write_bytes(b"0" * 4096)
    except OSError:
        return False
    finally:
        with suppress(OSError):
            probe.unlink(missing_ok=True)
    return True
