"""The trainer's console: the room at a glance, and a button for each thing a trainer does.

Counts alone; a question's words stand here only where its officer sent them on purpose. Every part
that changes is `live`, and every control is a button of a form, so that keys reach all of it.
"""

from collections import Counter
from datetime import datetime

from gateway.markup import Html, join, tag
from gateway.workshop import passages
from gateway.workshop.console_run import clock_part, moves_part, playing_part, start_part
from gateway.workshop.frame import button, counts, form, hidden, languages, live, page, say
from gateway.workshop.room import Seen
from guidebook import messages
from guidebook.vocabulary import Lang, family

SLICE_S = 600
SLICES = 18
MOST_ROWS = 12


def sign_in(lang: Lang, error: str | None = None, remedy: str | None = None) -> str:
    """The door."""
    told = (tag("p", error, class_="lead"), tag("p", remedy or "")) if error else ()
    field = tag(
        "input",
        id="pin",
        name="pin",
        type="password",
        inputmode="numeric",
        autocomplete="current-password",
        required=True,
        maxlength="64",
    )
    return page(
        "phone",
        say("console", lang),
        lang,
        tag("h1", say("console", lang)),
        tag("section", *told, class_="answer answer-failed") if told else Html(),
        form(
            "/trainer/sign-in",
            tag("label", say("pin", lang), for_="pin"),
            tag("p", say("pin_hint", lang), class_="hint"),
            field,
            hidden("lang", lang),
            tag("p", button(say("sign_in", lang))),
            class_="turn",
        ),
    )


def console(seen: Seen, lang: Lang, token: str, addresses: list[str]) -> str:
    """The whole console."""
    return page(
        "console",
        say("console", lang),
        lang,
        _head(seen, lang, token, addresses),
        live("fault", _fault(seen, lang)),
        tag(
            "div",
            tag(
                "div",
                live("playing", playing_part(seen, lang)),
                clock_part(seen, lang),
                live("moves", moves_part(seen, lang, token)),
                live("start", start_part(seen, lang, token)),
                live("wall-part", _wall(seen, lang, token)),
                class_="column",
            ),
            tag(
                "div",
                live("asked", _asked(seen, lang)),
                live("unanswered", _unanswered(seen, lang)),
                live("sent", _sent(seen, lang)),
                class_="column",
            ),
            tag(
                "div",
                live("feedback", _feedback(seen, lang)),
                live("time-line", _time_line(seen, lang)),
                class_="column",
            ),
            class_="columns",
        ),
        tag(
            "p",
            tag(
                "a", say("end", lang), href="/trainer/end", class_="button button-warning", id="end"
            ),
        ),
    )


def _head(seen: Seen, lang: Lang, token: str, addresses: list[str]) -> Html:
    address = f"http://{addresses[0]}/join" if addresses else say("no_address", lang)
    facts = (
        (say("code", lang), seen.workshop.code),
        (say("joined", lang), str(seen.joined)),
        (say("here", lang), str(seen.here)),
        (say("asked_count", lang), str(len(seen.asking.turns))),
    )
    figures = (tag("div", tag("dt", name), tag("dd", tag("bdi", value))) for name, value in facts)
    return tag(
        "header",
        tag("h1", say("console", lang)),
        live("figures", tag("dl", *figures, class_="figures")),
        tag("p", tag("bdi", address, dir="ltr")),
        tag(
            "div",
            tag(
                "a",
                say("open_wall", lang),
                href="/join",
                target="_blank",
                class_="button",
                id="wall-link",
            ),
            tag("a", say("results", lang), href="/trainer/results", class_="button", id="results"),
            languages("/trainer/language", lang, token),
            form(
                "/trainer/sign-out",
                button(say("sign_out", lang), quiet=True, id="sign-out"),
                token=token,
            ),
            class_="button-row",
        ),
    )


def _fault(seen: Seen, lang: Lang) -> Html:
    if seen.fault is None:
        return Html()
    return tag(
        "p", say("content_broken", lang), " ", tag("bdi", seen.fault, dir="ltr"), class_="caution"
    )


