"""BM25 on English stems (bm25s), k1 = 1.5 and b = 0.75: what search was before embeddings."""

from pathlib import Path

from benchmarks.peers.lines import Found, Search, serve


def build(texts: list[str], folder: Path) -> Search:
    """Tokenise everything, score by shared words."""
    import bm25s
    import Stemmer

    stemmer = Stemmer.Stemmer("english")
    index = bm25s.BM25()
    words = bm25s.tokenize(texts, stopwords="en", stemmer=stemmer, show_progress=False)
    index.index(words, show_progress=False)

    def search(text: str, limit: int) -> Found:
        asked = bm25s.tokenize([text], stopwords="en", stemmer=stemmer, show_progress=False)
        found, scores = index.retrieve(asked, k=min(limit, len(texts)), show_progress=False)
        pairs = zip(found[0].tolist(), scores[0].tolist(), strict=True)
        return [(number, score) for number, score in pairs if score > 0]

    return search


if __name__ == "__main__":
    serve(build)
