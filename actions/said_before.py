"""Say again what was said last, as Rasa recorded it."""

from collections.abc import Iterator
from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions import runtime, turn
from guidebook import messages
from guidebook.errors import ReplyFormatError
from guidebook.reply import Reply
from guidebook.retelling import retell
from guidebook.vocabulary import Lang, family


def repeat(dispatcher: CollectingDispatcher, tracker: Tracker, lang: Lang) -> None:
    """Send the replies to the officer's message before this one; a sentence when there are none."""
    said = list(_last_replies(tracker.events))
    for event in said:
        custom = (event.get("data") or {}).get("custom")
        response = (event.get("metadata") or {}).get("utter_action")
        if custom is not None:
            turn.say(dispatcher, Reply.from_json(custom))
        elif response is not None:
            dispatcher.utter_message(response=response)
    if not said:
        words = messages.text("told_nothing_to_repeat", lang)
        turn.say(dispatcher, Reply(status="told_nothing_to_repeat", lang=lang, text=words))


def in_language(tracker: Tracker, lang: Lang) -> Iterator[Reply]:
    """The last answers of this talk, with their words in `lang`."""
    library = runtime.library()
    for reply in _last_answers(tracker):
        retold = retell(reply, library.corpus, library.retriever.titled, lang)
        if retold is not None:
            yield retold


def was_card(tracker: Tracker) -> bool:
    """True when the first-hour card was the reply to the message before this one."""
    return any(reply.card is not None for reply in _last_said(tracker))


def _last_answers(tracker: Tracker) -> list[Reply]:
    """The answers to the last message that a document answered, in order."""
    turns: list[list[Reply]] = [[]]
    for event in tracker.events:
        if event.get("event") == "user":
            turns.append([])
        elif event.get("event") == "bot" and _is_whole(event):
            custom = (event.get("data") or {}).get("custom")
            reply = None if custom is None else Reply.from_json(custom)
            if reply is not None and family(reply.status) == "answered":
                turns[-1].append(reply)
    return next((answers for answers in reversed(turns) if answers), [])


def _last_said(tracker: Tracker) -> Iterator[Reply]:
    for event in _last_replies(tracker.events):
        custom = (event.get("data") or {}).get("custom")
        if custom is not None:
            yield Reply.from_json(custom)


def _last_replies(events: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """What the bot said between the last two messages of the officer, in order."""
    asked = [at for at, event in enumerate(events) if event.get("event") == "user"]
    if not asked:
        return
    before = asked[-2] if len(asked) > 1 else 0
    for event in events[before : asked[-1]]:
        if event.get("event") == "bot" and _is_whole(event):
            yield event


def _is_whole(event: dict[str, Any]) -> bool:
    """True for what this version can say again; a reply of another shape is left out."""
    custom = (event.get("data") or {}).get("custom")
    if custom is None:
        return bool((event.get("metadata") or {}).get("utter_action"))
    try:
        Reply.from_json(custom)
    except ReplyFormatError:
        return False
    return True
