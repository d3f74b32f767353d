"""What grows with the corpus: `python -m benchmarks.growth [--big]`.

Three kinds of FAISS index over 10^3 to 10^5 vectors (10^6 with --big), the whole retriever over
grown corpora, and what an update costs. Writes benchmarks/results/growth.json and docs/growth.md.
"""

import argparse
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

import numpy as np

from benchmarks import growth_page
from benchmarks.grown_library import grown, update_seconds
from benchmarks.index_kinds import SEED, measured, synthetic
from benchmarks.surroundings import RESULTS, here
from benchmarks.turn_cost import QUESTIONS
from guidebook.encoder import encoder_names
from guidebook.errors import GuidebookError
from guidebook.evaluation import places
from guidebook.evaluation.files import write_object

SIZES = (1_000, 10_000, 100_000)
BIG = 1_000_000
GROWN = (630, 2_000, 5_000)
ASKED = 200
ADDED = 100  # vectors of an update
TIMES = 5  # each question of the grown library


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, save, write the page."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.growth")
    parser.add_argument("--big", action="store_true", help="a million vectors too: 4 GB, long")
    parser.add_argument("--kinds-alone", action="store_true", help="no retriever, no update")
    parser.add_argument("--sizes", type=int, nargs="*", default=SIZES)
    parser.add_argument("--grown", type=int, nargs="*", default=GROWN)
    chosen = parser.parse_args(arguments)
    try:
        folder, corpus = places.settings().index, places.corpus()
        real = {name: np.load(folder / f"{name}.npy") for name in encoder_names()}
        whole = next(iter(real.values()))
        kinds = []
        for size in (*chosen.sizes, *([BIG] if chosen.big else ())):
            random = np.random.default_rng(SEED)
            asked = synthetic(whole[1::2], ASKED, random)
            fresh = synthetic(whole[::2], ADDED, random)
            for one in measured(synthetic(whole[::2], size, random), asked, fresh):
                print(one, flush=True)
                kinds.append(asdict(one))
        libraries, updates = [], {}
        if not chosen.kinds_alone:
            for size in chosen.grown:
                libraries.append(asdict(grown(corpus, real, size, QUESTIONS * TIMES)))
                print(libraries[-1], flush=True)
            with tempfile.TemporaryDirectory(prefix="guidebook-growth-") as spare:
                updates = update_seconds(corpus, folder, Path(spare))
    except GuidebookError as error:
        print(error, file=sys.stderr)
        return 2
    found = {
        **here(),
        "passages": len(corpus.passages),
        "vectors": {name: len(matrix) for name, matrix in real.items()},
        "kinds": kinds,
        "libraries": libraries,
        "updates": updates,
    }
    write_object(RESULTS / "growth.json", found)
    growth_page.write(found)
    return 0


if __name__ == "__main__":
    sys.exit(main())
