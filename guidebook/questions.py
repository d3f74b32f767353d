"""Tell a question from a statement, as far as the words of a message tell.

Words that ask wherever they stand are rules in `data/questions.yml`; those whose place or letters
matter are written here. A question without any such word is not recognised.
"""

import re
from functools import cache
from pathlib import Path

import yaml

from guidebook.nets import Net, Weaver, ready
from guidebook.normalise import fold

DATA = Path(__file__).resolve().parent / "data" / "questions.yml"

_ASKS = re.compile(
    r"^(?:(?:and|but|so|ok|okay|sir|aur|lekin|acha|اور|لیکن|اچہا) )*(?:"
    r"how|why|whom|whose|should|must|may|can|could|shall|kia|kya|kyun|kaise|kese|kaisay|kaun|kon|"
    r"kahan|kab|کیا|کیسے|کیون|کون|کہان|کب|who|which|"
    r"(?:what|when|where) (?:is|are|do|does|should|must|can|may|will|if|about|to|section|law|time|"
    r"kind|happens|else)|"
    r"(?:do|does|did|is|are|will|has|have) (?:i|we|it|they|you|that|this|there|the|she|he|a|an))\b"
    r"|^(?:in|for) \w+ (?:\w+ )?(?:who|what|which|how|can|must|is)\b"
    r"|\btell me (?:how|what|which|who|if)\b|\bkya\b|\bkia$|(?:^| )(?:لون|دون)(?: |$)"
    r"|کیا (?:کرون|کرین|کرنا|ہے|ہو|جائے|جاے)|کتن|کون سی"
)

SUPPOSES = re.compile(r"\b(?:if|and|agar|agr|aur|suppose|what about|اگر|اور)\b")
"""Words of what would be so, or of one more question: no fact of the case is told by them."""


@cache
def _anywhere() -> Net:
    loaded = yaml.safe_load(DATA.read_text(encoding="utf-8"))
    return Weaver(loaded["groups"]).net(loaded["rules"])


def asks(text: str) -> bool:
    """True when the message puts a question, as far as its words tell."""
    if "?" in text or "؟" in text:
        return True
    return _ASKS.search(fold(text)) is not None or _anywhere().catches(ready(text))
