"""Choose the reply where the evidence does not carry an answer.

Nothing found is the last of them: a kind of request that is never answered is named, danger that
was reported is not met with "nothing found", a fact that was told is kept, and a word or two are
asked about. What each reply says is refusing.py's business.
"""

import re
from dataclasses import dataclass

from guidebook.alarm import reports
from guidebook.citing import suggestions
from guidebook.context import Context
from guidebook.danger import is_danger
from guidebook.facets import Facets
from guidebook.fusion import Fusion
from guidebook.normalise import fold, words
from guidebook.priors import without_usual
from guidebook.query import Query, Understood
from guidebook.questions import SUPPOSES, asks
from guidebook.refusing import (
    ask_again,
    heard_as_told,
    keep_in_mind,
    refused,
    unanswered,
    when_safe,
    which_of,
)
from guidebook.reply import Reply
from guidebook.resolving import KNOWN, OF_HER, told_facts
from guidebook.retriever import Retriever, SearchResults
from guidebook.vocabulary import Jurisdiction, Lang

_SPOKEN = re.compile(r"[aeiou\u0600-\u06ff]")  # letters without these are no word of anybody's
ASKED_FOR = frozenset(("refused_whereabouts", "refused_verdict", "refused_risk_score"))
"""What nobody wishes for without asking."""
OUT_OF_SCOPE = "unanswerable_out_of_scope"
FEW = 2  # words that are asked about rather than refused
MOST_CHOICES = 5  # questions to choose from, after a word or two
BRIEF = 4  # words that in a case are of the case, whatever they come near to: "send her home?"


def is_bare(understood: Understood) -> bool:
    """True for a word alone that names no section: only what answers it surely is an answer."""
    return len(words(understood.text)) == 1 and not understood.sections


def only_tells(text: str, stated: Facets, context: Context) -> bool:
    """True where facts of her are told at some length after a question, and nothing is asked or
    supposed: they are kept, unless a passage answers them surely. A few words are told of the last
    question itself: see resolving.py."""
    told = set(without_usual(stated))
    asked = asks(text) or SUPPOSES.search(fold(text)) is not None
    of_her = bool(told) and told <= OF_HER and not told_facts(text, stated)
    return of_her and bool(context.resolved_query) and not asked


def least(
    query: Query, understood: Understood, stated: Facets, context: Context, fusion: Fusion
) -> float:
    """The probability from which an answer is said. A word alone, and what only tells, must be
    answered surely; less is enough for what is asked in the middle of a talk, not for news."""
    if is_bare(understood) or only_tells(query.text, stated, context):
        return fusion.strong_at
    return fusion.enough(follows=bool(context.resolved_query) and asks(query.text))


@dataclass(frozen=True)
class Declined:
    """`guessed`: it counts as a failed guess; `told`: facts to keep with what was asked."""

    reply: Reply
    guessed: bool = False
    told: bool = False


def decline(
    query: Query,
    context: Context,
    stated: Facets,
    search: SearchResults,
    retriever: Retriever,
    *,
    province: Jurisdiction,
    lang: Lang,
    as_case: bool,
) -> Declined:
    """The reply to a message that no passage answers; `stated` is what it says of the case."""
    text = query.text
    known = search.coverage > 0  # else not one word of the question stands in the corpus
    passages = [found.passage for found in search.accepted]
    near = suggestions(passages, retriever.corpus, lang)
    choices = suggestions(passages, retriever.corpus, lang, most=MOST_CHOICES)
    # Who reports danger wished for nothing that is never done, whatever the words come near to;
    # and words that nobody knows say nothing of what is wished for.
    other = None if not known or is_danger(text) else retriever.kind_of(text)
    if other is None and reports(text, retriever.meant):  # it asks nothing
        return Declined(when_safe(near, lang))
    open_ended = asks(text) or SUPPOSES.search(fold(text)) is not None
    in_words = search.coverage >= KNOWN
    news = in_words and context.case_query is not None and not open_ended
    said = _SPOKEN.search(fold(text)) is not None
    brief = said and "harm" in context.facets and len(words(text)) <= BRIEF
    if (news and other in ASKED_FOR) or (brief and other == OUT_OF_SCOPE):
        other = None
    if as_case:
        return Declined(ask_again("clarify_case", lang))
    stated = without_usual(stated)
    told_now = bool(told_facts(text, stated)) or other is None
    if told_now and stated and context.resolved_query and not open_ended:
        return Declined(keep_in_mind(stated, near, lang), told=True)
    unnamed = other in (None, OUT_OF_SCOPE)  # a word alone names no kind
    if unnamed and known and len(words(text)) <= FEW:
        return Declined(which_of(choices, lang))
    if other is None and (news or (brief and not open_ended)):
        return Declined(heard_as_told(near, lang))
    if other is None and brief:
        return Declined(which_of(choices, lang))
    if other is None and query.intent == "out_of_scope" and not brief:
        other = OUT_OF_SCOPE
    if other is not None:
        return Declined(refused(other, retriever.corpus, lang))
    corpus, failures = retriever.corpus, context.failures
    reply = unanswered(search.accepted, failures, corpus, province, lang)
    return Declined(reply, guessed=True)
