"""An answer said again in another language leaves nothing out, and stays evidence."""

from dataclasses import replace

import pytest

from guidebook import messages
from guidebook.context import Context
from guidebook.corpus import Corpus
from guidebook.library import Library
from guidebook.normalise import urdu_share
from guidebook.query import Query
from guidebook.retelling import retell

ASKED = "He beat her at home in KP. May I arrest him without a warrant, and who protects her?"


@pytest.fixture
def corpus(library: Library) -> Corpus:
    return library.corpus


def test_what_stands_around_the_words_is_said_in_urdu_too(library: Library) -> None:
    answer, _ = library.answer(Query(ASKED), Context(), 0.0)
    english = answer.reply.model_copy(update={"strength": "weak"})
    urdu = retell(english, library.corpus, library.retriever.titled, "ur")
    assert urdu is not None
    assert (urdu.lang, urdu.status, urdu.strength) == ("ur", english.status, "weak")
    assert [c.passage_id for c in urdu.citations] == [c.passage_id for c in english.citations]
    assert urdu.notice is not None
    assert urdu.notice.split("\n") == [
        messages.text("doubt", "ur"),
        messages.text("translated_text", "ur"),
    ]
    assert len(urdu.assumed) == len(english.assumed)
    assert [one.number for one in urdu.contacts] == [one.number for one in english.contacts]
    labels = [one.label for one in urdu.assumed]
    labels += [one.label for one in urdu.contacts]
    labels += [one.title for one in urdu.suggestions]
    assert labels
    assert all(urdu_share(label) > 0.3 for label in labels), labels


def test_there_and_back_again_it_is_the_same(library: Library) -> None:
    answer, _ = library.answer(Query(ASKED), Context(), 0.0)
    titled = library.retriever.titled
    urdu = retell(answer.reply, library.corpus, titled, "ur")
    assert urdu is not None
    back = retell(urdu, library.corpus, titled, "en")
    assert back is not None
    assert (back.text, back.citations) == (answer.reply.text, answer.reply.citations)
    assert (back.contacts, back.assumed) == (answer.reply.contacts, answer.reply.assumed)


def test_an_answer_whose_passage_is_gone_is_not_said_again(library: Library) -> None:
    answer, _ = library.answer(Query(ASKED), Context(), 0.0)
    emptied = replace(library.corpus, documents=(), translations=())
    assert retell(answer.reply, emptied, library.retriever.titled, "ur") is None
