"""The question sheet of a form, for a room without phones; the facilitator's has the key."""

from datetime import date

from guidebook import messages
from guidebook.corpus import Corpus
from guidebook.training.content import Training
from guidebook.training.handout import (
    Block,
    Facts,
    Handout,
    Heading,
    Line,
    Listed,
    Paragraph,
    Words,
)
from guidebook.training.handout_frame import notices, question, read, say
from guidebook.training.handout_sources import Passages
from guidebook.training.quiz_run import quiz_items
from guidebook.training.schema import QuizItem
from guidebook.vocabulary import Lang

LINE = "_" * 16  # to write a number on


def form_handout(
    training: Training,
    corpus: Corpus,
    name: str,
    lang: Lang,
    made_on: date,
    *,
    facilitator: bool = False,
) -> Handout:
    """The sheet of `pre` or `post`; with `facilitator` the right answers and their passages."""
    items = quiz_items(training, name)
    return Handout(
        lang=lang,
        sort=messages.text("handout_facilitator" if facilitator else "handout_form", lang),
        title=say(f"handout_{name}", lang),
        made_on=made_on,
        notices=notices(lang, draft=True, quotes=facilitator),
        blocks=_key(items, corpus, lang) if facilitator else _sheet(items, lang),
    )


def _sheet(items: tuple[QuizItem, ...], lang: Lang) -> tuple[Block, ...]:
    return (
        Facts(((messages.text("handout_number", lang), LINE),)),
        Paragraph(say("handout_form_rule", lang), "box"),
        *(question(item, number, lang) for number, item in enumerate(items, 1)),
    )


def _key(items: tuple[QuizItem, ...], corpus: Corpus, lang: Lang) -> tuple[Block, ...]:
    passages = Passages(corpus, lang)
    answers: list[Block] = []
    for number, item in enumerate(items, 1):
        named = f"{messages.text('handout_passage', lang)} {passages.letter(item.rationale)}"
        right = Line(f"{item.key + 1}.", read(item.options[item.key], lang), (Words(named, lang),))
        lead = Words(f"{number}. {read(item.question, lang).text}", lang)
        answers.append(Listed(lead, (right,)))
    return (
        Heading(say("handout_key", lang)),
        *answers,
        Heading(say("handout_passages", lang)),
        *passages.quoted(),
        *passages.sources(),
    )
