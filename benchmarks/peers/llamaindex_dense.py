"""LlamaIndex's VectorStoreIndex with its own in-memory store and a retriever."""

from pathlib import Path

from benchmarks.peers.lines import Found, Search, minilm, serve


def build(texts: list[str], folder: Path) -> Search:
    """Embed everything as it stands: a passage is short enough to be one node."""
    from llama_index.core import VectorStoreIndex
    from llama_index.core.schema import TextNode
    from llama_index.embeddings.huggingface import HuggingFaceEmbedding

    model = HuggingFaceEmbedding(model_name=minilm(), device="cpu")
    nodes = [TextNode(id_=str(number), text=text) for number, text in enumerate(texts)]
    index = VectorStoreIndex(nodes, embed_model=model)

    def search(text: str, limit: int) -> Found:
        found = index.as_retriever(similarity_top_k=limit).retrieve(text)
        return [(int(item.node.node_id), item.score) for item in found]

    return search


if __name__ == "__main__":
    serve(build)
