"""The latest results of something dear, by the digest of their text.

A room of officers asks the same question, and a follow-up asks the last one again: the encoders
take most of a turn's time, and need not read it twice. The texts themselves are not held: what an
officer wipes must not live on in a process.
"""

import hashlib
from collections import OrderedDict
from collections.abc import Callable
from typing import Generic, TypeVar

Result = TypeVar("Result")


class Remembered(Generic[Result]):
    """Keeps the `most` results used last. For one thread at a time."""

    def __init__(self, make: Callable[[str], Result], most: int) -> None:
        self._make = make
        self._most = most
        self._kept: OrderedDict[bytes, Result] = OrderedDict()

    def of(self, text: str) -> Result:
        """The result for a text: the one kept, else a new one."""
        key = hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=20).digest()
        if key in self._kept:
            self._kept.move_to_end(key)
            return self._kept[key]
        result = self._make(text)
        self._kept[key] = result
        if len(self._kept) > self._most:
            self._kept.popitem(last=False)
        return result
