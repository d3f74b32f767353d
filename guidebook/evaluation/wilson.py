"""A share with its uncertainty: how many of how many, and where the true share may lie."""

from dataclasses import dataclass

from guidebook.intervals import wilson


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
