"""Set a handout as an A4 PDF, offline, with Typst: its own line breaking, shaping and directions.

The template (`data/handout.typ`) gets the records as JSON, so no word of ours or of the corpus is
ever read as markup. Nastaliq comes from `fonts/`; Latin from the typeface inside Typst. Fonts of
the machine are not used and nothing is fetched: the same handout is the same file everywhere.
"""

import json
from dataclasses import asdict
from datetime import UTC, datetime, time
from pathlib import Path

import typst

from guidebook import messages
from guidebook.errors import HandoutError
from guidebook.training.handout import Handout
from guidebook.training.handout_frame import number

HERE = Path(__file__).resolve().parent.parent
TEMPLATE = HERE / "data" / "handout.typ"
FONTS = HERE / "fonts"


def pdf(handout: Handout) -> bytes:
    """The handout as PDF; HandoutError when it cannot be set."""
    content = asdict(handout) | {
        "made_on": number(handout.made_on.isoformat(), handout.lang),
        "words": {
            key: messages.text(key, handout.lang)
            for key in ("plain_title", "handout_made_on", "handout_page")
        },
    }
    try:
        made = typst.compile(
            TEMPLATE,
            root=TEMPLATE.parent,
            font_paths=[FONTS],
            ignore_system_fonts=True,
            sys_inputs={"handout": json.dumps(content, ensure_ascii=False)},
            timestamp=int(datetime.combine(handout.made_on, time.min, UTC).timestamp()),
        )
    except (RuntimeError, OSError) as error:
        raise HandoutError(
            f"{handout.title.text!r} could not be set ({error}); run `make setup` again."
        ) from error
    return made
