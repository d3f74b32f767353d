"""A question as the officer typed it, and what could be read out of it.

`understand` adds to the words and never replaces them: how it is written, the plain terms of the
glossary, the decisive facts it states, the law sections it names. No model, no guess, no I/O.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from guidebook import facets, glossary
from guidebook.language import Writing, writing_of
from guidebook.normalise import fold
from guidebook.vocabulary import Jurisdiction, Lang

_SECTION = re.compile(
    r"(?:\b(?:section|sec|s|dafa|dafaa|article|art|rule)|دفعہ|دفعات)\s*\.?\s*(\d{1,3}(?:\s?-?\s?[a-z])?)\b"
    r"|\b(\d{3}[a-z]?)\s*(?:ppc|crpc|cr p c|qso|peca)\b"
    r"|\b(?:ppc|crpc|cr p c|qso|peca)\s*(?:section|sec|s)?\s*(\d{1,3}[a-z]?)\b"
    r"|\b(\d{3}[a-z]?)\b(?!\s*(?:rs|rupees|km|cases|percent))"
)


@dataclass(frozen=True)
class Query:
    """One question and what the page knows of its asker. `intent` is Rasa's, a hint only."""

    text: str
    lang: Lang | None = None
    province: Jurisdiction = "kp"
    intent: str | None = None


@dataclass(frozen=True)
class Understood:
    """What was read out of a query. `facets` without jurisdiction and country; `of_man` is true for
    words about a man and no woman."""

    text: str
    writing: Writing
    expanded: str
    facets: Mapping[str, str]
    jurisdiction: Jurisdiction
    jurisdiction_named: bool
    other_country: bool
    sections: tuple[str, ...]
    of_man: bool = False


def understand(query: Query) -> Understood:
    """Read `query`. The province is the named one, else the query's default."""
    folded = fold(query.text)
    stated = facets.read(query.text)
    named = stated.pop("jurisdiction", None)
    other = stated.pop("country", None) is not None
    return Understood(
        text=query.text,
        writing=writing_of(query.text),
        expanded=" ".join(glossary.expansions(folded)),
        facets=stated,
        jurisdiction=named or query.province,  # type: ignore[arg-type]  # data holds the closed list
        jurisdiction_named=named is not None,
        other_country=other,
        sections=sections_in(folded),
        of_man=facets.speaks_of_man(query.text),
    )


def sections_in(folded: str) -> tuple[str, ...]:
    """Law sections named in folded text: "s 154", "376 ppc", "دفعہ 302" -> ("154", ...)."""
    found = []
    for match in _SECTION.finditer(folded):
        section = next(group for group in match.groups() if group)
        section = re.sub(r"[\s-]", "", section)
        if section not in found:
            found.append(section)
    return tuple(found)


def with_facets(understood: Understood, more: Mapping[str, str]) -> Understood:
    """`understood` with further facets; what is said now wins over what was said before."""
    return replace(understood, facets={**more, **understood.facets})
