"""Obey a message about the conversation itself, outside the first-hour form.

A wish to stop, a setting, a repetition, the start of the card, the card that is out once more, or
a correction of it. The words decide, not the intent: every action that takes free text asks here
first.
"""

import time
from dataclasses import replace
from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.events import FollowupAction
from rasa_sdk.executor import CollectingDispatcher

from actions import form_slots, runtime, said_before, turn
from actions.guarded import settings
from guidebook import alarm, first_hour_card, first_hour_saying
from guidebook.commands import command_in
from guidebook.context import Context
from guidebook.danger import is_danger
from guidebook.first_hour_form import Progress, Turn, correct, tell
from guidebook.query import Query
from guidebook.reply import CardStep, Reply
from guidebook.setting import province_of, settle
from guidebook.vocabulary import Lang

Events = list[dict[str, Any]]

STOPPED = "utter_stop"  # the response of domain.yml


def obey(dispatcher: CollectingDispatcher, tracker: Tracker, query: Query) -> Events | None:
    """Do what the message asks for; None when it asks for nothing of the kind."""
    command = command_in(query.text)
    context = replace(turn.context_of(tracker), at=time.time())
    lang = turn.reply_lang_of(query)
    if command is not None and command.name in ("language", "province"):
        reply, kept = settle(command, context, turn.page_province(tracker), lang)
        turn.say(dispatcher, reply)
        if command.name == "language":
            _say_in(dispatcher, tracker, kept, reply.lang)
        return turn.remember(kept)
    if command is not None and command.name == "repeat":
        said_before.repeat(dispatcher, tracker, lang)
        return turn.remember(context)
    if command is not None and command.name == "card" and context.card_out:
        return _draw_again(dispatcher, tracker, query, context)
    if command is not None and command.name in ("card", "start"):
        return [dict(FollowupAction(form_slots.FORM))]
    if command is not None and command.name == "stop" and not runtime.hears_distress(query.text):
        return [dict(FollowupAction(STOPPED))]
    if command is None and context.card_out:
        return _correct(dispatcher, tracker, query, context)
    return None


def _say_in(
    dispatcher: CollectingDispatcher, tracker: Tracker, context: Context, lang: Lang
) -> None:
    """What was said last, in the language now wished for."""
    for answer in said_before.in_language(tracker, lang):
        turn.say(dispatcher, answer)
    if context.card_out and said_before.was_card(tracker):
        progress = form_slots.progress_of(tracker, context)
        turn.say(dispatcher, _card(tracker, context, progress, lang))


def _draw_again(
    dispatcher: CollectingDispatcher, tracker: Tracker, query: Query, context: Context
) -> Events:
    """The card that was given, once more, with whatever this message tells of the case."""
    progress = form_slots.progress_of(tracker, context)
    told = tell(query.text, progress, runtime.hear_case)
    lang = turn.reply_lang_of(query)
    context = _alarmed(dispatcher, query, told, context)
    said = first_hour_saying.heard(told, lang)
    if said:
        turn.say(dispatcher, first_hour_saying.noted(said, lang))
    turn.say(dispatcher, _card(tracker, context, told.progress, lang))
    return _kept(tracker, context, told.progress)


def _correct(
    dispatcher: CollectingDispatcher, tracker: Tracker, query: Query, context: Context
) -> Events | None:
    """Take a correction of the card. It is drawn again where its steps change."""
    progress = form_slots.progress_of(tracker, context)
    corrected = correct(query.text, query.intent, progress, runtime.hear_case)
    if corrected is None:
        return None
    lang = turn.reply_lang_of(query)
    context = _alarmed(dispatcher, query, corrected, context)
    before = _card(tracker, context, progress, lang)
    after = _card(tracker, context, corrected.progress, lang)
    drawn = _steps(before) != _steps(after)
    turn.say(dispatcher, first_hour_saying.changes(corrected, lang, drawn=drawn))
    if drawn:
        turn.say(dispatcher, after)
    return _kept(tracker, context, corrected.progress)


def _alarmed(
    dispatcher: CollectingDispatcher, query: Query, told: Turn, context: Context
) -> Context:
    """Danger that is told with it goes before the card."""
    if not (told.danger or is_danger(query.text)):
        return context
    said, context = alarm.sound(query.text, context, turn.reply_lang_of(query))
    turn.say(dispatcher, said)
    return context


def _card(tracker: Tracker, context: Context, progress: Progress, lang: Lang) -> Reply:
    page = turn.page_province(tracker)
    province, named = province_of(context, page, settings().jurisdiction)
    case = first_hour_card.Case(progress.answers, progress.mentions, province, named)
    return first_hour_card.draw(case, runtime.library().corpus, lang)


def _steps(reply: Reply) -> tuple[CardStep, ...]:
    return () if reply.card is None else reply.card.steps


def _kept(tracker: Tracker, context: Context, progress: Progress) -> Events:
    kept = replace(context, mentions=progress.mentions, at=time.time())
    return [*form_slots.keep(tracker, progress.answers), *turn.remember(kept)]
