"""Build the parts of a reply around its citations: what was assumed, what can be asked next."""

from collections.abc import Iterable

from guidebook import messages
from guidebook.facets import Facets
from guidebook.priors import USUAL
from guidebook.query import Understood
from guidebook.records import Passage
from guidebook.reply import Assumed, Suggestion
from guidebook.retriever import SearchResult
from guidebook.vocabulary import Lang

MAX_SUGGESTIONS = 3
GRANTED = {**USUAL, "district": "same"}
"""What goes without saying, and so is not shown as assumed."""


def assumed_province(understood: Understood, passage: Passage, lang: Lang) -> tuple[Assumed, ...]:
    """The province chip, when the answer holds in one province that the officer did not name."""
    everywhere = passage.jurisdiction in ("pakistan", "international")
    reports = passage.authority in ("conference", "message", "press")  # hold nowhere in particular
    if understood.jurisdiction_named or everywhere or reports:
        return ()
    label = messages.text("assumed_province", lang, province=passage.jurisdiction)
    return (Assumed(facet="province", value=passage.jurisdiction, label=label),)


def assumed_facts(stated: Facets, passage: Passage, lang: Lang) -> tuple[Assumed, ...]:
    """The facts `passage` holds under that this message did not state: said earlier, or not yet."""
    return tuple(
        Assumed(facet=facet, value=value, label=messages.text(f"choice_{facet}_{value}", lang))
        for facet, (value, *others) in (passage.applies_to or {}).items()
        if facet not in stated and not others and GRANTED.get(facet) != value
    )


def suggestions(
    results: Iterable[SearchResult], near: Passage | None = None, most: int = MAX_SUGGESTIONS
) -> tuple[Suggestion, ...]:
    """Follow-ups: the headings of the next results, which the corpus can answer by construction."""
    found = []
    for result in results:
        heading = result.passage.heading
        if near is not None and heading == near.heading:
            continue
        found.append(Suggestion(title=heading, payload=heading))
        if len(found) == most:
            break
    return tuple(found)
