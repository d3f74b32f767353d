"""Turn a question into an answer, or into a named refusal.

The steps run in the order listed in STEPS; each may finish the answer early, and every path ends
in a status from the closed list. `answer` is pure: what it needs to remember goes in and comes
out as a Context. It opens nothing and never raises for anything an officer can type.
"""

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from guidebook import messages
from guidebook.citing import assumed_province, cite, suggestions
from guidebook.composition import compose
from guidebook.context import Context, leans_on_context
from guidebook.language import reply_lang, writing_of
from guidebook.query import Query, Understood, understand, with_facets
from guidebook.records import Document
from guidebook.reply import Contact, Reply
from guidebook.requests import named_status
from guidebook.retriever import Retriever, SearchResult, SearchResults
from guidebook.vocabulary import Lang

NEAREST = 3
FOLLOW_UP_GAIN = 0.05  # a follow-up reading must be at least this much likelier than none


@dataclass(frozen=True)
class Answer:
    """What is said, and the evidence it was said on."""

    reply: Reply
    results: tuple[SearchResult, ...] = ()
    rejected: tuple[SearchResult, ...] = ()
    probability: float = 0.0


@dataclass(frozen=True)
class Draft:
    """An answer in the making. A step returns it changed; `done` ends the list."""

    query: Query
    context: Context
    lang: Lang
    now: float
    understood: Understood | None = None
    search: SearchResults | None = None
    leaned: bool = False
    done: Reply | None = None
    remembered: Context = field(default_factory=Context)


Step = Callable[[Draft, Retriever], Draft]


def answer(
    query: Query, context: Context, retriever: Retriever, now: float
) -> tuple[Answer, Context]:
    """Answer `query` in the light of `context`; `now` is a POSIX time in seconds."""
    lang = reply_lang(writing_of(query.text), query.lang)
    draft = Draft(query, context, lang, now, remembered=replace(context, at=now))
    for step in STEPS:
        draft = step(draft, retriever)
        if draft.done is not None:
            break
    if draft.done is None:
        raise AssertionError("the last step always finishes")
    search = draft.search
    return (
        Answer(
            reply=draft.done,
            results=search.accepted if search else (),
            rejected=search.rejected if search else (),
            probability=search.probability if search else 0.0,
        ),
        draft.remembered,
    )


def name_requests(draft: Draft, retriever: Retriever) -> Draft:
    """Requests with a reply of their own: support for the writer, and what is never done."""
    status = named_status(draft.query.text)
    if status == "support":
        return replace(draft, done=_support(draft.lang))
    if status is not None:
        return replace(draft, done=_told(status, draft.lang))
    return draft


def understand_query(draft: Draft, retriever: Retriever) -> Draft:
    """Read the words; another country's law ends here."""
    understood = understand(draft.query)
    if understood.other_country and not understood.jurisdiction_named:
        return replace(draft, done=_told("unanswerable_other_country", draft.lang))
    return replace(draft, understood=understood)


def search_passages(draft: Draft, retriever: Retriever) -> Draft:
    """Search the question as it stands and, when it leans on the last one, together with it."""
    assert draft.understood is not None  # noqa: S101  # understand_query ran before
    alone = retriever.search(draft.understood)
    earlier = draft.context.resolved_query
    if not earlier or not leans_on_context(draft.query.text):
        return replace(draft, search=alone)
    whole = understand(replace(draft.query, text=f"{earlier} {draft.query.text}"))
    whole = with_facets(replace(whole, facets=draft.understood.facets), draft.context.facets)
    together = retriever.search(whole)
    if together.probability + FOLLOW_UP_GAIN < alone.probability:
        return replace(draft, search=alone)
    return replace(draft, search=together, understood=whole, leaned=True)


def judge_evidence(draft: Draft, retriever: Retriever) -> Draft:
    """Refuse when the evidence does not carry an answer; show the nearest text as what it is."""
    assert draft.search is not None  # noqa: S101  # earlier steps saw to it
    assert draft.understood is not None  # noqa: S101
    if draft.search.accepted and draft.search.probability >= retriever.fusion.answer_at:
        return draft
    nearest = tuple(
        cite(_document(retriever, result), result.passage, None)
        for result in draft.search.accepted[:NEAREST]
    )
    key = "unanswerable_no_passage"
    if draft.query.intent == "out_of_scope":
        key, nearest = "unanswerable_out_of_scope", ()
    reply = Reply(
        status=key,
        lang=draft.lang,
        text=messages.text(key, draft.lang),
        nearest=nearest,
        notice=messages.text("unanswerable_nearest", draft.lang) if nearest else None,
        suggestions=suggestions(draft.search.accepted[:NEAREST]),
    )
    remembered = replace(
        draft.remembered, failures=draft.context.failures + 1, resolved_query=draft.understood.text
    )
    return replace(draft, done=reply, remembered=remembered)


def compose_reply(draft: Draft, retriever: Retriever) -> Draft:
    """Say the first passage's own words, with its source."""
    assert draft.search is not None  # noqa: S101  # earlier steps saw to it
    assert draft.understood is not None  # noqa: S101
    first = draft.search.accepted[0]
    document = _document(retriever, first)
    composed = compose(first.passage, document)
    strong = draft.search.probability >= retriever.fusion.strong_at
    caution = first.passage.caution
    reply = Reply(
        status="answered_caution" if caution else "answered",
        lang=draft.lang,
        text="\n".join(span.cut(document) for span in composed.spans),
        lead=composed.lead.cut(document),
        steps=tuple(span.cut(document) for span in composed.steps),
        more=tuple(span.cut(document) for span in composed.more),
        strength="strong" if strong else "fair",
        caution=messages.text(f"caution_{caution}", draft.lang) if caution else None,
        notice=_notice(draft, document),
        citations=(cite(document, first.passage, composed),),
        assumed=assumed_province(draft.understood, first.passage, draft.lang),
        suggestions=suggestions(draft.search.accepted[1:], near=first.passage),
    )
    remembered = Context(
        answered_passage_ids=(first.passage.id, *draft.context.answered_passage_ids)[:5],
        resolved_query=draft.understood.text,
        facets=dict(draft.understood.facets),
        at=draft.now,
    )
    return replace(draft, done=reply, remembered=remembered)


STEPS: tuple[Step, ...] = (
    name_requests,
    understand_query,
    search_passages,
    judge_evidence,
    compose_reply,
)


def _document(retriever: Retriever, result: SearchResult) -> Document:
    document = retriever.corpus.document(result.passage.document_id)
    if document is None:
        raise AssertionError(f"passage {result.passage.id} has no document")
    return document


def _notice(draft: Draft, document: Document) -> str | None:
    return messages.text("english_text", "ur") if draft.lang == "ur" != document.lang else None


def _told(status: str, lang: Lang) -> Reply:
    return Reply(status=status, lang=lang, text=messages.text(status, lang))


def _support(lang: Lang) -> Reply:
    lead = messages.text("support_lead", lang)
    steps = (messages.text("support_colleague", lang), messages.text("support_meant_case", lang))
    contacts = tuple(
        Contact(label=messages.text(key, lang), number=number, state="call_now")
        for key, number in (("contact_police", "15"), ("contact_rescue", "1122"))
    )
    text = "\n".join([lead, *steps])
    return Reply(status="support", lang=lang, text=text, lead=lead, steps=steps, contacts=contacts)
