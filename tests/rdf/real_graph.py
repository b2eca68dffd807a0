"""A graph of real articles from the shared folder, with ratings and links, as a user's graph is."""

from pathlib import Path

import pyoxigraph

from graphkit import Graph
from graphkit.graph.rating import ImportOptions, import_ratings
from graphkit.matching.links import compute_links


def article_files(shared: Path) -> list[str]:
    """Return the articles of the shared folder, in one order."""
    return [str(path) for folder in ("clusters", "articles") for path in sorted((shared / folder).rglob("*.txt"))]


def add_real(graph: Graph, files: list[str]) -> None:
    """Add files by the rules, which need no model, with the shipped ratings and the links between the articles."""
    list(graph.add_all(files, extractor="rules", processes=2))
    import_ratings(graph.record, "shipped", None, ImportOptions())
    links = compute_links(graph.record)
    if links:
        graph.record.put_graph("graph-links", links)


def real_quads(shared: Path, *, articles: int) -> list[pyoxigraph.Quad]:
    """Return the quads of a graph of so many articles."""
    files = article_files(shared)
    assert len(files) >= articles, f"{len(files)} articles are there, not {articles}"
    with Graph.temporary() as graph:
        add_real(graph, files[:articles])
        assert graph.record.count_articles() >= articles - 10, "several files are one article, or could not be read"
        return list(graph.index())
