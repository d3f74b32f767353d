"""Build the replies for a writer who is hurt, worn out, or has hurt someone: words and numbers.

Nothing is asked of the writer and nothing said is recorded. Each reply says how to see the numbers
again, and lets the writer say that a case was meant: the answer then takes the message up again.
"""

from guidebook import messages
from guidebook.reply import Contact, Reply, Suggestion
from guidebook.services import Directory, contacts_for
from guidebook.vocabulary import Jurisdiction, Lang, Topic

STEPS: dict[str, tuple[str, ...]] = {
    "told_support_victim": ("support_victim_safe", "support_victim_choice", "support_trusted"),
    "told_support_exhausted": (
        "support_exhausted_now",
        "support_exhausted_tell",
        "support_exhausted_doctor",
    ),
    "told_support_harm_done": (
        "support_harm_apart",
        "support_harm_hurt",
        "support_harm_leave_alone",
        "support_harm_tell",
    ),
}
ALWAYS = (("contact_police", "15"), ("contact_rescue", "1122"))
TOPIC: Topic = "domestic-violence"
MORE_CONTACTS = 2


def support(status: str, directory: Directory | None, province: Jurisdiction, lang: Lang) -> Reply:
    """The reply to a disclosure; `status` is one of the keys of STEPS."""
    lead = messages.text(status, lang)
    steps = tuple(messages.text(key, lang) for key in STEPS[status])
    again = messages.text("support_again", lang)
    meant_case = messages.text("support_meant_case", lang)
    return Reply(
        status=status,
        lang=lang,
        text="\n".join([lead, *steps, again]),
        lead=lead,
        steps=(*steps, again),
        contacts=_contacts(directory, province, lang),
        suggestions=(Suggestion(title=meant_case, payload=meant_case),),
    )


def support_numbers(directory: Directory | None, province: Jurisdiction, lang: Lang) -> Reply:
    """The numbers of an earlier support reply, alone."""
    return Reply(
        status="told_support_numbers",
        lang=lang,
        text=messages.text("told_support_numbers", lang),
        contacts=_contacts(directory, province, lang),
    )


def _contacts(
    directory: Directory | None, province: Jurisdiction, lang: Lang
) -> tuple[Contact, ...]:
    """15 and 1122, then whom the directory names for referral in this province."""
    always = tuple(
        Contact(label=messages.text(key, lang), number=number, state="call_now")
        for key, number in ALWAYS
    )
    known = {number for _, number in ALWAYS}
    found = contacts_for(directory, TOPIC, province, lang) if directory else []
    others = [contact for contact in found if contact.number not in known]
    return (*always, *others[:MORE_CONTACTS])
