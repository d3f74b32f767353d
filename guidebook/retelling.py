"""Say an answer once more in another language: its passages, and all that stands around them.

The words are spans of the translations; what is assumed, whom to call, how sure it is and what can
be asked next are said again, not left out. The evidence is not weighed anew.
"""

from collections.abc import Callable

from guidebook import messages
from guidebook.citing import language_note, suggestions
from guidebook.corpus import Corpus
from guidebook.records import Passage
from guidebook.reply import Assumed, Contact, Reply
from guidebook.saying import also_say, words_of
from guidebook.vocabulary import Lang

Titled = Callable[[str], Passage | None]


def retell(reply: Reply, corpus: Corpus, titled: Titled, lang: Lang) -> Reply | None:
    """An answer with its words in `lang`; None where its passages are not there any more. `titled`
    finds the passage behind a suggestion."""
    passages = [corpus.passage(citation.passage_id) for citation in reply.citations]
    first, *others = passages or [None]
    if first is None or None in others:
        return None
    said, document = corpus.said_in(first, lang)
    doubt = messages.text("doubt", lang) if reply.strength == "weak" else None
    near = filter(None, (titled(suggestion.payload) for suggestion in reply.suggestions))
    retold = words_of(said, document, lang).model_copy(
        update={
            "strength": reply.strength,
            "notice": "\n".join(filter(None, (doubt, language_note(document, lang)))) or None,
            "contacts": tuple(_named(contact, corpus, lang) for contact in reply.contacts),
            "assumed": tuple(_labelled(fact, lang) for fact in reply.assumed),
            "suggestions": suggestions(near, corpus, lang, near=first),
        }
    )
    for other in others:
        if other is not None:
            retold = also_say(retold, other, corpus)
    return retold


def _labelled(fact: Assumed, lang: Lang) -> Assumed:
    if fact.facet == "province":
        label = messages.text("assumed_province", lang, province=fact.value)
    else:
        label = messages.text(f"choice_{fact.facet}_{fact.value}", lang)
    return fact.model_copy(update={"label": label})


def _named(contact: Contact, corpus: Corpus, lang: Lang) -> Contact:
    services = corpus.directory.services if corpus.directory is not None else ()
    names = {one.name_en: one.name_ur for one in services}
    if lang == "en":
        names = {urdu: english for english, urdu in names.items()}
    return contact.model_copy(update={"label": names.get(contact.label, contact.label)})
