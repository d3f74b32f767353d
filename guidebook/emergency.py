"""The emergency reply: first steps and numbers, made of fixed messages alone.

It needs no corpus, no index and no Rasa, so that it can be given while any of them is down.
"""

from guidebook import messages
from guidebook.reply import Contact, Reply
from guidebook.vocabulary import Lang

STEPS = (
    "emergency_step_numbers",
    "emergency_step_apart",
    "emergency_step_medical",
    "emergency_step_burns",
    "emergency_step_stay",
    "emergency_step_supervisor",
)
CONTACTS = (("contact_police", "15"), ("contact_rescue", "1122"))


def emergency_reply(lang: Lang) -> Reply:
    """First steps for immediate danger, in `lang`."""
    lead = messages.text("emergency_lead", lang)
    steps = tuple(messages.text(key, lang) for key in STEPS)
    contacts = tuple(
        Contact(label=messages.text(key, lang), number=number, state="call_now")
        for key, number in CONTACTS
    )
    return Reply(
        status="emergency",
        lang=lang,
        text="\n".join([lead, *steps]),
        lead=lead,
        steps=steps,
        contacts=contacts,
        notice=messages.text("contact_note", lang),
    )
