"""txtai with `hybrid=True`: dense and BM25 scores in one sum, as it offers."""

from pathlib import Path

from benchmarks.peers.lines import Search, minilm, serve


def build(texts: list[str], folder: Path) -> Search:
    """Index everything."""
    from txtai import Embeddings

    embeddings = Embeddings(path=minilm(), gpu=False, hybrid=True)
    embeddings.index(texts)
    return lambda text, limit: embeddings.search(text, limit)


if __name__ == "__main__":
    serve(build)
