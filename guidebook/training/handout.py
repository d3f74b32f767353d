"""A handout as records: what stands on the paper, in which language, before it is set.

handout_pdf.py sets it; the modules beside it compose one for a topic, a form, a scenario, a
session. Words of the corpus come as a Quoted block, cut by spans; all else is messages or the
words of the training files. `kind` tells the template what a block is.
"""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from guidebook.training.charts import Chart
from guidebook.vocabulary import Lang


@dataclass(frozen=True)
class Words:
    """A text and the language it is in: it decides typeface and direction."""

    text: str
    lang: Lang


@dataclass(frozen=True)
class Heading:
    """A heading; level 1 begins a part, 2 a section."""

    words: Words
    level: Literal[1, 2] = 1
    kind: Literal["heading"] = "heading"


@dataclass(frozen=True)
class Paragraph:
    """One paragraph: `strong` larger, `note` small, `box` framed, `lead` kept with what follows."""

    words: Words
    manner: Literal["plain", "strong", "note", "box", "lead"] = "plain"
    kind: Literal["paragraph"] = "paragraph"


@dataclass(frozen=True)
class Quoted:
    """A passage: corpus words, then how it stands in the handout's language.

    `letter` is what choices refer to; `lines` are marks and words; `standing` names authority,
    place, dates, review state and the numbers of its sources.
    """

    letter: str
    heading: str
    lines: tuple[tuple[str, str], ...]
    standing: tuple[str, ...]
    kind: Literal["quoted"] = "quoted"


@dataclass(frozen=True)
class Line:
    """One line of a list: a mark before it, words, and small lines under it."""

    mark: str
    words: Words
    under: tuple[Words, ...] = ()


@dataclass(frozen=True)
class Listed:
    """A question or situation with its lines, kept on one page."""

    lead: Words
    lines: tuple[Line, ...]
    kind: Literal["listed"] = "listed"


@dataclass(frozen=True)
class Drawn:
    """A chart."""

    chart: Chart
    kind: Literal["drawn"] = "drawn"


@dataclass(frozen=True)
class Facts:
    """Short labelled values."""

    facts: tuple[tuple[str, str], ...]
    kind: Literal["facts"] = "facts"


@dataclass(frozen=True)
class NewPage:
    """What follows begins on a page of its own."""

    kind: Literal["new_page"] = "new_page"


Block = Heading | Paragraph | Quoted | Listed | Drawn | Facts | NewPage


@dataclass(frozen=True)
class Handout:
    """A whole handout. `notices` stand under the title: review state, what it is not."""

    lang: Lang
    sort: str
    title: Words
    made_on: date
    notices: tuple[str, ...]
    blocks: tuple[Block, ...]
