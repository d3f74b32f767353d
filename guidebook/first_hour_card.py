"""Draw the first-hour card: which passages are steps of this case, and in which order.

Every step is a span of a passage that carries `when`; nothing is written here. A step counts when
its cases, its province and its `applies_to` fit and what it depends on was said. A step whose time
has passed moves below and says so: it is never dropped. No step is scored.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import get_args

from guidebook import facets, messages
from guidebook.citing import language_note, suggestions
from guidebook.composition import compose
from guidebook.corpus import Corpus
from guidebook.first_hour import QUESTIONS, UNKNOWN, Answers, label, rules
from guidebook.quoting import cite
from guidebook.records import Document, Passage, Span, When
from guidebook.reply import Assumed, Card, CardFact, CardStep, Citation, Contact, Reply
from guidebook.services import contacts_for
from guidebook.vocabulary import Jurisdiction, Lang, Phase

MOST_STEPS = 12
MOST_OF_PHASE: Mapping[Phase, int] = {"first_hour": 9, "first_day": 3, "later": 1}
"""The first day is on every card, however much there is to do in the first hour."""
MOST_CONTACTS = 2

AT_ONCE_HOURS = 1
"""`within_hours` up to this counts from now; a longer time counts from what happened."""
PASSED_HOURS: Mapping[str, float] = {"hours_6": 1, "hours_24": 6, "days_3": 24, "longer": 72}
"""How many hours have passed for certain. A step whose time may still be met stays on top."""

NOT_SAID = {"role": "survivor", "court_order": "no", "custody": "no", "online": "no"}
"""What is so unless it was said: the card is about a survivor, outside custody and court."""

_BARE_ANSWER = re.compile(r"(?:Yes\.|No\.|(?:جی )?(?:ہاں|نہیں)[۔،]) (?=\S)")
_PHASES: tuple[Phase, ...] = get_args(Phase)


@dataclass(frozen=True)
class Case:
    """What is known of the case. `province` decides which local law and numbers count."""

    answers: Answers
    mentions: tuple[str, ...]
    province: Jurisdiction
    province_named: bool = False


@dataclass(frozen=True)
class Step:
    """A passage that is a step of the case."""

    passage: Passage
    when: When
    document: Document
    late: bool
    meant: bool  # its `applies_to` names what was said

    @property
    def timed(self) -> bool:
        """It must be done within a named time."""
        return self.when.within_hours is not None

    @property
    def pressing(self) -> bool:
        """Its time is named and can still be met."""
        return self.timed and not self.late

    @property
    def place(self) -> tuple[int, int, int]:
        """Where it stands on the card: pressing first, late last in its phase."""
        rank = 0 if self.pressing else 2 if self.late else 1
        return _PHASES.index(self.when.phase), rank, self.when.order


def draw(case: Case, corpus: Corpus, lang: Lang) -> Reply:
    """The reply that holds the card."""
    steps = [_said(step, corpus, lang) for step in chosen(steps_of(case, corpus))]
    texts = [_span(step).cut(step.document) for step in steps]
    citations = tuple(cite(s.document, s.passage, compose(s.passage, s.document)) for s in steps)
    late = any(step.late for step in steps)
    notes = dict.fromkeys(language_note(step.document, lang) for step in steps)
    return Reply(
        status="told_first_hour",
        lang=lang,
        text="\n".join(texts),
        caution=messages.text("card_late", lang) if late else None,
        notice="\n".join(filter(None, (messages.text("card_check", lang), *notes))),
        contacts=_contacts(case, corpus, lang),
        citations=citations,
        assumed=_assumed(case, citations, lang),
        suggestions=suggestions((step.passage for step in steps), corpus, lang),
        card=Card(
            title=messages.text("card_title", lang),
            facts=_facts(case.answers, lang),
            steps=tuple(_card_step(steps[i], texts[i], i, lang) for i in range(len(steps))),
        ),
    )


def _said(step: Step, corpus: Corpus, lang: Lang) -> Step:
    passage, document = corpus.said_in(step.passage, lang)
    return replace(step, passage=passage, document=document)


def steps_of(case: Case, corpus: Corpus) -> list[Step]:
    """Every step that fits the case, in the order of the card."""
    found = []
    for passage in corpus.passages:
        document = corpus.document(passage.document_id)
        if passage.when is None or document is None or not _fits(passage, passage.when, case):
            continue
        late = _is_late(passage.when, case.answers.get("time"))
        meant = facets.matches(_facets(case), passage.applies_to) > 0
        found.append(Step(passage, passage.when, document, late, meant))
    return sorted(found, key=lambda step: (*step.place, step.passage.id))


def chosen(steps: Iterable[Step]) -> list[Step]:
    """At most MOST_STEPS: what has a time of its own, then what is written for such a case."""
    ordered = list(steps)
    by_need = sorted(ordered, key=lambda step: (not step.timed, not step.meant, step.place))
    kept: list[Step] = []
    for step in by_need:
        of_phase = sum(one.when.phase == step.when.phase for one in kept)
        same = any(one.document.id == step.document.id for one in kept)
        if of_phase < MOST_OF_PHASE[step.when.phase] and (step.timed or not same):
            kept.append(step)
    return [step for step in ordered if step in kept][:MOST_STEPS]


def _fits(passage: Passage, when: When, case: Case) -> bool:
    told = rules()
    if passage.id in told.left_out:
        return False
    if not {"any", case.answers.get("case")} & set(when.cases):
        return False
    if passage.jurisdiction not in (case.province, "pakistan", "international"):
        return False
    needed = told.belonging.get(passage.id, ())
    if needed and not any(_holds(condition, case) for condition in needed):
        return False
    return not facets.contradicts(_facets(case), passage.applies_to)


def _holds(condition: str, case: Case) -> bool:
    question, stated, value = condition.partition("=")
    return case.answers.get(question) == value if stated else condition in case.mentions


def _facets(case: Case) -> Mapping[str, str]:
    stated = dict(NOT_SAID)
    if case.answers.get("case") == "online_abuse":
        stated["online"] = "yes"
    for question in ("age", "injuries"):
        if case.answers.get(question, UNKNOWN) != UNKNOWN:
            stated[question] = case.answers[question]
    if case.answers.get("family") == "no":
        stated["relation"] = "stranger"
    return stated


def _is_late(when: When, time: str | None) -> bool:
    if when.within_hours is None or when.within_hours <= AT_ONCE_HOURS:
        return False
    return PASSED_HOURS.get(time or UNKNOWN, 0) >= when.within_hours


def _span(step: Step) -> Span:
    """The passage's lead, without the bare "Yes." or "No." to its heading; or a step."""
    composed = compose(step.passage, step.document)
    if number := rules().by_step.get(step.passage.id):
        return composed.steps[number - 1]
    lead = composed.lead
    bare = _BARE_ANSWER.match(lead.cut(step.document))
    start = lead.start + (bare.end() if bare else 0)
    return Span(lead.document_id, lead.digest, start, lead.end)


