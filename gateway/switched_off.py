"""What an officer reads where answers are switched off: a fixed sentence, and the reason given.

Everything off: no message reaches Rasa. A topic off: a reply that cites or shows a document of
that topic is replaced on its way back. First steps in danger are never replaced.
"""

from collections.abc import Iterable, Sequence

from gateway.switch import State, Stopped
from guidebook import messages
from guidebook.corpus import Corpus
from guidebook.reply import Reply
from guidebook.vocabulary import Lang

STATUS = "refused_switched_off"


def everything(stopped: Stopped, lang: Lang) -> Reply:
    """The reply while everything is off."""
    return _reply(STATUS, stopped, lang)


def without_stopped_topics(
    replies: Sequence[Reply], state: State, corpus: Corpus | None
) -> tuple[Reply, ...]:
    """The replies, each that rests on a stopped topic replaced."""
    if not state.topics:
        return tuple(replies)
    return tuple(_checked(reply, state, corpus) for reply in replies)


def _checked(reply: Reply, state: State, corpus: Corpus | None) -> Reply:
    stopped = [state.topics[topic] for topic in _topics(reply, corpus) if topic in state.topics]
    if not stopped:
        return reply
    refusal = _reply("switched_off_topic", stopped[0], reply.lang)
    return refusal.model_copy(update={"masked": reply.masked})


def _topics(reply: Reply, corpus: Corpus | None) -> Iterable[str]:
    for citation in (*reply.citations, *reply.nearest):
        document = corpus.document(citation.document_id) if corpus else None
        if document is not None:
            yield from document.topics


def _reply(key: str, stopped: Stopped, lang: Lang) -> Reply:
    text = messages.text(key, lang)
    return Reply(status=STATUS, lang=lang, text=text, notice=stopped.reason or None)
