"""The trainer's PIN: kept as a salted scrypt digest in one file, readable by its owner alone.

`make workshop` sets it; the gateway compares. Without the file there is no trainer and nobody can
sign in. How often somebody may try is lockout.py's.
"""

import base64
import hashlib
import hmac
import json
import os
import secrets
import tempfile
from pathlib import Path

from guidebook.errors import SettingsError

LEAST_DIGITS = 6
MOST_CHARACTERS = 64
COST, BLOCK, PARALLEL = 2**15, 8, 1  # 33 MB and about 0.1 s a try on the laptop
MEMORY = 64 * 1024 * 1024
NAME = "trainer-pin"


def generated() -> str:
    """A PIN of six digits that nobody chose."""
    while fault(made := f"{secrets.randbelow(10**LEAST_DIGITS):0{LEAST_DIGITS}d}"):
        pass
    return made


def fault(pin: str) -> str | None:
    """Why this cannot be a PIN; None when it can."""
    if not LEAST_DIGITS <= len(pin) <= MOST_CHARACTERS:
        return f"The PIN has {len(pin)} characters; give {LEAST_DIGITS} to {MOST_CHARACTERS}."
    if len(set(pin)) < 3 or pin in "01234567890123456789" or pin in "98765432109876543210":
        return "The PIN can be guessed at once; mix at least three different characters."
    return None


def keep(home: Path, pin: str) -> None:
    """Keep the PIN's digest in the place of an earlier one; SettingsError when it cannot be."""
    if reason := fault(pin):
        raise SettingsError(reason)
    salt = secrets.token_bytes(16)
    line = {
        "scrypt": [COST, BLOCK, PARALLEL],
        "salt": _text(salt),
        "digest": _text(_digest(pin, salt, COST, BLOCK, PARALLEL)),
    }
    path = _path(home)
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        descriptor, staged = tempfile.mkstemp(prefix=f".{NAME}-", dir=path.parent)  # made 0600
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            json.dump(line, file)
        Path(staged).replace(path)
    except OSError as error:
        raise SettingsError(
            f"Cannot keep the PIN under {path.parent} ({error.strerror}); "
            "make it writable or set GUIDEBOOK_HOME to a folder that is."
        ) from error


def forget(home: Path) -> None:
    """Nobody can sign in from now on."""
    _path(home).unlink(missing_ok=True)


def is_set(home: Path) -> bool:
    """True when there is a PIN to compare with."""
    return _path(home).is_file()


def matches(home: Path, pin: str) -> bool:
    """True when this is the PIN. Takes as long for a wrong one; false when none is set."""
    try:
        line = json.loads(_path(home).read_text(encoding="ascii"))
        cost, block, parallel = line["scrypt"]
        salt, kept = base64.b64decode(line["salt"]), base64.b64decode(line["digest"])
        given = _digest(pin[: MOST_CHARACTERS + 1], salt, cost, block, parallel)
    except (OSError, ValueError, KeyError, TypeError):
        return False
    return hmac.compare_digest(given, kept)


def _digest(pin: str, salt: bytes, cost: int, block: int, parallel: int) -> bytes:
    return hashlib.scrypt(
        pin.encode(), salt=salt, n=cost, r=block, p=parallel, maxmem=MEMORY, dklen=32
    )


def _path(home: Path) -> Path:
    return home / "secrets" / NAME


def _text(content: bytes) -> str:
    return base64.b64encode(content).decode("ascii")
