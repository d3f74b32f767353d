"""Cut a message that asks two things into its two questions, and answer the other one too."""

import re
from dataclasses import replace

from guidebook.lexical import word_tokens
from guidebook.query import Query, understand
from guidebook.records import Passage
from guidebook.retriever import Retriever

FEWEST_WORDS = 2  # content words a part needs to be a question of its own
_ASKS = (
    r"(?:who|what|which|when|where|how|must|can|should|is|are|do|does|may|will|"
    r"kaun|kon|kya|kia|kab|kahan|kaise|kese|kitn[aei]|kis|کون|کیا|کب|کہاں|کیسے|کتن[اےی]|کس)"
)
_BETWEEN = re.compile(rf"[?؟]+\s*|[;؛\n]+\s*|\s+(?:and|n|aur|اور)\s+(?={_ASKS}\b)", re.IGNORECASE)


def parts_of(text: str) -> tuple[str, ...]:
    """The two questions in `text`, or `text` alone when it asks one thing or more than two."""
    parts = [part.strip() for part in _BETWEEN.split(text) if part.strip()]
    asked = [part for part in parts if len(word_tokens(part)) >= FEWEST_WORDS]
    return tuple(asked) if len(asked) == 2 else (text,)


def second_part(query: Query, first: Passage, retriever: Retriever) -> Passage | None:
    """The strong answer to the other of two questions, if it is another passage than `first` and
    admits no gap."""
    parts = parts_of(query.text)
    for part in parts if len(parts) > 1 else ():
        search = retriever.search(understand(replace(query, text=part)))
        if search.probability < retriever.fusion.strong_at:
            continue
        found = search.accepted[0].passage
        document = retriever.corpus.document(found.document_id)
        is_gap = document is not None and document.kind == "known-gap"
        if found.id != first.id and not is_gap:
            return found
    return None
