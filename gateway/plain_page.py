"""The plain page at /ask, for browsers without script: question, replies, the form again.

It shows what the page of widget/ shows, as flat HTML made on the server, under the same style
sheet. Words of documents stand as they are, with their source; the officer's own words are
escaped and come from no reply.
"""

import re
import secrets
from collections.abc import Sequence
from urllib.parse import urlsplit

from gateway.bounds import TEXT_CHARACTERS
from gateway.markup import DOCTYPE, Html, head, join, tag
from guidebook import messages
from guidebook.reply import Beside, Citation, Contact, Reply, SourceLink
from guidebook.vocabulary import Lang, family

PATH = "/ask"
NOT_DIALLED = re.compile(r"[^0-9+*#]")


def empty(lang: Lang) -> str:
    """The page before a question."""
    return _page(lang)


def answered(question: str, replies: Sequence[Reply], lang: Lang) -> str:
    """The page after a question. `question` is masked."""
    words = tag("p", question, dir="auto", class_="question-words")
    asked = tag("section", tag("h2", _say("plain_you_asked", lang)), words, class_="turn")
    return _page(lang, asked, *(_reply(reply) for reply in replies))


def refused(error: str, remedy: str, lang: Lang, typed: str = "") -> str:
    """The page when the question was not taken; what was typed stands in the form again."""
    words = (tag("p", error, class_="lead"), tag("p", remedy))
    return _page(lang, tag("section", *words, class_="answer answer-failed"), typed=typed)


def _page(lang: Lang, *sections: Html, typed: str = "") -> str:
    title = _say("plain_title", lang)
    main = tag(
        "div",
        tag("h1", title),
        tag("p", _say("plain_about", lang), " ", _say("guidance_only", lang)),
        _emergency(lang),
        *sections,
        _form(lang, typed),
        tag("p", tag("a", _say("plain_full_page", lang), href="/")),
        class_="turns",
    )
    body = tag("body", tag("main", main, class_="without-script"))
    return DOCTYPE + tag("html", head(title), body, lang=lang, dir=_direction(lang))


def _emergency(lang: Lang) -> Html:
    note = tag("small", _say("contact_note", lang))
    calls = join(
        tag("a", _say(f"plain_call_{number}", lang), class_="call call-now", href=f"tel:{number}")
        for number in ("15", "1122")
    )
    return tag(
        "section",
        tag("p", tag("strong", _say("plain_danger", lang)), " ", note),
        tag("p", calls, class_="calls"),
        class_="turn",
    )


def _form(lang: Lang, typed: str) -> Html:
    field = tag(
        "textarea",
        "\n" + typed,  # browsers drop the first line break
        id="text",
        name="text",
        rows="3",
        dir="auto",
        maxlength=str(TEXT_CHARACTERS),
        required=True,
        aria_describedby="hint",
    )
    return tag(
        "form",
        tag("label", _say("plain_question", lang), for_="text"),
        tag("p", _say("plain_hint", lang), id="hint", class_="hint"),
        tag("div", field, class_="composer-row"),
        _mark(),
        tag("p", tag("button", _say("plain_send", lang), type="submit", class_="button")),
        class_="turn",
        **_posts(),
    )


def _posts() -> dict[str, str]:
    return {"action": PATH, "method": "post", "accept_charset": "utf-8"}


def _mark() -> Html:
    """A form sent twice, by a reload or a second press, is one question."""
    return tag("input", type="hidden", name="form", value=secrets.token_urlsafe(12))


def _reply(reply: Reply) -> Html:
    """The same order as on the full page; in danger nothing stands before what to do."""
    lang, kind = reply.lang, family(reply.status)
    notice = _line(reply.notice, "answer-notice")
    return tag(
        "section",
        tag("h2", _say("plain_answer", lang), class_="visually-hidden"),
        Html() if kind == "emergency" else notice,
        _line(_asked(reply), "answer-heading"),
        *_words(reply),
        _beside(reply.beside),
        _contacts(reply.contacts, lang),
        notice if kind == "emergency" else Html(),
        _line(reply.caution, "caution"),
        _line(messages.catalogue(lang).get(f"strength_{reply.strength}"), "strength"),
        join(_paragraphs(line) for line in reply.more),
        join(_citation(citation, lang) for citation in reply.citations),
        join(_line(assumed.label, "assumed") for assumed in reply.assumed),
        _nearest(reply.nearest, lang),
        _suggestions(reply, lang),
        lang=lang,
        dir=_direction(lang),
        class_=f"answer answer-{kind}",
    )


