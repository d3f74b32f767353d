"""MiniLM and a flat FAISS index by hand: the search most tutorials end with."""

from pathlib import Path

from benchmarks.peers.lines import Found, Search, minilm, serve


def build(texts: list[str], folder: Path) -> Search:
    """Embed everything, search the nearest."""
    import faiss
    from sentence_transformers import SentenceTransformer

    model = SentenceTransformer(minilm(), device="cpu")
    vectors = model.encode(texts, normalize_embeddings=True)
    index = faiss.IndexFlatIP(vectors.shape[1])
    index.add(vectors)

    def search(text: str, limit: int) -> Found:
        scores, found = index.search(model.encode([text], normalize_embeddings=True), limit)
        return list(zip(found[0].tolist(), scores[0].tolist(), strict=True))

    return search


if __name__ == "__main__":
    serve(build)
