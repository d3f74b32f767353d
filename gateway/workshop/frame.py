"""What every page of a workshop stands in: head, style, the line for a lost connection.

Pages are made whole on the server and work without script; `live.js` only fetches a page again and
puts changed parts in. A part marked `live` may be exchanged so. Words come from the catalogue.
"""

from collections.abc import Sequence

from gateway.markup import DOCTYPE, Html, head, join, tag
from guidebook import messages
from guidebook.vocabulary import Lang

SCREENS = ("console", "wall", "phone")
LANGS: tuple[Lang, ...] = ("en", "ur")


def say(key: str, lang: Lang) -> str:
    """A message of the workshop."""
    return messages.text(f"workshop_{key}", lang)


def direction(lang: Lang) -> str:
    """The writing direction of a language."""
    return "rtl" if lang == "ur" else "ltr"


def page(screen: str, title: str, lang: Lang, *sections: Html) -> str:
    """A whole page for one of SCREENS."""
    made = head(
        title,
        tag("link", rel="stylesheet", href="/widget/workshop/workshop.css"),
        tag("script", type="module", src="/widget/workshop/live.js"),
    )
    lines = (
        tag("p", say("offline", lang), id="offline", class_="banner", role="status", hidden=True),
        tag("p", say("unsent", lang), id="unsent", class_="banner", role="status", hidden=True),
    )
    body = tag("body", *lines, tag("main", *sections, class_="without-script", id="main"))
    return DOCTYPE + tag(
        "html", made, body, lang=lang, dir=direction(lang), class_=f"workshop {screen}"
    )


def live(name: str, *content: str, **attributes: str | bool | None) -> Html:
    """A part of a page that is exchanged when it changes."""
    return tag("div", *content, id=name, data_live=True, **attributes)


def form(action: str, *content: str, token: str | None = None, **attributes: str | None) -> Html:
    """A form; `token` proves that one of our own pages sends it."""
    mark = tag("input", type="hidden", name="token", value=token) if token else Html()
    return tag(
        "form", mark, *content, action=action, method="post", accept_charset="utf-8", **attributes
    )


def button(words: str, *, quiet: bool = False, **attributes: str | bool | None) -> Html:
    """A button that sends its form."""
    class_ = "button button-quiet" if quiet else "button"
    return tag("button", words, type="submit", class_=class_, **attributes)


def hidden(name: str, value: str) -> Html:
    """A field nobody sees."""
    return tag("input", type="hidden", name=name, value=value)


def languages(action: str, lang: Lang, token: str | None = None) -> Html:
    """The other language, as a button in that language."""
    other: Lang = "en" if lang == "ur" else "ur"
    words = say("this_language", other)
    label = tag("span", words, lang=other, dir=direction(other))
    return form(
        action,
        hidden("lang", other),
        tag("button", label, type="submit", class_="button button-quiet", id="language"),
        token=token,
        class_="language-form",
    )


def words(text: str, lang: Lang, name: str = "p", class_: str | None = None) -> Html:
    """Text that is in a language of its own."""
    return tag(name, text, lang=lang, dir=direction(lang), class_=class_)


def refused(error: str, remedy: str, lang: Lang, back: str | None) -> str:
    """A page that says what went wrong and what to do."""
    said = tag(
        "section",
        tag("h1", say("title", lang)),
        tag("p", error, class_="lead"),
        tag("p", remedy),
        tag("p", tag("a", say("back", lang), href=back or "/join", class_="button")),
        class_="answer answer-failed",
    )
    return page("phone", say("title", lang), lang, said)


def counts(rows: Sequence[tuple[str, int]], lang: Lang, label: str, empty: str) -> Html:
    """A table of words and counts, each with a bar."""
    if not rows:
        return tag("p", say(empty, lang), class_="hint")
    most = str(max(count for _, count in rows))
    lines = (
        tag(
            "tr",
            tag("th", shown, scope="row", dir="auto"),
            tag("td", str(count), class_="number"),
            tag("td", tag("progress", value=str(count), max=most, aria_hidden="true")),
        )
        for shown, count in rows
    )
    head = tag(
        "tr",
        tag("th", say(label, lang), scope="col"),
        tag("th", say("count", lang), scope="col"),
        tag("td"),
    )
    return tag("table", tag("thead", head), tag("tbody", join(lines)), class_="counts")
