"""Search a question in the light of the one before it: "and if she is 15?", "which section?".

A button's words set a fact of the earlier question. Otherwise the question is searched alone and
with the earlier one as its background, and the reading that is likelier to have an answer wins; a
question that stands on its own is not bent. It remembers nothing: context.py holds what is kept.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from guidebook import messages
from guidebook.bare_words import Sort, sort_of
from guidebook.clarifying import choice_in
from guidebook.context import Context, leans_on_context
from guidebook.facets import Facets, names_place
from guidebook.fusion import FAIR_AT
from guidebook.lexical import word_tokens
from guidebook.normalise import fold
from guidebook.priors import without_usual
from guidebook.query import Query, Understood, understand, with_facets
from guidebook.questions import SUPPOSES, asks
from guidebook.records import Passage
from guidebook.retriever import LIMIT, Retriever, SearchResult, SearchResults

# How much likelier an answer must be with the last question than without it: one that leans on the
# last question may even lose a little; one that stands alone must gain.
LEANING_GAIN = -0.1
STANDING_GAIN = 0.1
HELPLESS_GAIN = 0.05  # for a few words that alone meet nothing
FEW_WORDS = 8
STANDING_REACH = 10
KNOWN = 0.5  # share of the words that the corpus knows: with fewer it is no half question
WHOLE_WORDS = 3  # content words; a strong answer to so many is not bent
WIDE = 60  # passages looked at to set both searches beside each other
NOW = 0.5  # share of its own score that a passage gains where the words of now are searched alone
FACT_WORDS = 5  # in which a fact is told
OF_HER = frozenset(("age", "sex", "marital", "pregnant"))
ALMOST = 0.001  # below the bound of a strong answer
SPEAKS_OF = 0.5  # share of the words asked now that a passage must have to be shown again
SAID_ALREADY = 1.0  # deviations that the passage just shown must be ahead by to be shown again


ASKED_OF_HARM: Mapping[Sort | None, str] = {
    "now": "what do I do first",
    "section": "which section do I write in the FIR",
}
"""Few words that name nothing, as the question they are in a case."""

_SAME = re.compile(r"\b(?:same|wohi|wahi|wahee|yehi|yahi|وہی|یہی) (?:question|sawal|سوال)\b")
"""The last question once more, with another fact or for another province."""


@dataclass(frozen=True)
class Resolved:
    """The search that counts, the question it was made for, and what the next may lean on:
    `topic` is the last question that stood on its own, `last` what was asked of it since."""

    search: SearchResults
    understood: Understood
    topic: str
    last: str | None = None


def resolve(
    query: Query, understood: Understood, context: Context, retriever: Retriever
) -> Resolved:
    """Search `query` alone or with what was asked before it."""
    titled = retriever.titled(query.text)
    if titled is not None:
        return Resolved(_put_first(titled, retriever.search(understood)), understood, query.text)
    topic, last = context.resolved_query, context.last_query
    if not topic:
        return Resolved(retriever.search(understood), understood, query.text)
    few = _few_words(query, understood, context, retriever)
    if few is not None:
        return Resolved(*few, topic, last)
    case = context.case_query
    grounds = [topic] if last is None else [topic, f"{topic} {last}"]
    again = _SAME.search(fold(query.text)) is not None
    told = {} if understood.sections else told_facts(query.text, understood.facets)
    harm = _harm_named(query.text, understood.facets, context)
    chosen = choice_in(query.text) or told or harm
    if chosen or again:
        known = {**_told_so_far(query, context), **chosen}
        ground = f"{grounds[-1]} {query.text}" if "harm" in chosen else grounds[-1]
        came = sort_of(topic) == "came" and "harm" in known
        whole = (
            _of_the_harm(ASKED_OF_HARM["now"], query, known)
            if came
            else _asked_anew(ground, query, understood, known)
        )
        search = retriever.search(whole)
        search = search if again else _unless_said(search, query, context)
        return Resolved(search, whole, topic, last)
    understood = with_facets(understood, _of_the_case(understood, context))
    alone = retriever.search(understood, WIDE)
    kept = (topic, query.text) if leans_on_context(query.text) else (query.text, None)
    by_itself = Resolved(_first_ones(alone), understood, *kept)
    if alone.coverage < KNOWN or len(query.text.split()) == 1:  # a word alone asks anew
        return by_itself
    if case is not None and case not in grounds:
        grounds.append(case)
    shown = _shown_before(understood, context, retriever)
    tried = [
        _searched_with(ground, query, understood, context, retriever, shown) for ground in grounds
    ]
    judged = [(_judged_by_now(found, alone, retriever), whole) for found, whole in tried]
    together, whole = max(judged, key=lambda one: one[0].probability)
    if not _belongs_together(query.text, alone, together, retriever):
        return by_itself
    ranked = _for_now(together, alone, context, retriever)
    return Resolved(_first_ones(ranked), whole, topic, query.text)


def _few_words(
    query: Query, understood: Understood, context: Context, retriever: Retriever
) -> tuple[SearchResults, Understood] | None:
    """Words that name nothing, or one word that with the harm that was told names something."""
    sort = sort_of(query.text)
    alone = len(query.text.split()) == 1 and not choice_in(query.text)
    if not (sort in ASKED_OF_HARM or alone) or "harm" in understood.facets:
        return None
    known = _told_so_far(query, context)
    if "harm" not in known:
        return None
    if sort in ASKED_OF_HARM:
        whole = _of_the_harm(ASKED_OF_HARM[sort], query, known)
        # "What now?" goes on from what was said.
        said = frozenset(context.answered_passage_ids if sort == "now" else ())
        return retriever.search(whole, without=said), whole
    whole = _of_the_harm(query.text, query, known)
    found = retriever.search(whole)
    return (found, whole) if found.probability >= FAIR_AT else None


def _told_so_far(query: Query, context: Context) -> Facets:
    """The facts of the last question and of the case."""
    asked = understand(replace(query, text=context.resolved_query or ""))
    return {**asked.facets, **context.facets}


def _of_the_harm(asked: str, query: Query, known: Facets) -> Understood:
    """What is `asked` in few words, of the harm that is `known`."""
    harm = messages.text(f"choice_harm_{known['harm']}", "en")
    whole = understand(replace(query, text=f"{harm}, {asked}"))
    return replace(whole, facets={**whole.facets, **known})


def _asked_anew(ground: str, query: Query, understood: Understood, known: Facets) -> Understood:
    """The question before, with what is `known` now, for the province that is named now."""
    if understood.jurisdiction_named:
        place = next((word for word in query.text.split() if names_place(word)), "")
        ground = " ".join(place if names_place(word) else word for word in ground.split())
    whole = understand(replace(query, text=ground))
    whole = replace(whole, facets={**whole.facets, **known, **understood.facets})
    if not understood.jurisdiction_named:
        return whole
    return replace(whole, jurisdiction=understood.jurisdiction, jurisdiction_named=True)


def told_facts(text: str, stated: Facets) -> Facets:
    """The facts of a few words that tell who she is and ask nothing: "no, she is 17"."""
    stated = without_usual(stated)
    few = len(text.split()) <= FACT_WORDS and set(stated) <= OF_HER
    return stated if few and not asks(text) and not SUPPOSES.search(fold(text)) else {}


def _harm_named(text: str, stated: Facets, context: Context) -> Facets:
    """The harm that a few words name right after it was asked what was done to her."""
    named = {name: value for name, value in stated.items() if name == "harm"}
    return named if context.clarify_count and len(text.split()) <= FACT_WORDS else {}


def _unless_said(search: SearchResults, query: Query, context: Context) -> SearchResults:
    """A fact that changes nothing is no reason to say the same again."""
    said = any(found.passage.id in context.answered_passage_ids for found in search.accepted[:1])
    return replace(search, probability=0.0) if said and not choice_in(query.text) else search


def _of_the_case(understood: Understood, context: Context) -> Facets:
    """The facts said before, until another harm is spoken of: that is another case."""
    harm = understood.facets.get("harm")
    return {} if harm not in (None, context.facets.get("harm")) else context.facets


def _shown_before(understood: Understood, context: Context, retriever: Retriever) -> frozenset[str]:
    """The passages shown before that do not speak of what is asked now: an earlier question always
    meets its own passage, and "bail?" after the medical asks for another."""
    asked = frozenset(word_tokens(understood.text))
    return frozenset(
        passage.id
        for passage in retriever.corpus.passages
        if passage.id in context.answered_passage_ids
        and len(asked & _words_of(passage)) < SPEAKS_OF * len(asked)
    )


def _words_of(passage: Passage) -> frozenset[str]:
    return frozenset(word_tokens(" ".join((passage.heading, passage.text, *passage.asked_as))))


def _searched_with(
    ground: str,
    query: Query,
    understood: Understood,
    context: Context,
    retriever: Retriever,
    shown: frozenset[str],
) -> tuple[SearchResults, Understood]:
    """The search of `query` with `ground` before it, among what was not shown just before."""
    whole = understand(replace(query, text=f"{ground} {query.text}"))
    stated = {**without_usual(whole.facets), **understood.facets}
    whole = replace(whole, facets=stated, of_man=understood.of_man)
    whole = with_facets(whole, context.facets)
    # What is asked now counts twice: the earlier question is only its background.
    whole = replace(whole, expanded=f"{whole.expanded} {query.text}")
    return retriever.search(whole, WIDE, shown), whole


def _judged_by_now(
    together: SearchResults, alone: SearchResults, retriever: Retriever
) -> SearchResults:
    """Whether this is a question for the corpus at all is told by the words of now: an earlier
    question that was one makes none of "and my salary?"."""
    features = {**together.features, "elsewhere": alone.features["elsewhere"]}
    return replace(together, probability=retriever.fusion.confidence.probability(features))


def _for_now(
    together: SearchResults, alone: SearchResults, context: Context, retriever: Retriever
) -> SearchResults:
    """What was found together, ranked by the words of now as well; what was just said stands back.
    Another passage than the one that was weighed is no strong answer."""
    now = {result.passage.id: result.score for result in alone.accepted}
    least = min(now.values(), default=0.0)
    said = context.answered_passage_ids[:1]

    def score(result: SearchResult) -> float:
        passage = result.passage.id
        gained = NOW * (now.get(passage, least) - least)
        return result.score + gained - (SAID_ALREADY if passage in said else 0.0)

    ranked = tuple(sorted(together.accepted, key=score, reverse=True))
    # What leans on an earlier question is never said to answer directly.
    same = ranked[:1] == together.accepted[:1]
    most = retriever.fusion.strong_at - ALMOST if same else retriever.fusion.answer_at
    return replace(together, accepted=ranked, probability=min(together.probability, most))


def _put_first(passage: Passage, search: SearchResults) -> SearchResults:
    """The passage whose heading was typed or pressed, before all others."""
    best = max((result.score for result in search.accepted), default=0.0)
    others = tuple(found for found in search.accepted if found.passage.id != passage.id)
    first = SearchResult(passage, best)
    return replace(search, accepted=(first, *others), probability=1.0, coverage=1.0)


def _first_ones(search: SearchResults) -> SearchResults:
    return replace(search, accepted=search.accepted[:LIMIT], rejected=search.rejected[:LIMIT])


def _belongs_together(
    text: str, alone: SearchResults, together: SearchResults, retriever: Retriever
) -> bool:
    """Does the question mean more with the last one before it?"""
    gain = together.probability - alone.probability
    if alone.probability >= retriever.fusion.strong_at and len(word_tokens(text)) >= WHOLE_WORDS:
        return False
    if leans_on_context(text):
        return gain >= LEANING_GAIN
    if len(text.split()) <= FEW_WORDS and alone.probability < retriever.fusion.answer_at:
        return gain >= HELPLESS_GAIN
    # A question that stands on its own is bent only towards a passage that it reached itself.
    reached = {result.passage.id for result in alone.accepted[:STANDING_REACH]}
    return gain >= STANDING_GAIN and together.accepted[0].passage.id in reached