def _asked(reply: Reply) -> str | None:
    """What the text is an answer to: its own "Yes" or "No" means nothing without that."""
    if family(reply.status) != "answered" or reply.card is not None or not reply.citations:
        return None
    return reply.citations[0].heading


def _words(reply: Reply) -> Sequence[Html]:
    if reply.lead is None:
        return [_paragraphs(reply.text)]
    steps = (tag("li", tag("p", step, dir="auto")) for step in reply.steps)
    numbered = tag("ol", *steps, class_="steps", dir="auto") if reply.steps else Html()
    return [_paragraphs(reply.lead, "lead"), numbered]


def _paragraphs(text: str, class_: str | None = None) -> Html:
    return join(_line(line, class_) for line in text.split("\n"))


def _line(words: str | None, class_: str | None = None) -> Html:
    return tag("p", words, dir="auto", class_=class_) if words and words.strip() else Html()


def _contacts(contacts: Sequence[Contact], lang: Lang) -> Html:
    if not contacts:
        return Html()
    entries = (tag("li", *_contact(contact, lang)) for contact in contacts)
    title = tag("h3", _say("plain_contacts", lang))
    return join((title, tag("ul", *entries, class_="contacts")))


def _contact(contact: Contact, lang: Lang) -> Sequence[Html]:
    call_now = contact.state == "call_now"
    words = tag("span", contact.label, " ", tag("bdi", contact.number, dir="ltr"))
    dialled = NOT_DIALLED.sub("", contact.number)
    class_ = "call call-now" if call_now else "call"
    state = _say("contact_note" if call_now else "contact_check_first", lang)
    return (
        tag("a", words, class_=class_, href=f"tel:{dialled}"),
        tag("span", state, class_="call-state"),
    )


def _citation(citation: Citation, lang: Lang) -> Html:
    since = citation.in_force_from or _say("plain_date_not_known", lang)
    facts = {
        "plain_authority": _say(f"authority_{citation.authority}", lang),
        "plain_jurisdiction": _say(f"value_{citation.jurisdiction}", lang),
        "plain_in_force_from": since,
        "plain_checked_on": citation.checked_on,
    }
    rows = (tag("div", tag("dt", _say(key, lang)), tag("dd", fact)) for key, fact in facts.items())
    draft = _say("draft_notice", lang) if citation.review_status == "draft" else None
    return tag(
        "div",
        tag("h3", _say("plain_source", lang), ": ", tag("cite", citation.title, dir="auto")),
        _line(citation.heading),
        tag("dl", *rows),
        _line(draft),
        _links(citation.sources, lang),
        class_="about",
    )


def _links(sources: Sequence[SourceLink], lang: Lang) -> Html:
    if not sources:
        return Html()
    entries = (tag("li", _link(source)) for source in sources)
    return join((tag("p", _say("plain_sources", lang)), tag("ul", *entries, class_="links")))


def _link(source: SourceLink) -> Html:
    try:
        scheme = urlsplit(source.url).scheme
    except ValueError:
        scheme = ""
    if scheme not in ("http", "https"):
        return tag("span", source.title, dir="auto")
    return tag("a", source.title, href=source.url, rel="noopener noreferrer", dir="auto")


def _nearest(nearest: Sequence[Citation], lang: Lang) -> Html:
    if not nearest:
        return Html()
    entries = (
        join((tag("blockquote", _paragraphs(citation.quote)), _citation(citation, lang)))
        for citation in nearest
    )
    return tag("div", tag("h3", _say("plain_nearest", lang)), *entries, class_="nearest")


def _beside(other: Beside | None) -> Html:
    if other is None:
        return Html()
    words = join(_paragraphs(line) for line in other.lines)
    return tag("blockquote", tag("h3", other.label), words, class_="quoted more")


def _suggestions(reply: Reply, lang: Lang) -> Html:
    if not reply.suggestions:
        return Html()
    buttons = (
        tag("button", it.title, name="text", value=it.payload, dir="auto", class_="suggestion")
        for it in reply.suggestions
    )
    title = tag("h3", _say("plain_suggestions", lang))
    return tag("form", title, _mark(), *buttons, class_="suggestions", **_posts())


def _say(key: str, lang: Lang) -> str:
    return messages.text(key, lang)


def _direction(lang: Lang) -> str:
    return "rtl" if lang == "ur" else "ltr"
