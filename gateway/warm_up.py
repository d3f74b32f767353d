"""Is Rasa still loading, or down? Before it was first seen, for a while, we say it is loading."""

from collections.abc import Callable


class WarmUp:
    """Remembers whether Rasa has ever answered this process."""

    def __init__(self, seconds: float, monotonic: Callable[[], float]) -> None:
        self._until = monotonic() + seconds
        self._monotonic = monotonic
        self._answered = False

    def rasa_answered(self) -> None:
        """Rasa is up: from now on silence means down."""
        self._answered = True

    def is_warming_up(self) -> bool:
        """True while an unreachable Rasa most likely has not finished loading."""
        return not self._answered and self._monotonic() < self._until
