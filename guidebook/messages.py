"""The words the product itself says, by key and language.

One catalogue a language (`data/messages_en.yml`, `data/messages_ur.yml`) with equal keys. A value
put into a message comes from a closed list in the catalogue, or is a date of a document; never
what a person typed.
Corpus words are not messages; Rasa's fixed replies live in domain.yml, the page's in
widget/strings.
"""

import string
from datetime import date
from functools import cache
from pathlib import Path

import yaml

from guidebook.errors import MessageError
from guidebook.vocabulary import Lang

DATA = Path(__file__).resolve().parent / "data"
UNBROKEN_HYPHEN = "\u2011"  # a date is read whole, also on a narrow page


@cache
def catalogue(lang: Lang) -> dict[str, str]:
    """All messages of one language."""
    loaded = yaml.safe_load((DATA / f"messages_{lang}.yml").read_text(encoding="utf-8"))
    return {str(key): str(value).strip() for key, value in loaded.items()}


def text(key: str, lang: Lang, **values: str | date) -> str:
    """The message `key`; each value is a document's date, or a key under `value_` in the catalogue.

    `text("clarify_age", "en")`; `text("assumed_province", "en", province="kp")` fills
    `{province}` with the message `value_kp`.
    """
    known = catalogue(lang)
    if key not in known:
        raise MessageError(f"Message {key!r} is not in the {lang} catalogue; add it to both files.")
    filled = {}
    for name, value in values.items():
        if isinstance(value, date):
            filled[name] = value.isoformat().replace("-", UNBROKEN_HYPHEN)
            continue
        if f"value_{value}" not in known:
            raise MessageError(f"{name} is {value!r}, which has no message value_{value}; add it.")
        filled[name] = known[f"value_{value}"]
    if missing := placeholders(known[key]) - filled.keys():
        raise MessageError(f"Message {key!r} wants {', '.join(sorted(missing))}; give it.")
    return known[key].format_map(filled)


def placeholders(message: str) -> set[str]:
    """The names a message wants filled; used to prove that languages agree."""
    return {name for _, name, _, _ in string.Formatter().parse(message) if name}
