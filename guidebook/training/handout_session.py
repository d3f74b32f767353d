"""The handout of a workshop that was held: a summary on one page, then everything in detail.

Counts alone. Small rooms are told as small by the charts' own notes, and what a figure does not say
stands beside it. Passages that were misread are quoted, so that they can be read together.
"""

from datetime import date

from guidebook import messages
from guidebook.corpus import Corpus
from guidebook.training.charts import gain_chart, items_chart, topics_chart, votes_chart
from guidebook.training.gain import Gain
from guidebook.training.handout import (
    Block,
    Drawn,
    Facts,
    Handout,
    Heading,
    Line,
    Listed,
    NewPage,
    Paragraph,
    Words,
)
from guidebook.training.handout_frame import notices, number, read, say
from guidebook.training.handout_sources import Passages
from guidebook.training.item_analysis import ItemFigures, QuizFigures
from guidebook.training.quiz_run import FORMS
from guidebook.training.session import PlayedScenario, Session
from guidebook.vocabulary import Lang

MOST_MISREAD = 3  # on the page of summary
MOST_NEAREST = 10


def session_handout(
    session: Session, corpus: Corpus, lang: Lang, made_on: date, *, one_page: bool = False
) -> Handout:
    """What the room answered; with `one_page` the summary alone."""
    passages = Passages(corpus, lang)
    blocks = _summary(session, lang)
    if not one_page:
        blocks.append(NewPage())
        for figures in session.quizzes:
            blocks += _quiz(figures, passages, lang)
        for played in session.scenarios:
            blocks += _scenario(played, lang)
        blocks += _asked(session, corpus, lang)
        if passages.quoted():
            blocks.append(Heading(say("handout_passages", lang)))
        blocks += [*passages.quoted(), *passages.sources()]
    return Handout(
        lang=lang,
        sort=messages.text("handout_session", lang),
        title=Words(session.held_on.isoformat(), lang),
        made_on=made_on,
        notices=notices(lang, draft=True, quotes=bool(passages.quoted())),
        blocks=tuple(blocks),
    )


def _summary(session: Session, lang: Lang) -> list[Block]:
    joined = (_fact("results_joined", session.joined, lang),)
    if session.gain is not None:
        facts = Facts(joined + _gain_facts(session.gain, lang))
        blocks: list[Block] = [facts, Drawn(gain_chart(session.gain, lang))]
        blocks += _gain_notes(session.gain, lang)
    elif session.quizzes:
        figures = session.quizzes[0]
        facts = Facts(joined + _quiz_facts(figures, lang))
        blocks = [facts, Drawn(items_chart(figures, lang))]
    else:
        blocks = [Facts(joined)]
    for figures in session.quizzes[-1:]:
        if figures.misread:
            heading = f"{_name(figures, lang).text}: {messages.text('results_misread', lang)}"
            blocks.append(Heading(Words(heading, lang), 2))
            blocks += [_misread_line(one, lang) for one in figures.misread[:MOST_MISREAD]]
    return blocks


def _name(figures: QuizFigures, lang: Lang) -> Words:
    key = f"handout_{figures.name}" if figures.name in FORMS else f"topic_{figures.name}"
    return say(key, lang)


def _quiz(figures: QuizFigures, passages: Passages, lang: Lang) -> list[Block]:
    blocks: list[Block] = [
        Heading(_name(figures, lang)),
        Facts(_quiz_facts(figures, lang)),
        Drawn(items_chart(figures, lang)),
    ]
    if figures.items:
        blocks.append(Heading(say("results_misread", lang), 2))
        blocks += [_misread(one, passages, lang) for one in figures.misread]
        if not figures.misread:
            blocks.append(Paragraph(say("results_misread_none", lang)))
    weak = [one for one in figures.items if round(one.discrimination or 0.0, 2) < 0]
    if weak:
        blocks += [
            Heading(say("results_weak", lang), 2),
            *(_weak(one, lang) for one in weak),
            Paragraph(say("results_weak_note", lang), "note"),
        ]
    return blocks


def _quiz_facts(figures: QuizFigures, lang: Lang) -> tuple[tuple[str, str], ...]:
    facts = [
        _fact("results_sheets", figures.sheets, lang),
        _fact("results_finished", figures.finished, lang),
    ]
    if figures.mean is not None:
        facts.append(_fact("results_mean", _percent(figures.mean), lang))
    return tuple(facts)


