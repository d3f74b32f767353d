"""Which of two passages is to be followed where they differ: law over guidance over a remark.

Among equals the later governs, by when the document came into force or was published. A date that
is not known is never the later.
"""

from datetime import date

from guidebook.corpus import Corpus
from guidebook.records import Passage
from guidebook.vocabulary import AUTHORITY_ORDER


def governs(one: Passage, other: Passage, corpus: Corpus) -> bool:
    """True when `one` is to be followed where it differs from `other`."""
    ranks = AUTHORITY_ORDER.index(one.authority), AUTHORITY_ORDER.index(other.authority)
    if ranks[0] != ranks[1]:
        return ranks[0] < ranks[1]
    return _day(one, corpus) > _day(other, corpus)


def _day(passage: Passage, corpus: Corpus) -> date:
    document = corpus.document(passage.document_id)
    known = (document.in_force_from or document.published_on) if document else None
    return known or date.min
