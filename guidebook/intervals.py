"""Where a true figure may lie, 95 % sure: intervals for shares, and the point for paired means."""

from math import sqrt

Z95 = 1.959964
"""The two-sided 95 % point of the normal distribution."""


def wilson(hits: int, total: int, z: float = Z95) -> tuple[float, float]:
    """The Wilson score interval for a share p = hits / n, n = total:

        ( p + z^2/2n  ±  z * sqrt( p(1-p)/n + z^2/4n^2 ) )  /  ( 1 + z^2/n )

    It stays inside 0 and 1 and is honest for small n and for shares near 0 and 1, where the
    usual p ± z*sqrt(p(1-p)/n) collapses to a point. Source: Wilson 1927, "Probable inference,
    the law of succession, and statistical inference", JASA 22:209-212.
    """
    p = hits / total
    centre = p + z * z / (2 * total)
    half = z * sqrt(p * (1 - p) / total + z * z / (4 * total * total))
    scale = 1 + z * z / total
    return max(0.0, (centre - half) / scale), min(1.0, (centre + half) / scale)


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
