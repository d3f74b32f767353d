"""Do what an officer asks of the conversation in words: answer for a province, in a language.

The province is kept in the Context, over what the page says, until the page says another. The
language is only acknowledged here: the gateway hears the wish itself, before Rasa, because it
chooses the language of every turn.
"""

from dataclasses import replace
from typing import get_args

from guidebook import messages
from guidebook.commands import Command, place_said
from guidebook.context import Context
from guidebook.reply import Reply
from guidebook.vocabulary import Jurisdiction, Lang


def settle(
    command: Command, context: Context, page_province: str | None, lang: Lang
) -> tuple[Reply, Context]:
    """The acknowledgement in one line, and what is remembered."""
    if command.name == "language":
        wished: Lang = "ur" if command.value == "ur" else "en"
        words = messages.text("told_language", wished)
        return Reply(status="told_language", lang=wished, text=words), context
    province = str(command.value)
    words = messages.text("told_province", lang, province=province)
    kept = replace(context, province=province, page_province=page_province)
    return Reply(status="told_province", lang=lang, text=words), kept


def heed_words(text: str, context: Context, page_province: str | None) -> Context:
    """`context` with the province that `text` says its question is about."""
    province = place_said(text)
    if province is None:
        return context
    return replace(context, province=province, page_province=page_province)


def heed_page(context: Context, page_province: str | None) -> Context:
    """`context` without the province asked for, once the page says another than it said then."""
    if context.province is None or context.page_province == page_province:
        return context
    return replace(context, province=None, page_province=None)


def province_of(
    context: Context, page_province: str | None, default: Jurisdiction
) -> tuple[Jurisdiction, bool]:
    """The province to answer for, and whether the officer said it in words."""
    known = get_args(Jurisdiction)
    if heed_page(context, page_province).province in known:
        return context.province, True  # type: ignore[return-value]  # in the closed list
    if page_province in known:
        return page_province, False  # type: ignore[return-value]  # in the closed list
    return default, False
