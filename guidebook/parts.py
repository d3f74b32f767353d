"""Cut a message that asks two things into its two questions."""

import re

from guidebook.lexical import word_tokens

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
