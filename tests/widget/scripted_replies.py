"""Replies and a document for the page's tests: one of every shape the page can show.

The document holds characters outside the basic plane before the cited words, so that a page which
counts UTF-16 units instead of code points marks the wrong words.
"""

from collections.abc import Sequence
from typing import Any

from guidebook.emergency import emergency_perhaps

Json = dict[str, Any]

DOCUMENT_ID = "fir-first-report"
DIGEST = "d" * 64
URDU_QUOTE = "کوئی خاتون رپورٹ درج کرانا چاہے تو رپورٹ درج کریں۔"

_SECTIONS = [
    (
        "Where do I begin?",
        "Speak to her alone. Read \U0001d7cf\U0001d7d3 as fifteen; the digits are letters.\n\n"
        "1. Ask whether she is safe.\n2. Ask whether she needs a doctor.",
    ),
    (
        "Can I refuse an FIR because I do not believe her?",
        "No. If what she says shows a cognizable offence, you must register it.\n\n"
        "1. Write down what she says in her own words.\n"
        "2. Read it over to her and have her sign it.\n"
        "3. Give her a copy, free of charge.\n\n"
        "Law: Code of Criminal Procedure 1898, section 154.",
    ),
    ("When a report is in Urdu", URDU_QUOTE + "\n\nLaw: the same section."),
    ("A long closing part", "\n\n".join(f"Paragraph {n} of plain text." for n in range(1, 25))),
]


def _blocks() -> tuple[str, list[Json]]:
    text = "---\nid: fir-first-report\n---\n"
    blocks: list[Json] = []
    for number, (heading, body) in enumerate(_SECTIONS):
        text += f"\n## {heading}\n"
        start = len(text)
        text += body
        blocks.append(
            {
                "passage_id": f"{DOCUMENT_ID}/part-{number}",
                "heading": heading,
                "text": body,
                "start": start,
                "end": len(text),
            }
        )
        text += "\n"
    return text, blocks


TEXT, BLOCKS = _blocks()


def citation(quote: str, **changes: Any) -> Json:
    """A citation of `quote`, which must stand in the document."""
    start = TEXT.index(quote)
    block = next(each for each in BLOCKS if each["start"] <= start < each["end"])
    return {
        "passage_id": block["passage_id"],
        "document_id": DOCUMENT_ID,
        "digest": DIGEST,
        "title": "Recording the first report",
        "heading": block["heading"],
        "quote": quote,
        "start": start,
        "end": start + len(quote),
        "kind": "guidance",
        "authority": "statute",
        "jurisdiction": "pakistan",
        "in_force_from": None,
        "checked_on": "2026-11-22",
        "review_status": "draft",
        "sources": [
            {
                "title": "Code of Criminal Procedure 1898, s.154",
                "url": "https://www.example.org/crpc-154",
            }
        ],
    } | changes


def reply(status: str, text: str, **changes: Any) -> Json:
    """A reply with every field present, empty where nothing is given."""
    empty: Json = {
        "lead": None,
        "steps": [],
        "strength": None,
        "caution": None,
        "notice": None,
        "more": [],
        "contacts": [],
        "citations": [],
        "assumed": [],
        "nearest": [],
        "suggestions": [],
        "card": None,
        "beside": None,
        "masked": [],
        "receipt": None,
        "took_ms": 12,
        "probability": None,
    }
    return {"status": status, "lang": "en", "text": text} | empty | changes


LEAD = "No. If what she says shows a cognizable offence, you must register it."
STEPS = [
    "Write down what she says in her own words.",
    "Read it over to her and have her sign it.",
    "Give her a copy, free of charge.",
]
QUOTE = f"{LEAD}\n\n1. {STEPS[0]}\n2. {STEPS[1]}\n3. {STEPS[2]}"

