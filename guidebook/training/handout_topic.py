"""The handout of a topic: every passage of its guidance, then the questions to talk over.

Passages stand in English as the corpus has them; an Urdu handout puts an officer's own Urdu wording
of the question beside each and translates nothing. Quiz questions have no key here.
"""

from datetime import date

from guidebook import messages
from guidebook.corpus import Corpus
from guidebook.errors import HandoutError
from guidebook.records import Document
from guidebook.training.content import Training
from guidebook.training.handout import Block, Handout, Heading, Words
from guidebook.training.handout_frame import notices, question, say
from guidebook.training.handout_sources import Passages
from guidebook.vocabulary import Lang, Topic


def topic_handout(
    training: Training, corpus: Corpus, topic: Topic, lang: Lang, made_on: date
) -> Handout:
    """All that the guidance says on `topic`; HandoutError when it says nothing."""
    documents = _documents(corpus, topic)
    if not documents:
        raise HandoutError(f"The corpus has no guidance on {topic!r}; choose another topic.")
    passages = Passages(corpus, lang)
    blocks: list[Block] = []
    for document in documents:
        blocks.append(Heading(Words(document.title, "en")))
        blocks += [passages.quote(one.id) for one in document.passages]
    items = [item for item in training.items if item.topic == topic]
    if items:
        blocks.append(Heading(say("handout_group", lang)))
        blocks += [question(item, number, lang) for number, item in enumerate(items, 1)]
    return Handout(
        lang=lang,
        sort=messages.text("handout_topic", lang),
        title=say(f"topic_{topic}", lang),
        made_on=made_on,
        notices=notices(
            lang, draft=any(one.review_status == "draft" for one in documents), quotes=True
        ),
        blocks=(*blocks, *passages.sources()),
    )


def _documents(corpus: Corpus, topic: Topic) -> list[Document]:
    return [
        one
        for one in corpus.documents
        if one.path.parent.name == topic
        and one.path.parent.parent.name == "guidance"
        and one.superseded_by is None
        and one.kind != "known-gap"
    ]
