"""Read what the gateway posts, or refuse it with a name.

The gateway has checked a message before us. We check again, as a stray character can make Rasa
raise or guess: zero-width characters alone classify as "yes", a lone surrogate cannot be stored.
"""

from __future__ import annotations

import json
import re
import unicodedata
from dataclasses import dataclass
from typing import Any

from bot.errors import MalformedRequestError

MAX_BODY_BYTES = 32_768
MAX_TEXT_CHARACTERS = 4_000
LANGUAGES = ("en", "ur")

_IDENTIFIER = re.compile(r"[A-Za-z0-9._:-]{1,128}")
_PROVINCE = re.compile(r"[a-z_]{2,32}")
# Separators, control and format characters, and marks with no letter to stand on.
_INVISIBLE = frozenset({"Cc", "Cf", "Co", "Cn", "Zs", "Zl", "Zp", "Mn", "Me"})


@dataclass(frozen=True)
class TurnRequest:
    """One message of an officer, on its way to Rasa."""

    conversation_id: str
    message_id: str
    text: str
    lang: str
    province: str | None

    @property
    def plain_text(self) -> str:
        """Return the text without the leading slash that Rasa would execute as an intent."""
        text = self.text.strip()
        while text.startswith("/"):
            text = text[1:].strip()
        return text

    @property
    def looks_like_intent(self) -> bool:
        """Say whether Rasa would read the text as `/intent{...}`."""
        return self.text.strip().startswith("/")


def read_turn(body: bytes) -> TurnRequest:
    """Return the message in `body`."""
    fields = _fields(body)
    return TurnRequest(
        conversation_id=_identifier(fields, "conversation_id"),
        message_id=_identifier(fields, "message_id"),
        text=_text(fields),
        lang=_language(fields),
        province=_province(fields),
    )


def read_wipe(body: bytes) -> str:
    """Return the id of the conversation to wipe."""
    return _identifier(_fields(body), "conversation_id")


def _fields(body: bytes) -> dict[str, Any]:
    if len(body) > MAX_BODY_BYTES:
        raise MalformedRequestError("too_large", f"Send at most {MAX_BODY_BYTES} bytes.", 413)
    try:
        fields = json.loads(body.decode("utf-8"))
    except (ValueError, RecursionError):
        raise MalformedRequestError("not_json", "Send a JSON object in UTF-8.") from None
    if not isinstance(fields, dict):
        raise MalformedRequestError("not_an_object", "Send a JSON object.")
    return fields


def _identifier(fields: dict[str, Any], name: str) -> str:
    value = fields.get(name)
    if not isinstance(value, str) or not _IDENTIFIER.fullmatch(value):
        raise MalformedRequestError(
            f"bad_{name}", f"Send {name} as 1 to 128 letters, digits, dots, colons, - or _."
        )
    return value


def _text(fields: dict[str, Any]) -> str:
    text = fields.get("text")
    if not isinstance(text, str):
        raise MalformedRequestError("bad_text", "Send text as a string.")
    if len(text) > MAX_TEXT_CHARACTERS:
        raise MalformedRequestError(
            "text_too_long", f"Send at most {MAX_TEXT_CHARACTERS} characters."
        )
    if "\x00" in text:
        raise MalformedRequestError("nul_in_text", "Send text without NUL characters.")
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        raise MalformedRequestError("lone_surrogate", "Send text as valid Unicode.") from None
    if all(unicodedata.category(character) in _INVISIBLE for character in text):
        raise MalformedRequestError("empty_text", "Send text that a person can see.")
    return text


def _language(fields: dict[str, Any]) -> str:
    lang = fields.get("lang", LANGUAGES[0])
    if lang not in LANGUAGES:
        raise MalformedRequestError("bad_lang", f"Send lang as one of {', '.join(LANGUAGES)}.")
    return str(lang)


def _province(fields: dict[str, Any]) -> str | None:
    province = fields.get("province")
    if province is None:
        return None
    if not isinstance(province, str) or not _PROVINCE.fullmatch(province):
        raise MalformedRequestError("bad_province", "Send province in small letters, such as kp.")
    return province
