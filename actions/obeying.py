"""Obey a message about the conversation itself, outside the first-hour form.

A wish to stop, a setting, a repetition, the start of the card, a correction of the card that is
out. The words decide, not the intent: every action that takes free text asks here first.
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
from guidebook.danger import is_danger
from guidebook.first_hour_form import correct
from guidebook.query import Query
from guidebook.setting import province_of, settle

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
        return turn.remember(kept)
    if command is not None and command.name == "repeat":
        said_before.repeat(dispatcher, tracker, lang)
        return turn.remember(context)
    if command is not None and command.name == "start":
        return [dict(FollowupAction(form_slots.FORM))]
    if command is not None and command.name == "stop" and not runtime.hears_distress(query.text):
        return [dict(FollowupAction(STOPPED))]
    if command is None and context.card_out:
        return _redraw(dispatcher, tracker, query)
    return None


def _redraw(dispatcher: CollectingDispatcher, tracker: Tracker, query: Query) -> Events | None:
    """Draw the card again when the message corrects it."""
    context = turn.context_of(tracker)
    progress = form_slots.progress_of(tracker, context)
    corrected = correct(query.text, query.intent, progress, runtime.hear_case)
    if corrected is None:
        return None
    lang = turn.reply_lang_of(query)
    if corrected.danger or is_danger(query.text):
        said, context = alarm.sound(query.text, context, lang)
        turn.say(dispatcher, said)
    province, named = province_of(context, turn.page_province(tracker), settings().jurisdiction)
    progress = corrected.progress
    case = first_hour_card.Case(progress.answers, progress.mentions, province, named)
    turn.say(dispatcher, first_hour_saying.changes(corrected, lang))
    turn.say(dispatcher, first_hour_card.draw(case, runtime.library().corpus, lang))
    kept = replace(context, mentions=progress.mentions, at=time.time())
    return [*form_slots.keep(tracker, progress.answers), *turn.remember(kept)]
