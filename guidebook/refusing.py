"""Build the replies that do not answer: refusals by name, and honest gaps."""

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path

import yaml

from guidebook import messages
from guidebook.citing import suggestions
from guidebook.corpus import Corpus
from guidebook.facets import Facets
from guidebook.quoting import cite
from guidebook.records import Document, Passage, Span
from guidebook.reply import Citation, Contact, Reply, Suggestion
from guidebook.retriever import SearchResult
from guidebook.services import contacts_for
from guidebook.vocabulary import Jurisdiction, Lang, Topic

NEAREST = 3
MOST_CONTACTS = 3
MAX_FAILURES = 2  # in a row; then it stops guessing and names whom to ask
LAST_TOPIC: Topic = "referral-services"  # whose numbers help whatever the matter
INSTEAD = Path(__file__).parent / "data" / "instead.yml"


def told(status: str, lang: Lang) -> Reply:
    """A fixed message under its own status."""
    return Reply(status=status, lang=lang, text=messages.text(status, lang))


def refused(status: str, corpus: Corpus, lang: Lang) -> Reply:
    """A refusal by name, and beside it what may be asked instead."""
    others = filter(None, map(corpus.passage, instead().get(status, ())))
    return told(status, lang).model_copy(update={"suggestions": suggestions(others, corpus, lang)})


@cache
def instead() -> Mapping[str, Sequence[str]]:
    """The passages that a refusal offers in the place of what was asked, by its status."""
    loaded: dict[str, list[str]] = yaml.safe_load(INSTEAD.read_text(encoding="utf-8"))
    return loaded


def ask_again(key: str, lang: Lang) -> Reply:
    """Ask for the question in a few words; `key` is the message that does."""
    return Reply(status="clarify_rephrase", lang=lang, text=messages.text(key, lang))


def keep_in_mind(stated: Facets, near: Iterable[Suggestion], lang: Lang) -> Reply:
    """A fact was told and nothing asked: it is kept for the next question. The card, and what lies
    near, can be tapped."""
    labels = [messages.text(f"choice_{facet}_{value}", lang) for facet, value in stated.items()]
    lines = [messages.text("clarify_told", lang), *labels, messages.text("clarify_told_ask", lang)]
    card = messages.text("first_hour_start", lang)
    return Reply(
        status="clarify_rephrase",
        lang=lang,
        text="\n".join(lines),
        suggestions=(Suggestion(title=card, payload=card), *near),
    )


def heard_as_told(near: Iterable[Suggestion], lang: Lang) -> Reply:
    """Something more was told of a case, as far as its words show: ask what is wanted with it."""
    return ask_again("clarify_heard", lang).model_copy(update={"suggestions": tuple(near)})


def which_of(near: Iterable[Suggestion], lang: Lang) -> Reply:
    """A word or two: ask which of the nearest questions is meant."""
    return ask_again("clarify_which", lang).model_copy(update={"suggestions": tuple(near)})


def when_safe(near: Iterable[Suggestion], lang: Lang) -> Reply:
    """Danger was reported and nothing asked: what can be asked afterwards, and what lies near."""
    return told("told_after_danger", lang).model_copy(update={"suggestions": tuple(near)})


def unanswered(
    results: Sequence[SearchResult],
    failures: int,
    corpus: Corpus,
    jurisdiction: Jurisdiction,
    lang: Lang,
) -> Reply:
    """Nothing answers, after so many `failures` in a row."""
    if failures + 1 >= MAX_FAILURES:
        return ask_person(results, corpus, jurisdiction, lang)
    return no_passage(results, corpus, lang)


def no_passage(results: Sequence[SearchResult], corpus: Corpus, lang: Lang) -> Reply:
    """Nothing answers: say so, and show the nearest text as what it is."""
    return _with_nearest(
        "unanswerable_no_passage",
        messages.text("unanswerable_no_passage", lang),
        results,
        corpus,
        lang,
    )


def ask_person(
    results: Sequence[SearchResult], corpus: Corpus, jurisdiction: Jurisdiction, lang: Lang
) -> Reply:
    """Nothing answered twice in a row: name the people and numbers that can help, and no text."""
    found: list[Contact] = []
    documents = [corpus.document(result.passage.document_id) for result in results[:1]]
    topics = [one.topics[0] for one in documents if one is not None and one.kind == "guidance"]
    if corpus.directory is not None:
        for topic in (*topics, LAST_TOPIC):
            known = contacts_for(corpus.directory, topic, jurisdiction, lang)
            found += [contact for contact in known if contact not in found]
    card = messages.text("first_hour_start", lang)
    return told("unanswerable_ask_person", lang).model_copy(
        update={
            "contacts": tuple(found[:MOST_CONTACTS]),
            "suggestions": (Suggestion(title=card, payload=card),),
        }
    )


def not_verified(
    gap: Document, words: Span, others: Sequence[SearchResult], corpus: Corpus, lang: Lang
) -> Reply:
    """A matter known not to be verified, in the gap's own words."""
    return _with_nearest("unanswerable_not_verified", words.cut(gap), others, corpus, lang)


def _with_nearest(
    status: str, text: str, results: Sequence[SearchResult], corpus: Corpus, lang: Lang
) -> Reply:
    shown: list[Citation] = []
    further: list[Passage] = []
    for result in results:
        passage, document = corpus.said_in(result.passage, lang)
        if document.kind != "known-gap" and len(shown) < NEAREST:
            shown.append(cite(document, passage, None))
        else:
            further.append(result.passage)
    return Reply(
        status=status,
        lang=lang,
        text=text,
        nearest=tuple(shown),
        notice=messages.text("unanswerable_nearest", lang) if shown else None,
        suggestions=suggestions(further, corpus, lang),
    )
