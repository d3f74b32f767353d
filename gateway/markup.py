"""Write HTML without a template: everything is escaped unless it was made here."""

from collections.abc import Iterable
from html import escape

VOID = frozenset({"img", "input", "link", "meta"})
DOCTYPE = "<!doctype html>\n"


class Html(str):
    """Markup that may stand as it is. Only this module makes it."""

    __slots__ = ()


def tag(name: str, /, *content: str, **attributes: str | bool | None) -> Html:
    """An element. Plain strings in it are escaped; `class_` and `for_` stand for the keywords."""
    start = f"<{name}{''.join(_attributes(attributes))}>"
    if name in VOID:
        return Html(start)
    return Html(f"{start}{join(content)}</{name}>")


def head(title: str, *more: Html) -> Html:
    """The head of every page made here: title, screen, style; `more` comes last."""
    return tag(
        "head",
        tag("meta", charset="utf-8"),
        tag("title", title),
        tag("meta", name="viewport", content="width=device-width, initial-scale=1"),
        tag("meta", name="format-detection", content="telephone=no"),
        tag("link", rel="icon", href="/widget/icon.svg", type="image/svg+xml"),
        tag("link", rel="stylesheet", href="/widget/style.css"),
        *more,
    )


def join(parts: Iterable[str]) -> Html:
    """Parts one after another; plain strings escaped."""
    return Html("".join(part if isinstance(part, Html) else escape(part) for part in parts))


def _attributes(attributes: dict[str, str | bool | None]) -> Iterable[str]:
    for key, value in attributes.items():
        name = key.rstrip("_").replace("_", "-")
        if value is True:
            yield f" {name}"
        elif isinstance(value, str):
            yield f' {name}="{escape(value)}"'
