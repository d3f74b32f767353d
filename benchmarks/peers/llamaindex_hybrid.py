"""LlamaIndex's QueryFusionRetriever over dense and BM25 retrievers, by reciprocal rank."""

from pathlib import Path

from benchmarks.peers.lines import DEPTH, Found, Search, minilm, serve


def build(texts: list[str], folder: Path) -> Search:
    """Embed everything as it stands; the fusion asks no language model for more queries."""
    from llama_index.core import VectorStoreIndex
    from llama_index.core.llms import MockLLM
    from llama_index.core.retrievers import QueryFusionRetriever
    from llama_index.core.schema import TextNode
    from llama_index.embeddings.huggingface import HuggingFaceEmbedding
    from llama_index.retrievers.bm25 import BM25Retriever

    model = HuggingFaceEmbedding(model_name=minilm(), device="cpu")
    nodes = [TextNode(id_=str(number), text=text) for number, text in enumerate(texts)]
    index = VectorStoreIndex(nodes, embed_model=model)
    words = BM25Retriever.from_defaults(nodes=nodes, similarity_top_k=DEPTH)
    retriever = QueryFusionRetriever(
        [index.as_retriever(similarity_top_k=DEPTH), words],
        llm=MockLLM(),
        similarity_top_k=DEPTH,
        num_queries=1,
        mode="reciprocal_rerank",
        use_async=False,
    )

    def search(text: str, limit: int) -> Found:
        found = retriever.retrieve(text)
        return [(int(item.node.node_id), item.score) for item in found]

    return search


if __name__ == "__main__":
    serve(build)
