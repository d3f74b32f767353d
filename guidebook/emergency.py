"""The alarms that go before an answer: fixed messages and numbers alone.

First steps; the numbers in a line where the steps were said already; a question in a line where
danger is only possible. They need no corpus, no index and no Rasa, so that they can be given while
any of them is down.
"""

from collections.abc import Sequence

from guidebook import messages
from guidebook.reply import Contact, Reply, Suggestion
from guidebook.vocabulary import Lang

_APART, _BURNS, _SELF = "emergency_step_apart", "emergency_step_burns", "emergency_step_self"
STEPS = (
    "emergency_step_numbers",
    _APART,
    "emergency_step_medical",
    _BURNS,
    "emergency_step_stay",
    "emergency_step_supervisor",
)
"""What to do first where nobody knows which danger it is."""
NO_BURNS = tuple(step for step in STEPS if step != _BURNS)
OWN_LIFE_TOO = tuple(_SELF if step == _BURNS else step for step in STEPS)
OWN_LIFE = tuple(step for step in OWN_LIFE_TOO if step != _APART)
CONTACTS = (("contact_police", "15"), ("contact_rescue", "1122"))


def emergency_reply(lang: Lang, first: Sequence[str] = STEPS) -> Reply:
    """The steps `first` for immediate danger, in `lang`."""
    lead = messages.text("emergency_lead", lang)
    steps = tuple(messages.text(key, lang) for key in first)
    return Reply(
        status="emergency",
        lang=lang,
        text="\n".join([lead, *steps]),
        lead=lead,
        steps=steps,
        contacts=_contacts(lang),
        notice=messages.text("contact_note", lang),
    )


def emergency_again(lang: Lang) -> Reply:
    """The numbers in a line: the first steps were given in this conversation."""
    words = messages.text("emergency_again", lang)
    return Reply(status="emergency_again", lang=lang, text=words, contacts=_contacts(lang))


def emergency_perhaps(lang: Lang) -> Reply:
    """Asks in a line whether there is danger now; the button's words bring the first steps."""
    yes = messages.text("emergency_yes", lang)
    return Reply(
        status="emergency_perhaps",
        lang=lang,
        text=messages.text("emergency_perhaps", lang),
        suggestions=(Suggestion(title=yes, payload=yes),),
    )


def _contacts(lang: Lang) -> tuple[Contact, ...]:
    return tuple(
        Contact(label=messages.text(key, lang), number=number, state="call_now")
        for key, number in CONTACTS
    )
