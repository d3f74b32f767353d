"""Find the one fact an answer turns on, and ask for it with buttons.

It is asked only when the best passages hold for different values of a facet the officer has not
stated and are nearly level: otherwise the answer comes first. A button's words are sent like
typed text and read back by facets.py, so free text always works as well.
"""

from collections.abc import Sequence
from functools import cache
from typing import get_args

from guidebook import bare_words, facets, messages
from guidebook.normalise import fold
from guidebook.reply import Reply, Suggestion
from guidebook.retriever import SearchResult
from guidebook.vocabulary import FACETS, Lang

MAX_CLARIFY = 2  # questions in a row before it answers with what it has
LEVEL = 0.25  # in deviations of the fused score: closer than this, two passages are level
RIVALS = 3


def missing_facet(results: Sequence[SearchResult], stated: facets.Facets) -> str | None:
    """The unstated facet on which the first passage and a level rival exclude each other."""
    if not results or not results[0].passage.applies_to:
        return None
    first = results[0]
    for rival in results[1:RIVALS]:
        if first.score - rival.score > LEVEL or not rival.passage.applies_to:
            continue
        for facet, values in (first.passage.applies_to or {}).items():
            others = rival.passage.applies_to.get(facet)
            if others and facet not in stated and not set(values) & set(others):
                return facet
    return None


def wants_harm(text: str, stated: facets.Facets) -> bool:
    """True for nothing but "which section?" or "a girl has come", with no harm named."""
    return "harm" not in stated and bare_words.sort_of(text) in ("section", "came")


@cache
def _choices() -> dict[str, tuple[str, str]]:
    return {
        fold(messages.text(f"choice_{facet}_{value}", lang)): (facet, value)
        for lang in get_args(Lang)
        for facet, values in FACETS.items()
        for value in values
    }


def choice_in(text: str) -> dict[str, str]:
    """The facet a button's words set; empty for anything else."""
    found = _choices().get(fold(text))
    return {} if found is None else {found[0]: found[1]}


def clarifying_reply(facet: str, results: Sequence[SearchResult], lang: Lang) -> Reply:
    """The question and a button for each value the best passages hold for; without any, for every
    value there is."""
    values: list[str] = []
    for result in results[:RIVALS]:
        for value in (result.passage.applies_to or {}).get(facet, ()):
            if value not in values:
                values.append(value)
    values = values or list(FACETS[facet])
    labels = [messages.text(f"choice_{facet}_{value}", lang) for value in values]
    return Reply(
        status="clarify_facet",
        lang=lang,
        text=messages.text(f"clarify_{facet}", lang),
        suggestions=tuple(Suggestion(title=label, payload=label) for label in labels),
    )
