"""What is known of an answer while it is made, step by step."""

from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass, field

from guidebook.context import Context
from guidebook.facets import Facets
from guidebook.query import Query, Understood
from guidebook.reply import Reply
from guidebook.retriever import Retriever, SearchResults
from guidebook.vocabulary import Lang


@dataclass(frozen=True)
class Draft:
    """An answer in the making. A step returns it changed; `done` ends the list.

    `ahead` is the search of the question as it stands, begun while what is heard is still judged.
    """

    query: Query
    context: Context
    lang: Lang
    now: float
    as_case: bool = False
    understood: Understood | None = None
    stated: Facets = field(default_factory=dict)  # what this message itself says
    ahead: Future[SearchResults] | None = None
    search: SearchResults | None = None
    correction: Reply | None = None
    done: Reply | None = None
    remembered: Context = field(default_factory=Context)


Step = Callable[[Draft, Retriever], Draft]
