"""Haystack's hybrid pipeline: dense and BM25 retrievers, joined by reciprocal rank fusion."""

from pathlib import Path

from benchmarks.peers.lines import Found, Search, minilm, serve


def build(texts: list[str], folder: Path) -> Search:
    """Embed and store everything, then one pipeline of four parts a question."""
    from haystack import Document, Pipeline
    from haystack.components.joiners import DocumentJoiner
    from haystack.components.retrievers.in_memory import (
        InMemoryBM25Retriever,
        InMemoryEmbeddingRetriever,
    )
    from haystack.document_stores.in_memory import InMemoryDocumentStore
    from haystack_integrations.components.embedders.sentence_transformers import (
        SentenceTransformersDocumentEmbedder,
        SentenceTransformersTextEmbedder,
    )

    store = InMemoryDocumentStore(embedding_similarity_function="cosine")
    embedder = SentenceTransformersDocumentEmbedder(model=minilm(), progress_bar=False)
    embedder.warm_up()
    documents = [Document(id=str(number), content=text) for number, text in enumerate(texts)]
    store.write_documents(embedder.run(documents)["documents"])
    pipeline = Pipeline()
    asker = SentenceTransformersTextEmbedder(model=minilm(), progress_bar=False)
    pipeline.add_component("embedder", asker)
    pipeline.add_component("dense", InMemoryEmbeddingRetriever(store))
    pipeline.add_component("bm25", InMemoryBM25Retriever(store))
    pipeline.add_component("joiner", DocumentJoiner(join_mode="reciprocal_rank_fusion"))
    pipeline.connect("embedder.embedding", "dense.query_embedding")
    pipeline.connect("dense", "joiner")
    pipeline.connect("bm25", "joiner")

    def search(text: str, limit: int) -> Found:
        each = {"top_k": limit}
        asked = {"embedder": {"text": text}, "bm25": {"query": text, **each}, "dense": each}
        found = pipeline.run(asked)["joiner"]["documents"]
        return [(int(document.id), document.score) for document in found]

    return search


if __name__ == "__main__":
    serve(build)
