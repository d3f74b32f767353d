"""Invented personal data that can be told apart in any file: one set for each place it is sent to.

`Canaries` makes a sentence with every kind the mask knows and remembers, for each, the forms in
which it could stand in a file: as typed, without separators, escaped as in JSON or an address.
"""

import base64
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import quote

URDU_DIGITS = str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")
LETTERS = "bcdfghjklmnpqrstvwxz"


@dataclass(frozen=True)
class Canary:
    """One piece of data: what is typed, its kind, and where it was sent."""

    kind: str
    typed: str
    place: str

    def forms(self) -> Iterator[bytes]:
        """Every writing to look for, in lower case."""
        plain = {self.typed, "".join(c for c in self.typed if c.isalnum())}
        for text in plain:
            for way in (text, quote(text), json.dumps(text)[1:-1]):
                yield way.lower().encode()
            yield text.lower().encode("utf-16-le")
            yield base64.b64encode(text.encode()).rstrip(b"=").lower()[:-1]


@dataclass
class Canaries:
    """Makes canaries and finds them again."""

    made: list[Canary] = field(default_factory=list)
    places: int = 0

    def sentence(self, place: str) -> str:
        """A message with one piece of each kind, none of which was in any other."""
        self.places += 1
        number = self.places
        name = (
            "qu" + LETTERS[number // len(LETTERS)] + "y" + LETTERS[number % len(LETTERS)] + "thorn"
        )
        pieces = {
            "cnic": f"17301-77{number:03}91-{number % 10}",
            "phone": f"0345-88{number:03}73",
            "email": f"{name}@example.org",
            "iban": f"PK36SCBL00000099{number:03}66702",
            "plate": f"LEB-{6000 + number}",
            "gps": f"34.77{number:03}1, 71.66{number:03}9",
            "name": name,
            "urdu cnic": f"17301-66{number:03}82-{number % 10}".translate(URDU_DIGITS),
        }
        self.made += [Canary(kind, typed, place) for kind, typed in pieces.items()]
        return (
            f"cnic {pieces['cnic']} phone {pieces['phone']} mail {pieces['email']} iban "
            f"{pieces['iban']} car {pieces['plate']} at {pieces['gps']} شناختی کارڈ "
            f"{pieces['urdu cnic']} her name is {pieces['name']}"
        )

    def found_in(self, kept: bytes) -> list[str]:
        """Each canary that stands in these bytes, by kind and place; never the data itself."""
        lower = kept.lower()
        return [
            f"{canary.kind} sent to {canary.place}"
            for canary in self.made
            if any(form in lower for form in canary.forms())
        ]
