"""Draw a Chart as SVG for a page under a strict content policy: no style, no script.

Text is text, so that a screen reader reads it and a browser shapes Urdu; rows run from right to
left in Urdu. The drawing scales to its place; colours differ in lightness too, for a weak projector
and for colour-blind eyes. The page has to bring the Nastaliq typeface.
"""

from collections.abc import Iterator
from html import escape
from textwrap import wrap

from guidebook.training.charts import Bar, Chart, Row
from guidebook.vocabulary import Lang

WIDTH = 800
WORDS_WIDTH = 90  # kept free at the end of the longest bar
BAR, GAP = 18, 12
LINE: dict[Lang, int] = {"en": 24, "ur": 44}  # Nastaliq hangs its words from above
LETTERS_A_LINE: dict[Lang, int] = {"en": 84, "ur": 96}
FILLS = ("#b6cde2", "#12507b")
INK = "#1b1b1b"


def svg(chart: Chart) -> str:
    """The chart as one `<svg>` element."""
    line = LINE[chart.lang]
    parts: list[str] = []
    y = 0
    if chart.legend:
        parts += _legend(chart, y)
        y += line + GAP
    for row in chart.rows:
        drawn, y = _row(chart.lang, row, y)
        parts += drawn
    for text in wrap(chart.note or "", LETTERS_A_LINE[chart.lang] * 5 // 4):
        y += line
        parts.append(_text(chart.lang, y - line // 3, text, size=15))
    y += GAP
    right = ' direction="rtl"' if chart.lang == "ur" else ""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {y}" role="img"'
        f' lang="{chart.lang}"{right} font-size="18" fill="{INK}">'
        f"<title>{escape(chart.title)}</title><desc>{escape(describe(chart))}</desc>"
        f"{''.join(parts)}</svg>"
    )


def describe(chart: Chart) -> str:
    """The chart in words, for whoever cannot see it."""
    return "; ".join(
        f"{row.label}{f' ({row.mark})' if row.mark else ''}: "
        + ", ".join(_said(chart, bar) for bar in row.bars)
        for row in chart.rows
    )


def _said(chart: Chart, bar: Bar) -> str:
    return f"{chart.legend[bar.series]} {bar.words}" if chart.legend else bar.words


def _legend(chart: Chart, y: int) -> Iterator[str]:
    line = LINE[chart.lang]
    for number, name in enumerate(chart.legend):
        at = number * 160
        yield _box(chart.lang, at, y + line // 2 - BAR // 2, BAR, FILLS[number])
        yield _text(chart.lang, y + line // 2 + 6, name, at=at + BAR + 8)


def _row(lang: Lang, row: Row, y: int) -> tuple[list[str], int]:
    line, parts = LINE[lang], []
    label = row.label if row.mark is None else f"{row.label} ({row.mark})"
    for text in wrap(label, LETTERS_A_LINE[lang]):
        y += line
        parts.append(_text(lang, y - line // 3, text, bold=row.mark is not None))
    for bar in row.bars:
        parts += _bar(lang, bar, y)
        y += BAR + 2
    return parts, y + GAP


def _bar(lang: Lang, bar: Bar, y: int) -> Iterator[str]:
    room = WIDTH - WORDS_WIDTH
    yield _box(lang, 0, y, room, "#ffffff")
    if bar.share > 0:
        yield _box(lang, 0, y, bar.share * room, FILLS[bar.series])
    if bar.interval is not None:
        low, high = (_across(lang, end * room) for end in bar.interval)
        middle = y + BAR / 2
        yield (
            f'<line x1="{low:.1f}" x2="{high:.1f}" y1="{middle}" y2="{middle}"'
            f' stroke="#d1620a" stroke-width="3"/>'
        )
    yield _text(lang, y + BAR - 3, bar.words, at=room + 8)


def _across(lang: Lang, x: float) -> float:
    return WIDTH - x if lang == "ur" else x


def _box(lang: Lang, x: float, y: float, width: float, fill: str) -> str:
    left = WIDTH - x - width if lang == "ur" else x
    return (
        f'<rect x="{left:.1f}" y="{y:.1f}" width="{width:.1f}" height="{BAR}"'
        f' fill="{fill}" stroke="#12507b"/>'
    )


def _text(
    lang: Lang, y: float, words: str, at: float = 0, size: int = 18, *, bold: bool = False
) -> str:
    weight = ' font-weight="bold"' if bold else ""
    return (
        f'<text x="{_across(lang, at):.1f}" y="{y:.1f}" font-size="{size}"{weight}>'
        f"{escape(words)}</text>"
    )
