"""The handout of a scenario: the case and its choices, what is said of each, and the reasons.

What is said of the choices begins on a page of its own, so that the first part can be given out
alone. The facilitator's has notes and minutes beside each step, and where each choice leads.
"""

from datetime import date

from guidebook import messages
from guidebook.corpus import Corpus
from guidebook.training.handout import (
    Block,
    Facts,
    Handout,
    Heading,
    Line,
    Listed,
    NewPage,
    Paragraph,
    Words,
)
from guidebook.training.handout_frame import BOX, notices, read, say
from guidebook.training.handout_sources import Passages
from guidebook.training.schema import END, Choice, Scenario, Step
from guidebook.vocabulary import Lang


def scenario_handout(
    scenario: Scenario,
    corpus: Corpus,
    lang: Lang,
    made_on: date,
    *,
    facilitator: bool = False,
) -> Handout:
    """One case; with `facilitator` the one to stand before the room with."""
    passages = Passages(corpus, lang)
    numbers = {step.id: number for number, step in enumerate(scenario.steps, 1)}
    blocks: list[Block] = [
        Paragraph(read(scenario.summary, lang), "strong"),
        Paragraph(_rules(lang), "box"),
    ]
    if facilitator:
        blocks += [
            Facts(((messages.text("handout_minutes", lang), _minutes(scenario)),)),
            Heading(say("handout_notes", lang), 2),
            Paragraph(read(scenario.facilitator_notes, lang)),
        ]
    else:
        blocks += [one for step in scenario.steps for one in _asked(step, numbers, lang)]
        blocks += [NewPage(), Heading(say("handout_afterwards", lang))]
    for step in scenario.steps:
        blocks += _told(step, numbers, passages, lang, facilitator=facilitator)
    looking_back = tuple(Line("\u2013", read(one, lang)) for one in scenario.after_action)
    blocks += [
        Heading(say("handout_after_action", lang)),
        Listed(Words("", lang), looking_back),
        Heading(say("handout_passages", lang)),
        *passages.quoted(),
        *passages.sources(),
    ]
    return Handout(
        lang=lang,
        sort=messages.text("handout_facilitator" if facilitator else "handout_scenario", lang),
        title=read(scenario.title, lang),
        made_on=made_on,
        notices=notices(lang, draft=scenario.review_status == "draft", quotes=True),
        blocks=tuple(blocks),
    )


def _rules(lang: Lang) -> Words:
    keys = ("handout_written", "handout_opt_out", "handout_no_acting")
    return Words(" ".join(messages.text(key, lang) for key in keys), lang)


def _minutes(scenario: Scenario) -> str:
    return str(sum(step.minutes for step in scenario.steps))


def _asked(step: Step, numbers: dict[str, int], lang: Lang) -> list[Block]:
    """A step as the room meets it: no verdict."""
    lines = tuple(Line(BOX, read(choice.text, lang)) for choice in step.choices)
    return [
        Heading(_step_name(step, numbers, lang), 2),
        Listed(read(step.situation, lang), lines),
    ]


def _told(
    step: Step,
    numbers: dict[str, int],
    passages: Passages,
    lang: Lang,
    *,
    facilitator: bool,
) -> list[Block]:
    """A step with what is said of each choice."""
    name = _step_name(step, numbers, lang)
    if facilitator:
        minutes = f"{messages.text('handout_minutes', lang)}: {step.minutes}"
        name = Words(f"{name.text} ({minutes})", lang)
    lines = []
    for choice in step.choices:
        verdict = messages.text(f"verdict_{choice.verdict}", lang)
        letter = passages.letter(choice.passage)
        said = f"{verdict}: {read(choice.debrief, lang).text}"
        point = f"{messages.text('handout_passage', lang)} {letter}"
        if facilitator:
            point = f"{point} · {_leads_to(choice, numbers, lang)}"
        lines.append(Line(BOX, read(choice.text, lang), (Words(said, lang), Words(point, lang))))
    return [Heading(name, 2), Listed(read(step.situation, lang), tuple(lines))]


def _step_name(step: Step, numbers: dict[str, int], lang: Lang) -> Words:
    return Words(f"{messages.text('handout_step', lang)} {numbers[step.id]}", lang)


def _leads_to(choice: Choice, numbers: dict[str, int], lang: Lang) -> str:
    if choice.next == END:
        return messages.text("handout_end", lang)
    return f"{messages.text('handout_next', lang)} {numbers[choice.next]}"
