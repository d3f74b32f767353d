"""Read a turn out of a Rasa tracker, and put a Reply into Rasa's answer.

The only place that knows both shapes. It holds no rule of its own.
"""

import time
from typing import Any, get_args

from rasa_sdk import Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from guidebook.context import Context
from guidebook.language import reply_lang, writing_of
from guidebook.query import Query
from guidebook.reply import Reply
from guidebook.setting import heed_page, heed_words, province_of
from guidebook.vocabulary import Jurisdiction, Lang

SLOT = "context"


def query_of(tracker: Tracker, province: Jurisdiction) -> Query:
    """The officer's last message as a query; `province` is the installation's own."""
    message = tracker.latest_message
    return Query(
        text=str(message.get("text") or ""),
        lang=lang_of(tracker),
        province=province_of(context_of(tracker), page_province(tracker), province)[0],
        intent=(message.get("intent") or {}).get("name"),
    )


def intent_of(tracker: Tracker, sure: float) -> str | None:
    """The message's intent, or None when the classifier is less sure than `sure`."""
    intent = tracker.latest_message.get("intent") or {}
    return intent.get("name") if float(intent.get("confidence") or 0) >= sure else None


def page_province(tracker: Tracker) -> str | None:
    """The province chosen in the page, or None."""
    chosen = _metadata(tracker).get("province")
    return chosen if isinstance(chosen, str) else None


def lang_of(tracker: Tracker) -> Lang | None:
    """The language chosen in the page, or None to go by the script of the message."""
    chosen = _metadata(tracker).get("lang")
    return chosen if chosen in get_args(Lang) else None


def reply_lang_of(query: Query) -> Lang:
    """The language of the bot's own words in this turn."""
    return reply_lang(writing_of(query.text), query.lang)


def _metadata(tracker: Tracker) -> dict[str, Any]:
    metadata = tracker.latest_message.get("metadata")
    return metadata if isinstance(metadata, dict) else {}


def context_of(tracker: Tracker) -> Context:
    """What this conversation remembers, if it is fresh, and the province this message says."""
    context = Context.from_json(tracker.get_slot(SLOT), time.time())
    page = page_province(tracker)
    said = str(tracker.latest_message.get("text") or "")
    return heed_words(said, heed_page(context, page), page)


def say(dispatcher: CollectingDispatcher, reply: Reply) -> None:
    """Send `reply` through Rasa."""
    dispatcher.utter_message(json_message=reply.to_json())


def remember(context: Context) -> list[dict[str, Any]]:
    """The event that keeps `context`."""
    return [dict(SlotSet(SLOT, context.to_json()))]
