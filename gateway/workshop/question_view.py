"""A question on a page: asked, then with what the room chose and what the texts say of each choice.

Counts are shown to the room only from FEWEST answers on: below that a bar points to a person.
"""

from collections import Counter

from gateway.markup import Html, join, tag
from gateway.workshop import passages
from gateway.workshop.frame import LANGS, say, words
from gateway.workshop.stages import Option, Question
from guidebook.corpus import Corpus
from guidebook.training.scenario_review import Review, ReviewedVisit
from guidebook.training.schema import Both
from guidebook.vocabulary import Lang

FEWEST = 3
LETTERS = "ABCDEFGH"


def both(text: Both, name: str = "p", class_: str | None = None) -> Html:
    """A text in both languages, for the wall."""
    return tag("div", *(words(getattr(text, lang), lang, name) for lang in LANGS), class_=class_)


def counter(question: Question, lang: Lang) -> Html:
    """Which question this is."""
    of = f" / {question.of}" if question.of else ""
    return tag("p", say("question", lang), " ", tag("bdi", f"{question.number}{of}"), class_="hint")


def asked(question: Question) -> Html:
    """The question and its choices, on the wall."""
    choices = (
        tag("li", tag("b", LETTERS[at], class_="letter"), both(option.text))
        for at, option in enumerate(question.options)
    )
    return join((both(question.text, "h1", "asked"), tag("ol", *choices, class_="choices-shown")))


def told(
    question: Question,
    counted: Counter[int],
    taken: int | None,
    corpus: Corpus | None,
    lang: Lang,
) -> Html:
    """The question with its outcome, on the wall."""
    total = sum(counted.values())
    rows = (
        tag(
            "li",
            tag("b", LETTERS[at], class_="letter"),
            tag(
                "div",
                both(option.text),
                _bar(counted[at], total),
                tag("p", say("taken", lang), class_="mine") if at == taken else Html(),
                verdict(option, lang),
                both(option.debrief, class_="debrief") if option.debrief else Html(),
                passages.lead(corpus, option.passage, lang) if option.debrief else Html(),
            ),
            class_=f"told told-{option.verdict}",
        )
        for at, option in enumerate(question.options)
    )
    few = tag("p", say("too_few", lang), class_="hint") if 0 < total < FEWEST else Html()
    reason = Html()
    if not any(option.debrief for option in question.options):
        reason = passages.whole(corpus, question.options[0].passage, lang)
    return join(
        (both(question.text, "h1", "asked"), few, tag("ol", *rows, class_="choices-shown"), reason)
    )


def way(back: Review, lang: Lang) -> Html:
    """The way the room went through a case: what was taken, of how many votes, in what time."""
    rows = (
        tag(
            "li",
            both(choice.text),
            tag("p", say(f"verdict_{choice.verdict}", lang), class_="verdict"),
            tag("p", _votes(visit, lang), class_="hint"),
            class_=f"told told-{choice.verdict}",
        )
        for visit in back.visits
        if (choice := visit.choice)
    )
    return tag("ol", *rows, class_="way")


def _votes(visit: ReviewedVisit, lang: Lang) -> str:
    minutes = f"{visit.spent_s / 60:.0f} / {visit.planned_s / 60:.0f}"
    votes = sum(visit.tally)
    own = 0 if visit.taken is None else visit.tally[visit.taken]
    shown = f"{say('votes', lang)} {own} / {votes} · " if votes >= FEWEST else ""
    return f"{shown}{say('minutes', lang)} {minutes}"


def verdict(option: Option, lang: Lang) -> Html:
    """What the texts say of a choice: of a quiz right or wrong, of a case good, poor, forbidden."""
    if option.debrief:
        return tag("p", say(f"verdict_{option.verdict}", lang), class_="verdict")
    if option.verdict != "good":
        return Html()
    return tag("p", say("right_answer", lang), class_="verdict")


def _bar(count: int, total: int) -> Html:
    if total < FEWEST:
        return Html()
    bar = tag("progress", value=str(count), max=str(total), aria_hidden="true")
    return tag("p", bar, " ", tag("bdi", f"{count} / {total}"), class_="bar")
