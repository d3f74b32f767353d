"""A passage of the corpus on a workshop's page: its own words, with source, authority and age.

The words are a slice of the document's file. Nothing here shortens a sentence: `lead` is the
passage's first line, `whole` all of it.
"""

from gateway.markup import Html, join, tag
from gateway.workshop.frame import say
from guidebook import messages
from guidebook.corpus import Corpus
from guidebook.records import Document, Passage
from guidebook.vocabulary import Lang


def lead(corpus: Corpus | None, passage_id: str, lang: Lang) -> Html:
    """The first line of a passage, quoted."""
    return _quoted(corpus, passage_id, lang, whole=False)


def whole(corpus: Corpus | None, passage_id: str, lang: Lang) -> Html:
    """All of a passage, quoted under its heading."""
    return _quoted(corpus, passage_id, lang, whole=True)


def heading(corpus: Corpus | None, passage_id: str) -> str:
    """A passage's heading; its id while the corpus does not know it."""
    passage = corpus.passage(passage_id) if corpus else None
    return passage.heading if passage else passage_id


def digest(corpus: Corpus | None, passage_id: str) -> str | None:
    """The digest of the document a passage stands in; None when it cannot be shown."""
    document = _document(corpus, passage_id)
    return document.digest if document else None


def _document(corpus: Corpus | None, passage_id: str) -> Document | None:
    if corpus is None or corpus.passage(passage_id) is None:
        return None
    document = corpus.document(passage_id.partition("/")[0])
    return document if document and document.superseded_by is None else None


def _quoted(corpus: Corpus | None, passage_id: str, lang: Lang, *, whole: bool) -> Html:
    document = _document(corpus, passage_id)
    passage = corpus.passage(passage_id) if corpus and document else None
    if document is None or passage is None:
        return tag("p", say("passage_gone", lang), class_="caution")
    lines = [line for line in passage.text.split("\n") if line.strip()]
    quoted = (tag("p", line, dir="auto") for line in (lines if whole else lines[:1]))
    foreign = lang != document.lang
    return tag(
        "figure",
        tag("p", messages.text("english_text", lang), class_="hint") if foreign else Html(),
        tag("h3", passage.heading, dir="auto", lang=document.lang) if whole else Html(),
        tag("blockquote", join(quoted), lang=document.lang, dir="auto", cite=passage.id),
        tag("figcaption", *_source(document, passage, lang)),
        class_="passage",
    )


def _source(document: Document, passage: Passage, lang: Lang) -> tuple[str, ...]:
    known = messages.catalogue(lang)
    checked = document.checked_on.isoformat()
    facts = (
        known[f"authority_{passage.authority}"],
        known[f"value_{passage.jurisdiction}"],
        join((known["plain_checked_on"], " ", tag("bdi", checked, dir="ltr"))),
    )
    draft = document.review_status == "draft"
    return (
        tag("cite", document.title, dir="auto", lang=document.lang),
        *(tag("span", fact, class_="source-fact") for fact in facts),
        tag("span", known["draft_notice"], class_="source-fact") if draft else Html(),
    )
