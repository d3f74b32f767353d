"""Write nginx's configuration for a front of several cells, from `deploy/cells/nginx.conf`.

The file there is the whole configuration with six names in capitals; nothing else is decided here.
What officers read when no cell answers comes from the message catalogue.
"""

import json
import re
from collections.abc import Sequence
from pathlib import Path

from deploy.errors import CellError
from gateway.errors import NOT_READY
from guidebook.settings import ROOT

TEMPLATE = ROOT / "deploy" / "cells" / "nginx.conf"
NAME = re.compile(r"@([A-Z]+)@")
ADDRESS = re.compile(r"[\w.\-\[\]:]+:\d{1,5}")


def render(cells: Sequence[str], listen: str, run: Path, releases: Path) -> str:
    """The configuration for these cells (`host:port`); CellError when an address is none."""
    wrong = [cell for cell in (*cells, listen) if not ADDRESS.fullmatch(cell)]
    if wrong or not cells:
        raise CellError(f"{', '.join(wrong) or 'No cell'}: give cells and front as host:port.")
    passed_over = "\n".join(f"        server {cell} max_fails=1 fail_timeout=5s;" for cell in cells)
    every = "\n".join(f"        server {cell} max_fails=0;" for cell in cells)
    nobody = json.dumps(NOT_READY.body("en")).replace("'", "\\'")
    names = {
        "SERVERS": passed_over,
        "EVERY": every,
        "LISTEN": listen,
        "RUN": str(run),
        "RELEASES": str(releases),
        "NOBODY": nobody,
    }
    text = TEMPLATE.read_text(encoding="utf-8")
    return NAME.sub(lambda found: names[found[1]], text)