def _card_step(step: Step, text: str, at: int, lang: Lang) -> CardStep:
    hours = step.when.within_hours
    key = "card_late" if step.late else f"caution_{step.passage.caution}"
    said = step.late or step.passage.caution is not None
    return CardStep(
        text=text,
        phase=step.when.phase,
        within_hours=None if hours is None else round(hours),
        citation=at,
        note=messages.text(key, lang) if said else None,
    )


def _facts(answers: Answers, lang: Lang) -> tuple[CardFact, ...]:
    return tuple(
        CardFact(
            name=name,
            label=messages.text(f"value_fact_{name}", lang),
            value=label(name, answers[name], lang),
        )
        for name in QUESTIONS
        if answers.get(name, UNKNOWN) != UNKNOWN
    )


def _contacts(case: Case, corpus: Corpus, lang: Lang) -> tuple[Contact, ...]:
    if corpus.directory is None:
        return ()
    found = contacts_for(corpus.directory, "first-response", case.province, lang)
    return tuple(found[:MOST_CONTACTS])


def _assumed(case: Case, citations: Iterable[Citation], lang: Lang) -> tuple[Assumed, ...]:
    local = any(citation.jurisdiction == case.province for citation in citations)
    if case.province_named or not local:
        return ()
    words = messages.text("assumed_province", lang, province=case.province)
    return (Assumed(facet="province", value=case.province, label=words),)
