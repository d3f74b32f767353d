"""Turn a question into an answer, or into a named refusal.

The steps run in the order listed in STEPS; each may finish the answer early, and every path ends
in a status from the closed list. `answer` is pure: what it needs to remember goes in and comes
out as a Context. It opens nothing and never raises for anything an officer can type.
"""

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from guidebook.citing import offer_urdu, suggestions
from guidebook.clarifying import (
    MAX_CLARIFY,
    choice_in,
    clarifying_reply,
    missing_facet,
    wants_harm,
)
from guidebook.context import Context
from guidebook.correcting import corrected, not_doubled
from guidebook.declining import decline, least
from guidebook.differing import in_order, set_beside
from guidebook.facets import Facets, case_told
from guidebook.language import reply_lang, writing_of
from guidebook.myths import believed, correction_of
from guidebook.parts import second_part
from guidebook.priors import without_usual
from guidebook.query import Query, Understood, understand
from guidebook.questions import asks
from guidebook.records import Span
from guidebook.refusing import not_verified, refused
from guidebook.reply import Reply
from guidebook.requests import (
    goes_on,
    meant_a_case,
    meant_themselves,
    named_status,
    wants_numbers,
)
from guidebook.resolving import resolve
from guidebook.retriever import Retriever, SearchResult, SearchResults
from guidebook.saying import also_say, say
from guidebook.supporting import support, support_numbers
from guidebook.taking_note import said_now
from guidebook.vocabulary import Lang, supports

MAX_REMEMBERED = 5  # passages, for "show me the source"
MAX_RESOLVED = 400  # characters of question kept for the next one


@dataclass(frozen=True)
class Answer:
    """What is said, and the evidence it was said on. A correction goes before the reply."""

    reply: Reply
    correction: Reply | None = None
    results: tuple[SearchResult, ...] = ()
    rejected: tuple[SearchResult, ...] = ()
    probability: float = 0.0

    @property
    def replies(self) -> tuple[Reply, ...]:
        """Everything that is said, in order."""
        return (self.reply,) if self.correction is None else (self.correction, self.reply)


@dataclass(frozen=True)
class Draft:
    """An answer in the making. A step returns it changed; `done` ends the list."""

    query: Query
    context: Context
    lang: Lang
    now: float
    as_case: bool = False
    understood: Understood | None = None
    stated: Facets = field(default_factory=dict)  # what this message itself says
    search: SearchResults | None = None
    correction: Reply | None = None
    done: Reply | None = None
    remembered: Context = field(default_factory=Context)


Step = Callable[[Draft, Retriever], Draft]


def answer(
    query: Query, context: Context, retriever: Retriever, now: float
) -> tuple[Answer, Context]:
    """Answer `query` in the light of `context`; `now` is a POSIX time in seconds."""
    lang = reply_lang(writing_of(query.text), query.lang)
    now_said = said_now(query, context)
    draft = Draft(now_said, context, lang, now, remembered=replace(context, at=now))
    for step in STEPS:
        if draft.done is None:
            draft = step(draft, retriever)
    assert draft.done is not None  # noqa: S101  # the last step always finishes
    search = draft.search
    return (
        Answer(
            reply=draft.done,
            correction=not_doubled(draft.correction, draft.done),
            results=search.accepted if search else (),
            rejected=search.rejected if search else (),
            probability=search.probability if search else 0.0,
        ),
        draft.remembered,
    )


def take_up_disclosure(draft: Draft, retriever: Retriever) -> Draft:
    """After support was given: the numbers again, or the same message, meant as a case."""
    disclosed = draft.context.disclosed
    if disclosed is None:
        return draft
    if wants_numbers(draft.query.text):
        directory = retriever.corpus.directory
        reply = support_numbers(directory, draft.query.province, draft.lang)
        return replace(draft, done=reply)
    if meant_themselves(draft.query.text):
        status = named_status(disclosed, retriever.meant, retriever.unlike)
        if status is not None and supports(status):
            directory = retriever.corpus.directory
            reply = support(status, directory, draft.query.province, draft.lang)
            return replace(draft, done=reply)
    if meant_a_case(draft.query.text):
        query = replace(draft.query, text=disclosed, intent=None)
        left = replace(draft.remembered, disclosed=None)
        return replace(draft, query=query, as_case=True, remembered=left)
    return draft


def name_requests(draft: Draft, retriever: Retriever) -> Draft:
    """Requests with a reply of their own: support for the writer, and what is never done."""
    pressed = retriever.titled(draft.query.text)  # a button's words, whatever they come near to
    status = None if pressed else named_status(draft.query.text, retriever.meant, retriever.unlike)
    if status is not None and supports(status):
        if draft.as_case or (draft.context.disclosed is not None and asks(draft.query.text)):
            return draft  # what is asked after the support is not met by the same words again
        status = goes_on(status, draft.context.disclosed)
        directory = retriever.corpus.directory
        reply = support(status, directory, draft.query.province, draft.lang)
        kept = replace(draft.remembered, disclosed=draft.query.text[-MAX_RESOLVED:])
        return replace(draft, done=reply, remembered=kept)
    if status is not None:
        return replace(draft, done=refused(status, retriever.corpus, draft.lang))
    return draft


def correct_myth(draft: Draft, retriever: Retriever) -> Draft:
    """A belief that the message takes for granted is put right before the answer."""
    myth = believed(draft.query.text, retriever.meant)
    correction = correction_of(myth, retriever.corpus, draft.lang) if myth else None
    if correction is None:
        return draft
    return replace(draft, correction=corrected(correction, draft.lang))


