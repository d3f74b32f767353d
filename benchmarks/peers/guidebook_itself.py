"""Guidebook's library as the action server uses it: it also says whether it dares to answer."""

import os
import time
from collections.abc import Callable
from typing import Any

from benchmarks.peers.lines import talk
from guidebook.context import Context
from guidebook.evaluation.asking import response_of
from guidebook.query import Query
from guidebook.settings import Settings


def build() -> Callable[[list[str]], dict[str, Any]]:
    """Open the library over the index that stands."""
    from guidebook.library import open_library

    settings = Settings.from_environ(os.environ)
    library = open_library(settings)

    def ask(turns: list[str]) -> dict[str, Any]:
        context = Context()
        for text in turns[:-1]:
            _, context = library.answer(Query(text), context, time.time())
        started = time.perf_counter()
        answer, _ = library.answer(Query(turns[-1]), context, time.time())
        took = (time.perf_counter() - started) * 1000
        ranked = [result.passage.id for result in answer.results]
        told = response_of("", answer.replies, ranked, round(took)).to_json()
        return told | {"ms": took, "score": answer.probability}

    return ask


if __name__ == "__main__":
    talk(build)
