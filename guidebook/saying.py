"""Build the reply that says a passage's own words, and a second passage's after it."""

from guidebook import messages
from guidebook.citing import assumed_facts, assumed_province, language_note
from guidebook.composition import compose
from guidebook.corpus import Corpus
from guidebook.facets import Facets
from guidebook.fusion import Strength
from guidebook.query import Understood
from guidebook.quoting import cite
from guidebook.records import Document, Passage
from guidebook.reply import Contact, Reply, Suggestion
from guidebook.services import ALWAYS_CALL_NOW, Directory, contacts_for
from guidebook.vocabulary import Lang

MOST_CONTACTS = 2


def say(
    passage: Passage,
    corpus: Corpus,
    *,
    understood: Understood,
    stated: Facets,
    lang: Lang,
    strength: Strength,
    suggestions: tuple[Suggestion, ...],
) -> Reply:
    """The reply whose every corpus word is a span of `passage`, or of its translation into `lang`;
    `stated` in this message. Where the evidence is weak, it says before the words that they may not
    be what was asked."""
    passage, document = corpus.said_in(passage, lang)
    doubt = messages.text("doubt", lang) if strength == "weak" else None
    return words_of(passage, document, lang).model_copy(
        update={
            "strength": strength,
            "notice": "\n".join(filter(None, (doubt, language_note(document, lang)))) or None,
            "contacts": _contacts(passage, document, understood, lang, corpus.directory),
            "assumed": (
                *assumed_province(understood, passage, lang),
                *assumed_facts(stated, passage, lang),
            ),
            "suggestions": suggestions,
        }
    )


def also_say(reply: Reply, passage: Passage, corpus: Corpus) -> Reply:
    """`reply` with the words of a second passage after its own, and its citation."""
    passage, document = corpus.said_in(passage, reply.lang)
    composed = compose(passage, document)
    lines = tuple(span.cut(document) for span in composed.spans)
    caution = reply.caution
    if passage.caution and caution is None:
        caution = messages.text(f"caution_{passage.caution}", reply.lang)
    return reply.model_copy(
        update={
            "text": "\n".join([reply.text, *lines]),
            "more": (*reply.more, *lines),
            "caution": caution,
            "status": "answered_caution" if caution else reply.status,
            "citations": (*reply.citations, cite(document, passage, composed)),
        }
    )


def words_of(passage: Passage, document: Document, lang: Lang) -> Reply:
    """A reply of the passage's words and their citation alone."""
    composed = compose(passage, document)
    caution = passage.caution
    return Reply(
        status="answered_caution" if caution else "answered",
        lang=lang,
        text="\n".join(span.cut(document) for span in composed.spans),
        lead=composed.lead.cut(document),
        steps=tuple(span.cut(document) for span in composed.steps),
        more=tuple(span.cut(document) for span in composed.more),
        caution=messages.text(f"caution_{caution}", lang) if caution else None,
        citations=(cite(document, passage, composed),),
    )


def _contacts(
    passage: Passage,
    document: Document,
    understood: Understood,
    lang: Lang,
    directory: Directory | None,
) -> tuple[Contact, ...]:
    """Whom to call on the matter. A source text's subject is no one's emergency, and only what is
    for the first hour is one for 15 and 1122."""
    if directory is None or document.kind != "guidance":
        return ()
    is_urgent = passage.when is not None and passage.when.phase == "first_hour"
    found = [
        contact
        for contact in contacts_for(directory, document.topics[0], understood.jurisdiction, lang)
        if is_urgent or contact.number not in ALWAYS_CALL_NOW
    ]
    return tuple(found[:MOST_CONTACTS])
