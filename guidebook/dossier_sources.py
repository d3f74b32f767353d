"""Read the "Source:" text of a fact into titles and addresses.

A source is `title, address (remark)`; several stand apart by semicolons. Some name a page given
in full elsewhere ("Dawn 1646049", "ADB page as in P-KP-02", "as above"); `complete` finds its
address among the other facts. What cannot be found keeps its title and no address.
"""

import re
from collections.abc import Sequence
from urllib.parse import urlsplit

from guidebook.facts import FACT_ID, Fact, FactSource

_NOTE = re.compile(r"\.? Note: [^;]*(?:;(?! https?:)[^;]*)*$")
_URL = re.compile(r"https?://\S+")
_APART = re.compile(r";\s+(?![^(]*\))|(?<=\))\.\s+(?=[A-Z])")
_REMARK = re.compile(r"^\W*(\([^()]*(?:\([^()]*\)[^()]*)*\))")
_REFERENCE = re.compile(FACT_ID)
_NUMBER = re.compile(r"\d{5,}")
_ABOVE = re.compile(r"\b(?:as above|same)\b")
_OUTLET = re.compile(r"[A-Z]\w+(?: [A-Z]\w+)?")
_FILLERS = frozenset({"as", "in", "see", "page", "above", "same"})
_NEAR = 5
_EDGES = " \t.,;:—–-"


def sources_in(text: str) -> list[FactSource]:
    """The sources a text names, in its order; those without an address have `url` None."""
    found: list[FactSource] = []
    for part in _APART.split(_NOTE.sub("", text)):
        urls = list(_URL.finditer(part))
        start = 0
        for match in urls:
            url = _without_tail(match.group())
            remark = _REMARK.match(part[match.start() + len(url) :])
            title = part[start : match.start()].strip(_EDGES).removeprefix("and").strip(_EDGES)
            title = title or urlsplit(url).netloc.removeprefix("www.")
            found.append(
                FactSource(title=f"{title} {remark[1] if remark else ''}".strip(), url=url)
            )
            start = match.start() + len(url) + (remark.end() if remark else 0)
        if not urls and part.strip(_EDGES):
            found.append(FactSource(title=part.strip(_EDGES)))
    return found


def complete(facts: Sequence[Fact]) -> list[Fact]:
    """The same facts, with an address wherever another fact of the file gives it."""
    by_id = {fact.id: fact for fact in facts}
    done: list[Fact] = []
    for fact in facts:
        sources: dict[str, FactSource] = {}
        for source in fact.sources:
            named = [source] if source.url else _named_elsewhere(source.title, by_id, done)
            # A rest in lower case is a remark on the source before it, not a page.
            for each in named or ([] if source.title[0].islower() else [source]):
                sources.setdefault(each.url or each.title, each)
        done.append(fact.model_copy(update={"sources": tuple(sources.values())}))
    return done


def _named_elsewhere(
    title: str, by_id: dict[str, Fact], before: Sequence[Fact]
) -> list[FactSource]:
    known = [source for fact in by_id.values() for source in fact.sources if source.url]
    for number in _NUMBER.findall(title):
        if same := [source for source in known if number in (source.url or "")]:
            return same[:1]
    for reference in _REFERENCE.findall(title):
        if reference in by_id:
            return _best(title, [source for source in by_id[reference].sources if source.url])
    near = [source for fact in reversed(before[-_NEAR:]) for source in fact.sources if source.url]
    if _ABOVE.search(title):
        names = [name for name in _ABOVE.sub("", title).split(" and ") if name.strip(_EDGES)]
        named = [_best(name, near) for name in names]
        if named and all(len(found) == 1 for found in named):
            return [found[0] for found in named]
        return [source for source in before[-1].sources if source.url]
    if said := [source for source in known if _says_all(title, source)]:
        return said[:1]
    outlet = _OUTLET.match(title)
    if outlet is None or _NUMBER.search(title):
        return []
    return [source for source in near if outlet[0].lower() in source.title.lower()][:1]


def _best(title: str, candidates: list[FactSource]) -> list[FactSource]:
    """The candidate with most words of the name given; all of them when no name is given."""
    name = _REFERENCE.sub("", title.partition("(")[0].removeprefix("The "))
    words = [word for word in re.findall(r"[^\W\d_]+", name.lower()) if word not in _FILLERS]
    counts = [
        sum(1 for word in words if re.search(rf"\b{word}\b", _searchable(source)))
        for source in candidates
    ]
    most = max(counts, default=0)
    return [candidates[counts.index(most)]] if most else candidates


def _says_all(title: str, source: FactSource) -> bool:
    words = re.findall(r"[^\W_]+", title.partition("(")[0].lower())
    return bool(words) and all(re.search(rf"\b{word}\b", _searchable(source)) for word in words)


def _searchable(source: FactSource) -> str:
    return f"{source.title} {source.url}".lower()


def _without_tail(url: str) -> str:
    url = url.rstrip(".,;")
    while url.endswith(")") and url.count("(") < url.count(")"):
        url = url[:-1].rstrip(".,;")
    return url
