"""What every handout shares: its words in one language, the lines under its title, a question."""

from guidebook import messages
from guidebook.training.handout import Line, Listed, Words
from guidebook.training.schema import Both, QuizItem
from guidebook.vocabulary import Lang

BOX = "\u25a1"
LEFT_TO_RIGHT, END_OF_IT = "\u2066", "\u2069"


def say(key: str, lang: Lang) -> Words:
    """A message of ours."""
    return Words(messages.text(key, lang), lang)


def number(text: str, lang: Lang) -> str:
    """A date, a range or a sum inside a line of words, kept from being turned round in Urdu."""
    return f"{LEFT_TO_RIGHT}{text}{END_OF_IT}" if lang == "ur" else text


def read(text: Both, lang: Lang) -> Words:
    """A text of the training files in one language."""
    return Words(text.ur if lang == "ur" else text.en, lang)


def question(item: QuizItem, number: int, lang: Lang) -> Listed:
    """One question with a box before each answer."""
    options = tuple(Line(f"{BOX} {at}", read(one, lang)) for at, one in enumerate(item.options, 1))
    return Listed(Words(f"{number}. {read(item.question, lang).text}", lang), options)


def notices(lang: Lang, *, draft: bool, quotes: bool) -> tuple[str, ...]:
    """What stands under a title: review state, what the handout is not, which words are English."""
    keys = ["review_draft"] if draft else []
    keys.append("guidance_only")
    if lang == "ur":
        keys += ["machine_drafted", *(["handout_english_passages"] if quotes else [])]
    return tuple(messages.text(key, lang) for key in keys)
