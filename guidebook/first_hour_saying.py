"""Say what the first-hour form says: its questions with their buttons, and that it stopped.

All words are messages. Buttons send their own words as if typed; first_hour.read knows them.
"""

from guidebook import messages
from guidebook.first_hour import CHOICES, label
from guidebook.first_hour_form import Progress, Turn
from guidebook.reply import Reply, Suggestion
from guidebook.vocabulary import Lang


def question(progress: Progress, lang: Lang, before: tuple[str, ...] = ()) -> Reply:
    """The question on the table under the lines said `before` it."""
    if progress.asked is None:
        raise ValueError("there is no question on the table")
    asked = progress.asked
    choices = [label(asked, value, lang) for value in CHOICES[asked]]
    buttons = (*choices, messages.text("first_hour_skip", lang))
    return Reply(
        status=f"asked_{asked}",
        lang=lang,
        text="\n".join([*before, messages.text(f"ask_{asked}", lang)]),
        suggestions=tuple(Suggestion(title=words, payload=words) for words in buttons),
    )


def heard(turn: Turn, lang: Lang) -> tuple[str, ...]:
    """What the officer must hear before the next question: what was read, changed, or not read."""
    lines = []
    if turn.opening is not None:
        lines.append(messages.text(f"first_hour_{turn.opening}", lang))
    for key, names in (("changed", turn.changed), ("noted", turn.noted)):
        for name in names:
            value = f"{name}_{turn.progress.answers[name]}"
            filled = {"fact": f"fact_{name}", "value": value}
            lines.append(messages.text(f"first_hour_{key}", lang, **filled))
    return tuple(lines)


def changes(turn: Turn, lang: Lang, *, drawn: bool) -> Reply:
    """A correction is heard, and the card is `drawn` again or stays as it is."""
    end = messages.text("first_hour_redrawn" if drawn else "first_hour_stays", lang)
    return noted((*heard(turn, lang), end), lang)


def noted(lines: tuple[str, ...], lang: Lang) -> Reply:
    """What was heard, with no question after it."""
    return Reply(status="told_acknowledged", lang=lang, text="\n".join(lines))


def stopped(lang: Lang) -> Reply:
    """The form ended without a card."""
    return _with_start("told_first_hour_stopped", "first_hour_stopped", lang)


def offered(lang: Lang) -> Reply:
    """A case was told: the card puts its steps in order, for whoever wants it."""
    return _with_start("told_first_hour_offered", "first_hour_offered", lang)


def _with_start(status: str, key: str, lang: Lang) -> Reply:
    start = messages.text("first_hour_start", lang)
    button = Suggestion(title=start, payload=start)
    return Reply(status=status, lang=lang, text=messages.text(key, lang), suggestions=(button,))