def _wall(seen: Seen, lang: Lang, token: str) -> Html:
    projected = seen.workshop.projected
    kind = str(projected.get("kind", "join"))
    now = say(f"wall_{kind}", lang)
    if kind == "passage":
        now = f"{now}: {passages.heading(seen.corpus, str(projected['passage']))}"
    rows = [("join", "", say("wall_join", lang))]
    if seen.playing:
        rows.append(("run", "", say("wall_run", lang)))
    rows += [
        ("passage", passage, f"{passages.heading(seen.corpus, passage)} ({count})")
        for passage, count in seen.asking.answers()[:MOST_ROWS]
    ]
    buttons = (tag("li", _project(kind_, passage, label, token)) for kind_, passage, label in rows)
    return tag(
        "section",
        tag("h2", say("wall", lang)),
        tag("p", say("wall_now", lang), " ", tag("strong", now, dir="auto")),
        tag("p", say("wall_freeze", lang), class_="hint"),
        tag("ul", *buttons, class_="projectable"),
    )


def _project(kind: str, passage: str, label: str, token: str) -> Html:
    return form(
        "/trainer/project",
        hidden("kind", kind),
        hidden("passage", passage),
        tag(
            "button",
            label,
            type="submit",
            class_="suggestion",
            dir="auto",
            id=f"p-{kind}-{passage}",
        ),
        token=token,
        data_keep="here",
    )


def _asked(seen: Seen, lang: Lang) -> Html:
    rows = [(messages.text(f"topic_{t}", lang), n) for t, n in seen.asking.topics()[:MOST_ROWS]]
    return tag(
        "section",
        tag("h2", say("topics", lang)),
        counts(rows, lang, "topic", "nothing_asked"),
        tag("p", say("counts_only", lang), class_="hint"),
    )


def _unanswered(seen: Seen, lang: Lang) -> Html:
    endings = Counter[str]()
    for status, count in seen.asking.unanswered():
        key = f"status_{status}"
        known = f"workshop_{key}" in messages.catalogue(lang)
        endings[say(key if known else f"status_{family(status)}", lang)] += count
    nearest = [(passages.heading(seen.corpus, p), n) for p, n in seen.asking.nearest()[:MOST_ROWS]]
    return tag(
        "section",
        tag("h2", say("unanswered", lang)),
        counts(endings.most_common(), lang, "how_it_ended", "all_answered"),
        counts(nearest, lang, "nearest", "all_answered") if nearest else Html(),
    )


def _sent(seen: Seen, lang: Lang) -> Html:
    entries = (
        tag("li", tag("q", sent.text, dir="auto"), " ", _verdict(sent.verdict, lang))
        for sent in reversed(seen.asking.sent)
    )
    listed = tag("ul", *entries, class_="sent") if seen.asking.sent else Html()
    none = Html() if seen.asking.sent else tag("p", say("nothing_sent", lang), class_="hint")
    return tag("section", tag("h2", say("sent", lang)), listed, none)


def _verdict(verdict: str, lang: Lang) -> Html:
    return tag("span", say(f"feedback_{verdict}", lang), class_="hint")


def _feedback(seen: Seen, lang: Lang) -> Html:
    verdicts = [(say(f"feedback_{v}", lang), n) for v, n in seen.asking.verdicts.items()]
    reasons = [(say(f"reason_{r}", lang), n) for r, n in seen.asking.reasons.items()]
    return tag(
        "section",
        tag("h2", say("feedback", lang)),
        counts(verdicts, lang, "verdict", "no_feedback"),
        counts(reasons, lang, "reason", "no_feedback") if reasons else Html(),
    )


def _time_line(seen: Seen, lang: Lang) -> Html:
    """The last three hours in slices of ten minutes, newest first."""
    asked, missed = Counter[int](), Counter[int]()
    for turn in seen.asking.turns:
        asked[int(turn.at // SLICE_S)] += 1
        missed[int(turn.at // SLICE_S)] += family(turn.status) in (
            "unanswerable",
            "refused",
            "failed",
        )
    newest = int(seen.now // SLICE_S)
    slices = [at for at in range(newest, newest - SLICES, -1) if asked[at]]
    most = str(max(asked.values(), default=1))
    rows = (
        tag(
            "tr",
            tag("th", tag("bdi", _clock(at * SLICE_S)), scope="row"),
            tag("td", str(asked[at]), class_="number"),
            tag("td", str(missed[at]), class_="number"),
            tag("td", tag("progress", value=str(asked[at]), max=most, aria_hidden="true")),
        )
        for at in slices
    )
    names = ("time", "asked_count", "unanswered")
    head = tag("tr", *(tag("th", say(name, lang), scope="col") for name in names), tag("td"))
    table = tag("table", tag("thead", head), tag("tbody", join(rows)), class_="counts")
    none = tag("p", say("nothing_asked", lang), class_="hint")
    return tag("section", tag("h2", say("time_line", lang)), table if slices else none)


def _clock(seconds: float) -> str:
    return datetime.fromtimestamp(seconds).astimezone().strftime("%H:%M")
