"""`make train`, and the first half of `make serve`: `python -m deploy.train [--quick]`.

Ends with 0 when what is live may be served, 1 when the gate refused, 2 when it could not be done.
With `--quick` a refusal is told and ends with 0, as the live model stays and can be served.
"""

import argparse
import os
import sys
from collections.abc import Callable, Sequence

from deploy import digests
from deploy.checkout import HERE
from deploy.examination import LibraryExamination
from deploy.retraining import Retraining
from guidebook.errors import GuidebookError
from guidebook.settings import Settings


def retraining_here() -> Retraining:
    """Retraining on this checkout, with the settings of this process."""
    settings = Settings.from_environ(os.environ)
    today = digests.surroundings(settings)
    examination = LibraryExamination(HERE, settings)
    return Retraining(HERE, examination, today, lambda line: print(line, flush=True))


def main(arguments: Sequence[str], here: Callable[[], Retraining] = retraining_here) -> int:
    """Run with these arguments, on what `here` opens."""
    parser = argparse.ArgumentParser(prog="python -m deploy.train", description=__doc__)
    way = parser.add_mutually_exclusive_group()
    way.add_argument("--quick", action="store_true", help="the quick gate, before serving")
    way.add_argument("--accept", metavar="REASON", help="record what is reached as the baseline")
    given = parser.parse_args(arguments)
    try:
        retraining = here()
        if given.quick:
            retraining.before_serving()
            return 0
        return 0 if retraining.train(given.accept) else 1
    except GuidebookError as error:
        print(error, file=sys.stderr)
        return 2


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
