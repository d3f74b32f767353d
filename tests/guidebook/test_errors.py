"""Every error shown to people has one base, and a corpus error carries all its faults."""

import inspect

from guidebook import errors
from guidebook.errors import CorpusError, GuidebookError


def test_every_error_has_the_one_base_and_stands_in_the_drawn_tree() -> None:
    kinds = [kind for _, kind in inspect.getmembers(errors, inspect.isclass)]
    kinds = [kind for kind in kinds if issubclass(kind, Exception)]
    assert len(kinds) >= 8
    for kind in kinds:
        assert issubclass(kind, GuidebookError)
        assert kind.__name__ in str(errors.__doc__)


def test_a_corpus_error_reads_as_one_line_a_fault() -> None:
    error = CorpusError(["a.md:1: x", "b.md:2: y"])
    assert error.faults == ["a.md:1: x", "b.md:2: y"]
    assert str(error) == "a.md:1: x\nb.md:2: y"
