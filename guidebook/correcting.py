"""Build the short reply that corrects a belief, in a document's own words, before the answer."""

from guidebook import messages
from guidebook.citing import language_note
from guidebook.composition import Composed
from guidebook.myths import Correction
from guidebook.quoting import cite
from guidebook.reply import Reply
from guidebook.vocabulary import Lang


def corrected(correction: Correction, lang: Lang) -> Reply:
    """The cited words, under one line of ours that says what they are."""
    words = correction.span.cut(correction.document)
    note = language_note(correction.document, lang)
    return Reply(
        status="told_myth_corrected",
        lang=lang,
        text=words,
        lead=words,
        notice="\n".join(filter(None, (messages.text("myth_notice", lang), note))),
        citations=(
            cite(correction.document, correction.passage, Composed(correction.span, (), ())),
        ),
    )


def not_doubled(correction: Reply | None, reply: Reply) -> Reply | None:
    """The correction, unless the reply cites the very passage."""
    if correction is None:
        return None
    cited = {citation.passage_id for citation in reply.citations}
    return None if correction.citations[0].passage_id in cited else correction
