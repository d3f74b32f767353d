"""One message from the page: checked, cleaned of invisible signs, masked, looked at for danger.

`read` is the first thing that happens to a message. After it only the masked text exists; the
typed text is in no object that goes on. A text that cannot be a message is refused by the body's
own validation, before this.
"""

import unicodedata
from dataclasses import dataclass
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, Field
from pydantic_core import PydanticCustomError
from starlette.concurrency import run_in_threadpool

from gateway.bounds import TEXT_CHARACTERS
from gateway.errors import UNUSABLE_TEXT
from guidebook.commands import wished_language
from guidebook.danger import is_danger
from guidebook.masking import mask
from guidebook.vocabulary import Lang

# Formatting that phones paste along with a number or a name, and that could hide one from the
# mask. The joiners U+200C and U+200D stay: Urdu spelling uses them.
INVISIBLE = dict.fromkeys(
    [
        *(0x00AD, 0x200B, 0x200E, 0x200F, 0xFEFF),
        *range(0x202A, 0x202F),
        *range(0x2060, 0x2065),
        *range(0x2066, 0x206A),
    ]
)
# A text of nothing but separators, control signs, and marks with no letter to stand on is empty.
UNSEEN = frozenset({"Cc", "Cf", "Cn", "Co", "Me", "Mn", "Zl", "Zp", "Zs"})


def clean(text: str) -> str:
    """The text without invisible formatting and outer space; an error when no message is left."""
    if "\x00" in text:
        raise _unusable("text_nul")
    if any(0xD800 <= ord(character) <= 0xDFFF for character in text):
        raise _unusable("text_half")
    cleaned = text.translate(INVISIBLE).strip()
    if all(unicodedata.category(character) in UNSEEN for character in cleaned):
        raise _unusable("text_empty")
    if len(cleaned) > TEXT_CHARACTERS:
        raise _unusable("text_long")
    return cleaned


def _unusable(key: str) -> PydanticCustomError:
    return PydanticCustomError(UNUSABLE_TEXT, "The text is not a message.", {"key": key})


Schema = dict[str, Any]
TEXT_SCHEMA: Schema = {"minLength": 1, "maxLength": TEXT_CHARACTERS}
Text = Annotated[str, AfterValidator(clean), Field(json_schema_extra=TEXT_SCHEMA)]
Province = Literal["kp", "punjab", "sindh", "balochistan", "ict", "gb", "ajk", "pakistan"]


class MessageBody(BaseModel):
    """The body of POST /api/messages."""

    text: Text
    client_message_id: str = Field(pattern=r"^[A-Za-z0-9_-]{1,64}$")
    lang: Lang | None = None
    province: Province | None = None


@dataclass(frozen=True)
class Message:
    """A masked message, ready to be kept. `lang` and `province` only as the page gave them;
    `wished_lang` as the officer asks for it in this message's words.
    """

    client_message_id: str
    text: str
    masked: tuple[str, ...]
    danger: bool
    lang: Lang | None = None
    province: str | None = None
    wished_lang: Lang | None = None

    def chosen_language(self, page_lang: Lang | None) -> Lang | None:
        """The language this message chooses: in its words, or by a change in the page.

        The page sends its language with every message; only a change of it is a choice.
        """
        given = self.lang if self.lang != page_lang else None
        return self.wished_lang or given

    def seen_language(self, last_lang: Lang | None) -> Lang:
        """The language of the script; a message without letters goes on in the last one."""
        if not any(character.isalpha() for character in self.text):
            return last_lang or "en"
        return "ur" if has_arabic_letters(self.text) else "en"


def read(body: MessageBody) -> Message:
    """Mask the message and look for danger in what is left."""
    masked = mask(body.text)
    return Message(
        client_message_id=body.client_message_id,
        text=masked.text,
        masked=tuple(masked.kinds),
        danger=is_danger(masked.text),
        lang=body.lang,
        province=body.province,
        wished_lang=wished_language(masked.text),
    )


async def warm_up() -> None:
    """Read something: the rules are compiled on first use, for a second the first officer waits."""
    await run_in_threadpool(read, MessageBody(text="warm up", client_message_id="warm-up"))


def has_arabic_letters(text: str) -> bool:
    """True when a letter of the Arabic script, which Urdu uses, stands in the text."""
    return any(
        unicodedata.category(character).startswith("L")
        and unicodedata.name(character, "").startswith("ARABIC")
        for character in text
        if character >= "\u0600"
    )
