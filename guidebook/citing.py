"""Build the parts of a reply around its citations: what was assumed, what can be asked next."""

from collections.abc import Iterable

from guidebook import messages
from guidebook.corpus import Corpus
from guidebook.facets import Facets
from guidebook.priors import USUAL
from guidebook.query import Understood
from guidebook.records import Document, Passage
from guidebook.reply import Assumed, Suggestion
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


def language_note(document: Document, lang: Lang) -> str | None:
    """What a reader in `lang` must know of the document's words: English, or nobody checked them"""
    if document.lang != lang:
        return messages.text("english_text", lang) if lang == "ur" else None
    if document.translation_of is not None and document.review_status == "draft":
        return messages.text("translated_text", lang)
    return None


def offer_urdu(
    understood: Understood, passage: Passage, corpus: Corpus, lang: Lang
) -> tuple[Suggestion, ...]:
    """For who writes Urdu in Latin letters and is answered in English: the same words in Urdu."""
    meets = understood.writing == "roman_ur" and lang != "ur"
    if not meets or corpus.said_in(passage, "ur")[1].lang != "ur":
        return ()
    words = messages.text("show_in_ur", "ur")
    return (Suggestion(title=words, payload=words),)


def suggestions(
    passages: Iterable[Passage],
    corpus: Corpus,
    lang: Lang,
    near: Passage | None = None,
    most: int = MAX_SUGGESTIONS,
) -> tuple[Suggestion, ...]:
    """Follow-ups: the headings of these passages, which the corpus can answer by construction."""
    found = []
    for passage in passages:
        if near is not None and passage.id == near.id:
            continue
        said, document = corpus.said_in(passage, lang)
        if document.kind == "known-gap":  # a button to where there is no answer
            continue
        heading = said.heading
        found.append(Suggestion(title=heading, payload=heading))
        if len(found) == most:
            break
    return tuple(found)
