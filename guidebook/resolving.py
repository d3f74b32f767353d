"""Search a question in the light of the one before it: "and if she is 15?", "which section?".

A button's words set a fact of the earlier question. Otherwise the question is searched alone and
with the earlier one as its background, and the reading that is likelier to have an answer wins; a
question that stands on its own is not bent. It remembers nothing: context.py holds what is kept.
"""

from dataclasses import replace

from guidebook.clarifying import choice_in
from guidebook.context import Context, leans_on_context
from guidebook.lexical import word_tokens
from guidebook.query import Query, Understood, understand, with_facets
from guidebook.retriever import Retriever, SearchResults

# How much likelier an answer must be with the last question than without it: one that leans on the
# last question may even lose a little; one that stands alone must gain.
LEANING_GAIN = -0.1
STANDING_GAIN = 0.1
STANDING_REACH = 10
KNOWN = 0.5  # share of the words that the corpus knows: with fewer it is no half question
SAID_ALREADY = 0.4  # deviations that the passage just shown must be ahead by to be shown again
WHOLE_WORDS = 3  # content words; a strong answer to so many is not bent


def resolve(
    query: Query, understood: Understood, context: Context, retriever: Retriever
) -> tuple[SearchResults, Understood]:
    """The search that counts, and the question it was made for."""
    earlier = context.resolved_query
    chosen = choice_in(query.text) if earlier else {}
    if earlier and chosen:
        whole = with_facets(understand(replace(query, text=earlier)), context.facets)
        whole = replace(whole, facets={**whole.facets, **chosen})
        return retriever.search(whole), whole
    alone = retriever.search(understood)
    if not earlier or alone.coverage < KNOWN:
        return alone, understood
    whole = understand(replace(query, text=f"{earlier} {query.text}"))
    stated = {**whole.facets, **understood.facets}
    whole = with_facets(replace(whole, facets=stated), context.facets)
    # What is asked now counts twice: the earlier question is only its background.
    whole = replace(whole, expanded=f"{whole.expanded} {query.text}")
    together = retriever.search(whole)
    if not _belongs_together(query.text, alone, together, retriever):
        return alone, understood
    if understood.facets.items() <= context.facets.items():  # nothing new is said of the case
        together = _something_else(together, context, retriever)
    return together, whole


def _something_else(
    together: SearchResults, context: Context, retriever: Retriever
) -> SearchResults:
    """The next passage first, where the very same words would be said again and it is near. It is
    no strong answer: what was weighed was the other one."""
    if len(together.accepted) < 2 or not context.answered_passage_ids:
        return together
    first, second, *others = together.accepted
    again = first.passage.id == context.answered_passage_ids[0]
    if not again or first.score - second.score >= SAID_ALREADY:
        return together
    fair = min(together.probability, retriever.fusion.answer_at)
    return replace(together, accepted=(second, first, *others), probability=fair)


def _belongs_together(
    text: str, alone: SearchResults, together: SearchResults, retriever: Retriever
) -> bool:
    """Does the question mean more with the last one before it?"""
    gain = together.probability - alone.probability
    if alone.probability >= retriever.fusion.strong_at and len(word_tokens(text)) >= WHOLE_WORDS:
        return False
    if leans_on_context(text):
        return gain >= LEANING_GAIN
    # A question that stands on its own is bent only towards a passage that it reached itself.
    reached = {result.passage.id for result in alone.accepted[:STANDING_REACH]}
    return gain >= STANDING_GAIN and together.accepted[0].passage.id in reached
