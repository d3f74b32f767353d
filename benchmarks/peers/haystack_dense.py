"""Haystack's first pipeline: text embedder and embedding retriever over the in-memory store."""

from pathlib import Path

from benchmarks.peers.lines import Found, Search, minilm, serve


def build(texts: list[str], folder: Path) -> Search:
    """Embed and store everything, then one pipeline a question."""
    from haystack import Document, Pipeline
    from haystack.components.retrievers.in_memory import InMemoryEmbeddingRetriever
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
    pipeline.add_component("retriever", InMemoryEmbeddingRetriever(store))
    pipeline.connect("embedder.embedding", "retriever.query_embedding")

    def search(text: str, limit: int) -> Found:
        asked = {"embedder": {"text": text}, "retriever": {"top_k": limit}}
        found = pipeline.run(asked)["retriever"]["documents"]
        return [(int(document.id), document.score) for document in found]

    return search


if __name__ == "__main__":
    serve(build)