def _gain_facts(gained: Gain, lang: Lang) -> tuple[tuple[str, str], ...]:
    facts = [_fact("results_paired", gained.paired, lang)]
    if gained.before is not None and gained.after is not None and gained.points is not None:
        facts += [
            _fact("results_before", _percent(gained.before), lang),
            _fact("results_after", _percent(gained.after), lang),
            _fact("results_points", _points(gained), lang),
        ]
    return tuple(facts)


def _points(gained: Gain) -> str:
    points = f"{gained.points:+.0f}"
    if gained.interval is None:
        return points
    low, high = gained.interval
    return f"{points} ({low:+.0f} ... {high:+.0f})"


def _gain_notes(gained: Gain, lang: Lang) -> list[Block]:
    clear = "results_clear" if gained.clear else "results_unclear"
    return [
        Paragraph(say(clear, lang), "note"),
        Paragraph(say("results_not_equal", lang), "note"),
    ]


def _misread_line(one: ItemFigures, lang: Lang) -> Listed:
    """What was misread: the question, and what was chosen most instead of the right answer."""
    belief = one.belief or 0
    wrong = read(one.item.options[belief], lang)
    return Listed(
        Words(f"{one.number}. {read(one.item.question, lang).text}", lang),
        (_told("results_belief", wrong, one.chosen[belief], lang),),
    )


def _misread(one: ItemFigures, passages: Passages, lang: Lang) -> Listed:
    short = _misread_line(one, lang)
    named = f"{messages.text('handout_passage', lang)} {passages.letter(one.item.rationale)}"
    right = read(one.item.options[one.item.key], lang)
    key = _told("results_answer_key", right, one.difficulty.part, lang)
    return Listed(short.lead, (key, *short.lines, Line("", Words(named, lang))))


def _weak(one: ItemFigures, lang: Lang) -> Listed:
    figure = number(f"{one.discrimination:.2f}", lang)
    telling = f"{messages.text('results_discrimination', lang)}: {figure}"
    lead = Words(f"{one.number}. {read(one.item.question, lang).text}", lang)
    return Listed(lead, (Line("", Words(telling, lang)),))


def _told(key: str, words: Words, count: int, lang: Lang) -> Line:
    return Line("", Words(f"{messages.text(key, lang)} ({count}): {words.text}", lang))


def _scenario(played: PlayedScenario, lang: Lang) -> list[Block]:
    reviewed = played.review
    end = "results_reached_end" if reviewed.reached_end else "results_stopped"
    blocks: list[Block] = [
        Heading(read(played.title, lang)),
        Paragraph(say(end, lang)),
        Facts((_fact("results_detours", reviewed.detours, lang),)),
    ]
    for place, visit in enumerate(reviewed.visits, 1):
        minutes = f"{visit.planned_s / 60:.0f} / {visit.spent_s / 60:.0f}"
        name = Words(f"{messages.text('handout_step', lang)} {place}", lang)
        blocks += [
            Heading(name, 2),
            Paragraph(read(visit.step.situation, lang), "lead"),
            Drawn(votes_chart(visit.step, visit.tally, lang)),
            Facts((_fact("results_minutes", minutes, lang),)),
        ]
        if visit.choice is not None:
            taken = read(visit.choice.text, lang).text
            words = f"{messages.text('results_taken', lang)}: {taken}"
            blocks.append(Paragraph(Words(words, lang)))
        if visit.split:
            blocks.append(Paragraph(say("results_split", lang), "note"))
    return blocks


def _asked(session: Session, corpus: Corpus, lang: Lang) -> list[Block]:
    blocks: list[Block] = [Heading(say("results_asked", lang))]
    if session.topics:
        blocks.append(Drawn(topics_chart(session.topics, lang)))
    else:
        blocks.append(Paragraph(say("results_nothing", lang)))
    blocks.append(Facts((_fact("results_unanswered", session.unanswered, lang),)))
    lines = []
    for passage_id, count in session.nearest[:MOST_NEAREST]:
        passage = corpus.passage(passage_id)
        heading = passage_id if passage is None else passage.heading
        lines.append(Line(f"{count}", Words(heading, "en")))
    if lines:
        blocks.append(Listed(say("plain_nearest", lang), tuple(lines)))
    return blocks


def _fact(key: str, value: object, lang: Lang) -> tuple[str, str]:
    return messages.text(key, lang), number(str(value), lang)


def _percent(share: float) -> str:
    return f"{100 * share:.0f} %"
