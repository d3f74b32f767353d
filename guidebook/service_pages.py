"""Render the services into the Markdown pages that stand in the corpus, one a jurisdiction.

Each service becomes a passage whose first sentence gives the number or says to check it first.
The pages are committed, and the corpus check compares them with what this module makes.
"""

import json
import re
import unicodedata
from datetime import date
from pathlib import Path

from guidebook import messages
from guidebook.services import Directory, Service
from guidebook.vocabulary import Jurisdiction

_PAGE = """\
---
id: service-directory-{jurisdiction}
title: "Helplines and services: {place}"
kind: service-directory
authority: official
jurisdiction: {jurisdiction}
lang: en
topics: [referral-services]
in_force_from: null
checked_on: {checked_on}
review_by: {review_by}
superseded_by: null
review_status: draft
reviewed_by: null
sources:
{sources}
---

{passages}
"""
_PLACES = {"kp": "KP", "ict": "Islamabad", "gb": "GB", "ajk": "AJK"}
_STATES = {
    "call_now": "call now; this project has not test-dialled it",
    "check_first": "check first; this project has not test-dialled it",
}


def render(directory: Directory) -> dict[Path, str]:
    """The text of every page by file name, ready to be written beside `services.yml`."""
    places = dict.fromkeys(service.covers for service in directory.services)
    return {Path(f"helplines-{place}.md"): _page(directory, place) for place in places}


def write_pages(directory: Directory, folder: Path) -> list[Path]:
    """Write every page into `folder`, remove pages no service needs, and return those written."""
    pages = {folder / name: text for name, text in render(directory).items()}
    for stale in set(folder.glob("helplines-*.md")) - set(pages):
        stale.unlink()
    for path, text in pages.items():
        path.write_text(text, encoding="utf-8")
    return sorted(pages)


def _page(directory: Directory, place: Jurisdiction) -> str:
    services = [service for service in directory.services if service.covers == place]
    text = _PAGE.format(
        jurisdiction=place,
        place=messages.text(f"value_{place}", "en"),
        checked_on=directory.checked_on,
        review_by=directory.review_by,
        sources="\n".join(_sources(services, directory.checked_on)),
        passages="\n\n".join(_passage(service) for service in services),
    )
    return unicodedata.normalize("NFC", text)


def _sources(services: list[Service], seen: date) -> list[str]:
    urls = dict.fromkeys(service.source.url for service in services)
    lines = []
    for number, url in enumerate(urls, start=1):
        using = [service for service in services if service.source.url == url]
        facts = dict.fromkeys(fact for service in using for fact in service.facts)
        lines.append(
            f"- {{id: s{number}, title: {_quoted(using[0].source.title)}, url: {_quoted(url)}, "
            f"seen: {seen}, confidence: {using[0].confidence}, facts: [{', '.join(facts)}]}}"
        )
    return lines


def _passage(service: Service) -> str:
    asks = "what is the number, and when is it open?"
    if service.number is None:
        asks = "how do I reach it, and is there a number?"
    note = ["<!--", f"id: {service.id}", f"facts: [{', '.join(service.facts)}]"]
    if service.confidence != "official":
        note.append("authority: practice")
    if service.confidence == "conflicting":
        note.append("caution: sources_differ")
    note += ["asked_as:", *(f"- {_quoted(one)}" for one in _asked_as(service)), "-->"]
    heading = f"## {service.name_en}: {asks}"
    return "\n".join([heading, *note, _opening(service), "", *_body(service)])


def _opening(service: Service) -> str:
    if service.number is None:
        return "No number is confirmed: ask your supervisor or the office before you send anyone."
    if service.state == "call_now":
        return f"{service.number}: call now."
    return f"{service.number}, but check it first: ring it yourself before you give it to anyone."


def _body(service: Service) -> list[str]:
    lines = [
        f"- Who answers: {_sentence(service.run_by)}",
        f"- Hours: {_sentence(service.hours or 'not confirmed')}",
        f"- Where it serves: {messages.text(f'value_{service.covers}', 'en')}.",
        f"- State: {_STATES[service.state]}.",
        f"- Last shown in service: {_month(service.verified_on)}.",
    ]
    if service.alternates:
        lines.append(f"- Also printed: {', '.join(service.alternates)}.")
    if service.confidence == "conflicting":
        lines.append("- Sources differ on it. Where life is at risk, 15 comes first.")
    note = ["", _sentence(service.note_en)] if service.note_en else []
    number = f", {service.number}" if service.number else ""
    return [*lines, *note, "", f"Service: {service.name_en}{number}; {_sentence(service.run_by)}"]


def _asked_as(service: Service) -> list[str]:
    name = re.split(r",| \(", service.name_en)[0]
    name_ur = re.split(r"،| \(", service.name_ur)[0]
    place = _PLACES.get(service.covers, service.covers.title())
    place_ur = messages.text(f"value_{service.covers}", "ur")
    told = service.number or name
    made = [
        f"{name} number {place}",
        f"when is {name} open in {place}",
        f"who runs {name} in {place} and is it working",
        f"{told} {place} is it still on, can I give it to her",
        f"{name} ka number kya hai, {place} mein",
        f"{told} {place} mein chal raha hai ya band hai, kis waqt call karein",
        f"{place_ur} میں {name_ur} کا نمبر کیا ہے؟",
        f"{name_ur} کے اوقات کیا ہیں اور کون چلاتا ہے، {place_ur}؟",
    ]
    return list(dict.fromkeys([*service.asked_as, *made]))


def _month(verified_on: str | None) -> str:
    return date.fromisoformat(f"{verified_on}-01").strftime("%B %Y") if verified_on else "not known"


def _sentence(text: str) -> str:
    text = " ".join(text.split())
    return text if text.endswith((".", "?", "!")) else f"{text}."


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
