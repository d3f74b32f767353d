"""In which language to refuse a request: as it says itself, else as its browser prefers.

What a request says itself (`lang` in its body, the session's language) is noted on it by whoever
reads it first. Replies choose their own language, in incoming.py.
"""

from starlette.datastructures import Headers
from starlette.types import Scope

from guidebook.vocabulary import Lang

MOST_PREFERENCES = 20
_NOTED = "guidebook_lang"


def note(scope: Scope, lang: Lang | None) -> None:
    """Remember the language this request was found to want; None changes nothing."""
    if lang is not None:
        scope.setdefault("state", {})[_NOTED] = lang


def noted(scope: Scope) -> Lang | None:
    """The language noted on this request, or None."""
    lang: Lang | None = scope.get("state", {}).get(_NOTED)
    return lang


def wanted(scope: Scope) -> Lang:
    """The noted language, else the one its browser prefers, else English."""
    return noted(scope) or preferred(Headers(scope=scope).get("accept-language", ""))


def preferred(accept_language: str) -> Lang:
    """Urdu when the header puts it before English, else English."""
    weights: dict[str, float] = {}
    for entry in accept_language.split(",")[:MOST_PREFERENCES]:
        tag, _, parameter = entry.partition(";")
        name = tag.strip().lower().partition("-")[0]
        weights[name] = max(weights.get(name, 0.0), _weight(parameter))
    urdu, english = weights.get("ur", 0.0), weights.get("en", 0.0)
    if urdu != english:
        return "ur" if urdu > english else "en"
    both = [name for name in weights if name in ("ur", "en")]  # equal: the one named first
    return "ur" if urdu > 0 and both[0] == "ur" else "en"


def _weight(parameter: str) -> float:
    name, _, value = parameter.strip().partition("=")
    if name != "q":
        return 1.0
    try:
        weight = float(value)
    except ValueError:
        return 0.0
    return weight if 0 <= weight <= 1 else 0.0
