"""Ways to break the parts of a running stack, each undone at the end. Disks are in disks.py."""

import os
import signal
import threading
import time
import uuid
from collections.abc import Callable, Iterator
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


MEMORY_GROUPS = (
    (Path("/sys/fs/cgroup/memory"), "memory.limit_in_bytes", "memory.oom_control"),
    (Path("/sys/fs/cgroup"), "memory.max", "memory.events"),
)
"""Where the kernel keeps groups of processes with bounded memory: its first way and its second."""


@contextmanager
def without_memory(number: int, left: int) -> Iterator[Callable[[], int]]:
    """From now on the process may take `left` bytes more; how often the kernel killed for it."""
    found = next(filter(None, (_bounded(*each, left) for each in MEMORY_GROUPS)), None)
    if found is None:
        pytest.skip("No group with bounded memory can be made here; run as root.")
    group, events = found

    def kills() -> int:
        told = dict(line.split() for line in events.read_text().splitlines())
        return int(told["oom_kill"])

    (group / "cgroup.procs").write_text(str(number))
    try:
        yield kills
    finally:
        with suppress(OSError):  # still there when it was not killed
            (group.parent / "cgroup.procs").write_text(str(number))
        group.rmdir()


def _bounded(root: Path, limit: str, events: str, most: int) -> tuple[Path, Path] | None:
    """A new group, and the file that counts its kills; None where this kind cannot be made."""
    group = root / f"guidebook-test-{uuid.uuid4().hex[:8]}"
    try:
        group.mkdir()
        (group / limit).write_text(str(most))
    except OSError:
        with suppress(OSError):
            group.rmdir()
        return None
    return group, group / events
