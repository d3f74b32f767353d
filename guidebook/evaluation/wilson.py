"""A share with its uncertainty: how many of how many, and where the true share may lie."""

import math
from dataclasses import dataclass

Z95 = 1.959964
"""The two-sided 95 % point of the normal distribution."""


@dataclass(frozen=True)
class Share:
    """`hits` of `total`. A share of nothing has no value: it is not 0."""

    hits: int
    total: int

    @property
    def value(self) -> float | None:
        """hits / total."""
        return self.hits / self.total if self.total else None

    @property
    def interval(self) -> tuple[float, float] | None:
        """The 95 % Wilson interval."""
        return wilson(self.hits, self.total) if self.total else None


@dataclass(frozen=True)
class Mean:
    """A mean of `total` values from 0 to 1 that sum to `sum`. It has no Wilson interval."""

    sum: float
    total: int

    @property
    def value(self) -> float | None:
        """sum / total."""
        return self.sum / self.total if self.total else None

    @property
    def interval(self) -> None:
        """None: a Wilson interval is for shares of yes and no."""
        return


Figure = Share | Mean


def wilson(hits: int, total: int, z: float = Z95) -> tuple[float, float]:
    """The Wilson score interval for a share p = hits / n, n = total:

        ( p + z^2/2n  ±  z * sqrt( p(1-p)/n + z^2/4n^2 ) )  /  ( 1 + z^2/n )

    It stays inside 0 and 1 and is honest for small n and for shares near 0 and 1, where the
    usual p ± z*sqrt(p(1-p)/n) collapses to a point. Source: Wilson 1927, "Probable inference,
    the law of succession, and statistical inference", JASA 22:209-212.
    """
    p = hits / total
    centre = p + z * z / (2 * total)
    half = z * math.sqrt(p * (1 - p) / total + z * z / (4 * total * total))
    scale = 1 + z * z / total
    return max(0.0, (centre - half) / scale), min(1.0, (centre + half) / scale)
