"""Rows → the edges that are drawn between outlets, articles, claims and actors."""

from collections.abc import Iterable, Iterator

from graphkit.viewer.view_model.rows import EDGE_KINDS, NO_REF, Ref, ViewModel

Edge = tuple[Ref, int, Ref]
_NUMBER = {kind: number for number, kind in enumerate(EDGE_KINDS)}
_BETWEEN_ARTICLES = frozenset({"derivedFrom", "sharesText"})


def project(model: ViewModel, outlet_citations: Iterable[tuple[Ref, Ref]]) -> tuple[Edge, ...]:
    """Return the edges by source, kind and target, each once; loops are left out.

    Claims are the same only where that is likely, and do not support each other besides.
    What is said of an assertion (speaker, topic, conflict) becomes an edge of its claim; a derivation one of its article.
    """
    found = {
        (source, _NUMBER[kind], target)
        for source, kind, target in (*_articles(model), *_assertions(model), *_links(model))
        if source != target
    }
    found.update((source, _NUMBER["cites"], target) for source, target in outlet_citations if source != target)
    found.update(_mentions(model))
    return tuple(sorted(found))


def _articles(model: ViewModel) -> Iterator[tuple[Ref, str, Ref]]:
    base = len(model.outlets)
    by_url = {row.url: base + at for at, row in enumerate(model.articles) if row.url}
    for at, row in enumerate(model.articles):
        if row.publisher != NO_REF:
            yield row.publisher, "publishes", base + at
    for citation in model.citations:
        yield citation.article, "cites", citation.target
        if citation.url in by_url:
            yield citation.article, "cites", by_url[citation.url]


def _assertions(model: ViewModel) -> Iterator[tuple[Ref, str, Ref]]:
    for row in model.assertions:
        yield row.article, "asserts", row.claim
        for link in row.chain:
            yield link.source, "says", row.claim
        for one in row.about:
            yield row.claim, "about", one


def _links(model: ViewModel) -> Iterator[tuple[Ref, str, Ref]]:
    """Lift links between assertions to their claims, or to their articles."""
    first = model.node_count

    def lift(ref: Ref, relation: str) -> Ref:
        if ref < first:
            return ref
        row = model.assertions[ref - first]
        return row.article if relation in _BETWEEN_ARTICLES else row.claim

    same = {
        (end, other)
        for link in model.links
        if link.relation == "sameClaim"
        for end, other in ((link.source, link.target), (link.target, link.source))
    }
    for link in model.links:
        ends = lift(link.source, link.relation), lift(link.target, link.relation)
        # claims that say the same support each other: one line says both
        if link.relation == "supports" and ends in same:
            continue
        if link.relation != "sameClaim" or link.is_sure:
            yield ends[0], link.relation, ends[1]


def _mentions(model: ViewModel) -> Iterator[Edge]:
    """Draw a mention only where no assertion of the article leads to the actor already."""
    told = {(row.article, one) for row in model.assertions for one in row.about}
    told.update((row.article, link.source) for row in model.assertions for link in row.chain)
    for mention in model.mentions:
        if (mention.article, mention.actor) not in told:
            yield mention.article, _NUMBER["mentions"], mention.actor
