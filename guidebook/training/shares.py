"""A share of a room: how many of how many, and how far chance alone could move it."""

from dataclasses import dataclass
from math import sqrt

Z95 = 1.959964  # two-sided 95 % of the normal distribution


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
        """Where the share of many such rooms lies, 95 % sure.

        Wilson's score interval (Wilson 1927, J. Am. Stat. Assoc. 22:209-212), which holds in
        small rooms: (p + z²/2n ± z √(p(1-p)/n + z²/4n²)) / (1 + z²/n).
        """
        if self.value is None:
            return None
        p, n, z2 = self.value, self.whole, Z95 * Z95
        middle, half = p + z2 / (2 * n), Z95 * sqrt(p * (1 - p) / n + z2 / (4 * n * n))
        width = 1 + z2 / n
        return max(0.0, (middle - half) / width), min(1.0, (middle + half) / width)


def t95(freedom: int) -> float:
    """Two-sided 95 % point of Student's t, right to 0.01 from 4 degrees of freedom on.

    Expansion about the normal point (Abramowitz and Stegun 1964, 26.7.5, three terms).
    """
    z = Z95
    return (
        z
        + (z**3 + z) / (4 * freedom)
        + (5 * z**5 + 16 * z**3 + 3 * z) / (96 * freedom**2)
        + (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / (384 * freedom**3)
    )
