"""Prove that nothing beyond this machine is needed: answer a question with no network at all.

`guidebook doctor --prove-offline` starts this module again inside a network namespace of its
own (`unshare -rn`), where loopback is the only interface. First it shows that the outside cannot be
reached, then it starts a whole run in a folder of its own and asks. Exit code 0 when answered, 2
with one sentence otherwise. The machine and `var/` stay as they are.
"""

import errno
import fcntl
import json
import os
import socket
import struct
import subprocess
import sys
import tempfile
import urllib.error
import urllib.request
from dataclasses import replace
from pathlib import Path

from deploy.stack import Stack
from deploy.training import LIVE
from guidebook.errors import GuidebookError, SettingsError
from guidebook.settings import ROOT, Settings
from guidebook.vocabulary import family

QUESTION = "What is the punishment for an acid attack?"
OUTSIDE = (("192.0.2.1", 443), ("198.51.100.1", 53), ("2001:db8::1", 443))
"""Addresses kept for documentation (RFC 5737, 3849): reaching for them bothers nobody."""
NAMESPACE = ["unshare", "--map-root-user", "--net"]
INSIDE = "--inside"
READY_S = 300
SIOCGIFFLAGS, SIOCSIFFLAGS, IFF_UP = 0x8913, 0x8914, 0x1


def main() -> int:
    """Enter the namespace and answer there; the exit code."""
    try:
        if INSIDE in sys.argv[1:]:
            _answer_without_network()
            return 0
        _require_namespaces()
    except (GuidebookError, OSError) as error:
        print(str(error).splitlines()[0], file=sys.stderr)
        return 2
    command = [*NAMESPACE, sys.executable, "-m", "deploy.prove_offline", INSIDE]
    return subprocess.run(command, cwd=ROOT, check=False).returncode


def _require_namespaces() -> None:
    try:
        done = subprocess.run([*NAMESPACE, "true"], capture_output=True, text=True, check=False)
    except FileNotFoundError:
        raise SettingsError("There is no `unshare` here; the proof needs Linux.") from None
    if done.returncode != 0:
        raise SettingsError(
            "This account may not make a network namespace here "
            f"({(done.stderr.strip().splitlines() or ['no reason given'])[-1]}); run it as one "
            "that may, or pull the cable and run `make serve`."
        )


def _answer_without_network() -> None:
    names = sorted(name for _, name in socket.if_nameindex())
    if names != ["lo"]:
        raise SettingsError(f"Interfaces {', '.join(names)} are there; only lo may be.")
    _raise_loopback()
    for address in OUTSIDE:
        _require_unreachable(*address)
    print(
        f"network: loopback alone; {len(OUTSIDE)} outside addresses cannot be reached", flush=True
    )
    with tempfile.TemporaryDirectory(prefix="guidebook-offline-") as folder:
        settings = replace(
            Settings.from_environ(os.environ), home=Path(folder), host="127.0.0.1", port=0
        )
        with Stack(settings, LIVE) as stack:
            stack.wait_until("/readyz", READY_S)
            print("ready:   all parts", flush=True)
            _ask(stack.url)


def _ask(url: str) -> None:
    body = json.dumps({"text": QUESTION, "client_message_id": "offline"}).encode()
    headers = {"Content-Type": "application/json"}
    request = urllib.request.Request(f"{url}/api/messages", body, headers)  # noqa: S310  # our own
    try:
        with urllib.request.urlopen(request, timeout=60) as response:  # noqa: S310
            (reply,) = json.load(response)["replies"]
    except (urllib.error.URLError, ValueError) as error:
        raise SettingsError(f"The question got no answer ({type(error).__name__}).") from None
    if family(reply["status"]) != "answered" or not reply["citations"]:
        raise SettingsError(f"The question ended in {reply['status']}, not in an answer.")
    print(f"asked:   {QUESTION}")
    print(f"status:  {reply['status']}")
    print(f"source:  {reply['citations'][0]['passage_id']}", flush=True)


def _raise_loopback() -> None:
    """In a new namespace even loopback is down."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as control:
        asked = struct.pack("16sh14x", b"lo", 0)
        flags = struct.unpack("16sh14x", fcntl.ioctl(control, SIOCGIFFLAGS, asked))[1]
        fcntl.ioctl(control, SIOCSIFFLAGS, struct.pack("16sh14x", b"lo", flags | IFF_UP))


def _require_unreachable(host: str, port: int) -> None:
    kind = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(kind) as probe:
        probe.settimeout(3)
        found = probe.connect_ex((host, port))
    if found not in (errno.ENETUNREACH, errno.EHOSTUNREACH, errno.EADDRNOTAVAIL):
        raise SettingsError(f"{host} does not count as unreachable (error {found}).")


if __name__ == "__main__":
    raise SystemExit(main())