def understand_query(draft: Draft, retriever: Retriever) -> Draft:
    """Read the words; another country's law ends here."""
    understood = understand(draft.query)
    if understood.other_country and not understood.jurisdiction_named:
        other = refused("unanswerable_other_country", retriever.corpus, draft.lang)
        return replace(draft, done=other)
    return replace(draft, understood=understood, stated=understood.facets)


def ask_harm(draft: Draft, retriever: Retriever) -> Draft:
    """ "Which section?" before anything was told of a case turns on what was done to her."""
    if draft.context.resolved_query or not wants_harm(draft.query.text, draft.stated):
        return draft
    kept = replace(draft.remembered, resolved_query=draft.query.text, clarify_count=1)
    return replace(draft, done=clarifying_reply("harm", (), draft.lang), remembered=kept)


def search_passages(draft: Draft, retriever: Retriever) -> Draft:
    """Search the question as it stands and, when it leans on the last one, together with it."""
    assert draft.understood is not None  # noqa: S101  # understand_query ran before
    found = resolve(draft.query, draft.understood, draft.context, retriever)
    case = case_told(draft.query.text, draft.stated, draft.context.case_query)
    kept = replace(
        draft.remembered,
        resolved_query=found.topic[-MAX_RESOLVED:],
        last_query=found.last and found.last[-MAX_RESOLVED:],
        case_query=case and case[-MAX_RESOLVED:],
    )
    return replace(draft, search=found.search, understood=found.understood, remembered=kept)


def judge_evidence(draft: Draft, retriever: Retriever) -> Draft:
    """Refuse when the evidence does not carry an answer; show the nearest text as what it is."""
    assert draft.search is not None  # noqa: S101  # earlier steps saw to it
    assert draft.understood is not None  # noqa: S101
    known = draft.search.coverage > 0  # else not one word of the question stands in the corpus
    enough = least(draft.query, draft.understood, draft.stated, draft.context, retriever.fusion)
    if known and draft.search.accepted and draft.search.probability >= enough:
        return draft
    declined = decline(
        draft.query,
        draft.context,
        draft.stated,
        draft.search,
        retriever,
        province=draft.understood.jurisdiction,
        lang=draft.lang,
        as_case=draft.as_case,
    )
    before, remembered = draft.context, draft.remembered
    if before.resolved_query:  # what was not answered is no new matter
        remembered = replace(
            remembered, resolved_query=before.resolved_query, last_query=before.last_query
        )
    if declined.told:
        remembered = replace(remembered, facets={**draft.context.facets, **draft.stated})
    remembered = replace(remembered, failures=before.failures + declined.guessed)
    return replace(draft, done=declined.reply, remembered=remembered)


def admit_gap(draft: Draft, retriever: Retriever) -> Draft:
    """A matter known not to be verified wins: say so in the gap's own words, and who to ask."""
    assert draft.search is not None  # noqa: S101  # earlier steps saw to it
    assert draft.understood is not None  # noqa: S101
    first = draft.search.accepted[0].passage
    said, document = retriever.corpus.said_in(first, draft.lang)
    if document.kind != "known-gap":
        return draft
    words = Span(document.id, document.digest, said.start, said.end)
    reply = not_verified(document, words, draft.search.accepted[1:], retriever.corpus, draft.lang)
    return replace(draft, done=reply)


def ask_missing_facet(draft: Draft, retriever: Retriever) -> Draft:
    """One short question when the answer turns on a fact the officer has not said."""
    assert draft.search is not None  # noqa: S101  # earlier steps saw to it
    assert draft.understood is not None  # noqa: S101
    if draft.context.clarify_count >= MAX_CLARIFY:
        return draft
    facet = missing_facet(draft.search.accepted, draft.understood.facets)
    if facet is None:
        return draft
    reply = clarifying_reply(facet, draft.search.accepted, draft.lang)
    remembered = replace(
        draft.remembered,
        facets=without_usual(draft.understood.facets),
        clarify_count=draft.context.clarify_count + 1,
    )
    return replace(draft, done=reply, remembered=remembered)


def compose_reply(draft: Draft, retriever: Retriever) -> Draft:
    """Say the first passage's own words, and a second's when two things were asked."""
    assert draft.search is not None  # noqa: S101  # earlier steps saw to it
    assert draft.understood is not None  # noqa: S101
    first, other = in_order(draft.search.accepted, draft.understood, retriever.corpus)
    others = (found.passage for found in draft.search.accepted[1:])
    reply = say(
        first,
        retriever.corpus,
        understood=draft.understood,
        stated={**draft.stated, **choice_in(draft.query.text)},
        lang=draft.lang,
        strength=retriever.fusion.strength(draft.search.probability),
        suggestions=(
            *offer_urdu(draft.understood, first, retriever.corpus, draft.lang),
            *suggestions(others, retriever.corpus, draft.lang, near=first),
        ),
    )
    said = [first.id]
    second = second_part(draft.query, first, retriever)
    if second is not None:
        reply = also_say(reply, second, retriever.corpus)
        said.append(second.id)
    if other is not None and other.id not in said:
        reply = set_beside(reply, first, other, retriever.corpus)
        said.append(other.id)
    remembered = replace(
        draft.remembered,
        answered_passage_ids=(*said, *draft.context.answered_passage_ids)[:MAX_REMEMBERED],
        facets=without_usual(draft.understood.facets),
        clarify_count=0,
        failures=0,
    )
    return replace(draft, done=reply, remembered=remembered)


STEPS: tuple[Step, ...] = (
    take_up_disclosure,
    name_requests,
    correct_myth,
    understand_query,
    ask_harm,
    search_passages,
    judge_evidence,
    admit_gap,
    ask_missing_facet,
    compose_reply,
)
