"""Build the reply that says a passage's own words, and a second passage's after it."""

from guidebook import messages
from guidebook.citing import assumed_facts, assumed_province
from guidebook.composition import compose
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
    document: Document,
    *,
    understood: Understood,
    stated: Facets,
    lang: Lang,
    strength: Strength,
    suggestions: tuple[Suggestion, ...],
    directory: Directory | None = None,
) -> Reply:
    """The reply whose every corpus word is a span of `passage`; `stated` in this message. Where the
    evidence is weak, it says before the words that they may not be what was asked."""
    composed = compose(passage, document)
    caution = passage.caution
    doubt = [messages.text("doubt", lang)] if strength == "weak" else []
    foreign = [messages.text("english_text", lang)] if lang == "ur" != document.lang else []
    return Reply(
        status="answered_caution" if caution else "answered",
        lang=lang,
        text="\n".join(span.cut(document) for span in composed.spans),
        lead=composed.lead.cut(document),
        steps=tuple(span.cut(document) for span in composed.steps),
        more=tuple(span.cut(document) for span in composed.more),
        strength=strength,
        caution=messages.text(f"caution_{caution}", lang) if caution else None,
        notice="\n".join((*doubt, *foreign)) or None,
        contacts=_contacts(passage, document, understood, lang, directory),
        citations=(cite(document, passage, composed),),
        assumed=(
            *assumed_province(understood, passage, lang),
            *assumed_facts(stated, passage, lang),
        ),
        suggestions=suggestions,
    )


def also_say(reply: Reply, passage: Passage, document: Document) -> Reply:
    """`reply` with the words of a second passage after its own, and its citation."""
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
