"""txtai as its first example has it: one Embeddings object over a sentence model."""

from pathlib import Path

from benchmarks.peers.lines import Search, minilm, serve


def build(texts: list[str], folder: Path) -> Search:
    """Index everything."""
    from txtai import Embeddings

    embeddings = Embeddings(path=minilm(), gpu=False)
    embeddings.index(texts)
    return lambda text, limit: embeddings.search(text, limit)


if __name__ == "__main__":
    serve(build)
