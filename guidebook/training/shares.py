"""A share of a room: how many of how many, and how far chance alone could move it."""

from dataclasses import dataclass

from guidebook.intervals import wilson


@dataclass(frozen=True)
class Share:
    """`part` of `whole`; `value` is None when nobody was asked."""

    part: int
    whole: int

    @property
    def value(self) -> float | None:
        """From 0 to 1."""
        return self.part / self.whole if self.whole else None

    @property
    def interval(self) -> tuple[float, float] | None:
        """Where the share of many such rooms lies, 95 % sure; it holds in small rooms too."""
        return wilson(self.part, self.whole) if self.whole else None