ANSWERED = reply(
    "answered",
    "\n".join([LEAD, *STEPS]),
    lead=LEAD,
    steps=STEPS,
    strength="strong",
    citations=[citation(QUOTE)],
    assumed=[{"facet": "age", "value": "adult", "label": "adult"}],
    suggestions=[
        {"title": "What if she is a child?", "payload": "What if she is a child?"},
        {"title": "Who signs the report?", "payload": "Who signs the first report?"},
    ],
    receipt="receipt-1",
)
CAUTION = ANSWERED | {
    "status": "answered_caution",
    "strength": "fair",
    "caution": "sources_differ",
    "more": ["Law: Code of Criminal Procedure 1898, section 154."],
    "contacts": [
        {"label": "Legal Advisory Call Centre", "number": "0800-70806", "state": "check_first"}
    ],
    "citations": [
        citation(LEAD),
        citation(
            STEPS[2],
            title="UNDP Pakistan and KP Police conference for women leaders",
            kind="conference",
            authority="conference",
            jurisdiction="kp",
        ),
    ],
}
EMERGENCY = reply(
    "emergency",
    "Act on the danger first.",
    lead="Act on the danger first.",
    notice="From the fixed message.",
    steps=["Call 15 or use the radio.", "Stay with her until help is there."],
    contacts=[
        {"label": "Police", "number": "15", "state": "call_now"},
        {"label": "Rescue", "number": "1122", "state": "call_now"},
    ],
    receipt="receipt-danger",
)
UNANSWERABLE = reply(
    "unanswerable_no_passage",
    "I could not find this in the approved documents. Ask your duty supervisor.",
    nearest=[citation(LEAD)],
    suggestions=[
        {"title": "Which documents are there?", "payload": "Which documents do you answer from?"}
    ],
)
URDU = reply(
    "answered",
    URDU_QUOTE,
    lang="ur",
    lead=URDU_QUOTE,
    notice="یہ عبارت مشین سے ترجمہ ہوئی ہے۔",
    steps=["FIR کی نقل مفت دیں۔", "Section 154 CrPC applies."],
    strength="strong",
    citations=[citation(URDU_QUOTE)],
)
CLARIFY = reply(
    "clarify_facet",
    "Is she under 18?",
    suggestions=[
        {"title": "Yes, a child", "payload": "She is a child."},
        {"title": "No, an adult", "payload": "She is an adult."},
    ],
)
_CARD_STEPS = [
    ("Ask whether she is safe.", "first_hour", None),
    ("Ask whether she needs a doctor.", "first_hour", 1),
    (STEPS[0], "first_hour", None),
    (STEPS[1], "first_day", 24),
    (STEPS[2], "first_day", None),
    ("Paragraph 1 of plain text.", "later", 72),
]
_CARD_FACTS = [
    {"name": "case", "label": "Kind of case", "value": "rape"},
    {"name": "age", "label": "Her age", "value": "adult"},
]


def _card(steps: Sequence[tuple[str, str, int | None]], **changes: Any) -> Json:
    return reply(
        "answered",
        "\n".join(text for text, _, _ in steps),
        citations=[citation(text) for text, _, _ in steps],
        card={
            "title": "First-hour card",
            "facts": _CARD_FACTS,
            "steps": [
                {"text": text, "phase": phase, "within_hours": hours, "citation": at}
                for at, (text, phase, hours) in enumerate(steps)
            ],
        },
        receipt="receipt-card",
        **changes,
    )


CARD = _card(_CARD_STEPS)
LONG_CARD = _card(
    [(LEAD, "first_hour", None)] * 8 + [(LEAD, "first_day", 24)] * 6 + [(LEAD, "later", 72)] * 4,
    notice="The words below are in English alone.",
    caution="secondary_only",
    contacts=EMERGENCY["contacts"],
)
"""As many steps as a card can be expected to hold, each of an ordinary length."""
PROVINCIAL = ANSWERED | {
    "assumed": [{"facet": "province", "value": "kp", "label": "Province taken as KP"}],
    "receipt": "receipt-2",
}
CONTENTS: list[Json] = [
    {
        "topic": topic,
        "documents": [
            {
                "id": DOCUMENT_ID,
                "title": "Recording the first report",
                "authority": "statute",
                "jurisdiction": "pakistan",
                "review_status": "draft",
                "passages": [
                    {"passage_id": block["passage_id"], "heading": block["heading"]}
                    for block in BLOCKS
                ],
            }
        ],
    }
    for topic in ("fir", "first-response")
]
FAILED = reply(
    "failed_rasa_down",
    "Something failed on this side. Your question is kept; send it again, or ask your supervisor.",
)
WARMING_UP = reply("failed_warming_up", "Guidebook is still loading. Your question goes by itself.")
OFF = reply("refused_switched_off", "Answers are switched off at the moment.")
IN_URDU = reply("told_language", "میں اردو میں جواب دوں گا۔", lang="ur")
GREETING = reply("told_greeting", "Hello. Ask about handling a case.")

DIFFERING = ANSWERED | {
    "status": "answered_caution",
    "caution": "Sources differ on this. Take the safe step and check with the prosecutor.",
    "notice": "Sources differ. Where they conflict, follow this text: Law \u00b7 date not known",
    "citations": [citation(QUOTE), citation(URDU_QUOTE, authority="practice")],
    "beside": {
        "label": "Second text, of less weight: Recognised practice \u00b7 date not known",
        "lines": [URDU_QUOTE],
        "citation": 1,
    },
}

BY_WORDS: list[tuple[str, list[Json]]] = [
    ("may come back", [emergency_perhaps("en").to_json(), ANSWERED]),
    ("danger now", [EMERGENCY, GREETING]),
    ("in urdu please", [IN_URDU]),
    ("refused while off", [OFF]),
    ("attacking", [GREETING, EMERGENCY]),
    ("acid", [UNANSWERABLE]),
    ("caution", [CAUTION]),
    ("differ", [DIFFERING]),
    ("urdu", [URDU]),
    ("unclear", [CLARIFY]),
    ("long card", [LONG_CARD]),
    ("card", [CARD]),
    ("کارڈ", [CARD]),
    ("province", [PROVINCIAL]),
    ("hello", [GREETING]),
]
"""The first word found in a question decides; any other question gets ANSWERED."""


def replies_to(text: str) -> list[Json]:
    """What the scripted bot says to a question."""
    for word, replies in BY_WORDS:
        if word in text.lower():
            return replies
    return [ANSWERED]
