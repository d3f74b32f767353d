"""What can go wrong with the examination's own files."""

from guidebook.errors import GuidebookError


class EvaluationError(GuidebookError):
    """A run, a baseline or a judgement cannot be used; the message says which and what next."""
