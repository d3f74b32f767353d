"""Leave out the sentence in which an officer takes note of the last answer.

"Good, body goes to doctor. What do I ask him to keep?" asks of the samples, not of the body. Such
a sentence begins or ends with a word of noting, asks nothing, and more is said after it. What it
tells of the case was told before, or is told again where it matters.
"""

import re
from dataclasses import replace

from guidebook.context import Context
from guidebook.normalise import fold, words
from guidebook.query import Query
from guidebook.questions import asks

ENOUGH = 4  # words that must be left: "theek hai. kya karun" stays whole
LONGEST = 16  # words of a sentence that only takes note

_SENTENCE = re.compile(r"[^.!?؟۔\n]*[.!?؟۔\n]+\s*")
_BEGINS = re.compile(
    r"^(?:ok|okay|okey|fine|good|right|thanks|thank you|noted|understood|got it|done|leave it|"
    r"forget it|forget|chalo|chlo|acha|achha|acchha|theek|thik|tik|sahi|shukria|samajh ga\w*|"
    r"ٹہیک|اچہا|شکریہ|چلو|چلین|سمجہ گی\w*|درست)(?: |$)"
)
_ENDS = re.compile(
    r"(?: |^)(?:noted|understood|got it|samajh ga\w*|likh li\w*|kar li\w*|bata diya|"
    r"لکہ لی\w*|سمجہ گی\w*|کر لی\w*)$"
)


def said_now(query: Query, context: Context) -> Query:
    """`query` without the sentences that only take note of what was answered before."""
    if context.resolved_query is None:
        return query
    text = query.text
    while (first := _SENTENCE.match(text)) is not None and takes_note(first.group()):
        text = text[first.end() :]
    if len(words(text)) < ENOUGH:
        return query
    return replace(query, text=text)


def takes_note(sentence: str) -> bool:
    """True for a short sentence that acknowledges and asks nothing."""
    if asks(sentence) or len(words(sentence)) > LONGEST:
        return False
    folded = fold(sentence).strip()
    return bool(_BEGINS.search(folded) or _ENDS.search(folded))
