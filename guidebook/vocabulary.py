"""The closed lists: what a document, a passage and a reply may say of themselves.

One place, so that the corpus check, the answer and the page agree on every word.
"""

from typing import Literal, get_args

Kind = Literal[
    "guidance",
    "statute-note",
    "ruling-note",
    "service-directory",
    "statistics",
    "training",
    "conference",
    "policy-message",
    "press-release",
    "known-gap",
]
Authority = Literal[
    "statute", "rules", "ruling", "official", "practice", "conference", "message", "press"
]
Jurisdiction = Literal[
    "pakistan", "kp", "punjab", "sindh", "balochistan", "ict", "gb", "ajk", "international"
]
Lang = Literal["en", "ur"]
ReviewStatus = Literal["draft", "reviewed", "live"]
Confidence = Literal["statute-text", "official", "primary", "secondary", "conflicting", "document"]
Caution = Literal["sources_differ", "secondary_only"]
Phase = Literal["first_hour", "first_day", "later"]
Case = Literal[
    "rape",
    "domestic_violence",
    "acid_burns",
    "honour",
    "attack",
    "forced_marriage",
    "child_marriage",
    "harassment",
    "online_abuse",
    "kidnapping",
    "trafficking",
    "any",
]
Topic = Literal[
    "fir",
    "first-response",
    "medical",
    "statements",
    "children",
    "rape",
    "domestic-violence",
    "honour",
    "forced-marriage",
    "acid-burns",
    "harassment",
    "online-abuse",
    "trafficking-kidnapping",
    "suspects",
    "identity-media",
    "compromise",
    "court",
    "referral-services",
    "diversity",
    "custody",
    "officer-duties",
    "women-in-policing",
    "training",
    "myths-figures",
    "provincial-law",
    "un-messages",
    "unrelated",
]
ContactState = Literal["call_now", "check_first"]

FACETS: dict[str, tuple[str, ...]] = {
    "age": ("child", "adult"),
    "sex": ("woman", "man", "transgender"),
    "role": ("survivor", "suspect", "witness", "officer", "relative"),
    "relation": (
        "husband",
        "former_husband",
        "in_law",
        "family",
        "employer",
        "teacher",
        "stranger",
        "officer",
    ),
    "marital": ("married", "unmarried", "divorced", "widowed"),
    "online": ("yes", "no"),
    "injuries": ("yes", "no"),
    "court_order": ("yes", "no"),
    "custody": ("yes", "no"),
    "since": ("hours", "days", "later"),
    "accused_age": ("child", "adult"),
    "nikah": ("planned", "forced", "chosen"),
    "harm": ("sexual", "burns", "beating", "killing", "marriage", "harassment"),
    "pregnant": ("yes", "no"),
    "drugged": ("yes", "no"),
    "oral": ("yes", "no"),
    "policewoman": ("yes", "no"),
    "outcome": ("died", "alive"),
    "district": ("same", "other"),
}
"""Decisive facts of a case: a passage whose `applies_to` contradicts one cannot win."""

AUTHORITY_ORDER: tuple[Authority, ...] = get_args(Authority)
"""Strongest first: law over guidance over a remark at a conference."""

STATUSES: tuple[str, ...] = (
    "answered",
    "answered_caution",
    "told_greeting",
    "told_goodbye",
    "told_welcome",
    "told_capabilities",
    "told_acknowledged",
    "told_small_talk",
    "told_documents",
    "told_source",
    "told_no_source",
    "told_first_hour",
    "told_first_hour_stopped",
    "told_first_hour_offered",
    "told_language",
    "told_province",
    "told_nothing_to_repeat",
    "asked_case",
    "asked_danger",
    "asked_age",
    "asked_time",
    "asked_injuries",
    "asked_family",
    "asked_place",
    "told_feedback",
    "told_after_danger",
    "told_myth_corrected",
    "told_support_victim",
    "told_support_exhausted",
    "told_support_harm_done",
    "told_support_numbers",
    "clarify_facet",
    "clarify_rephrase",
    "unanswerable_no_passage",
    "unanswerable_not_verified",
    "unanswerable_ask_person",
    "unanswerable_out_of_scope",
    "unanswerable_other_country",
    "refused_drafting",
    "refused_risk_score",
    "refused_whereabouts",
    "refused_wrongdoing",
    "refused_verdict",
    "refused_switched_off",
    "emergency",
    "emergency_again",
    "emergency_perhaps",
    "failed_warming_up",
    "failed_rasa_down",
    "failed_rasa_slow",
    "failed_silent",
    "failed_malformed",
    "failed_index",
    "failed_internal",
)
"""How a turn may end; the family is the part before the first underscore."""


GOES_BEFORE: frozenset[str] = frozenset(
    {"emergency", "emergency_again", "emergency_perhaps", "told_myth_corrected"}
)
"""A reply that stands before the one that deals with the message, and replaces nothing."""


def quotes(status: str) -> bool:
    """True when a reply of this status says nothing but words of documents and fixed messages."""
    return family(status) == "answered" or status == "told_myth_corrected"


def supports(status: str) -> bool:
    """True when the reply is for the writer: hurt, worn out, or one who has hurt someone."""
    return status.startswith("told_support_")


def family(status: str) -> str:
    """The family of a status: `unanswerable_no_passage` -> `unanswerable`."""
    return status.partition("_")[0]
