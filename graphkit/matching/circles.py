"""Circular reporting: articles and outlets that lean on each other with no way out to an origin."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from graphkit.matching.derivation import Edge


@dataclass(frozen=True, slots=True, order=True)
class Circle:
    """A strongly connected part of two or more nodes, or one that leans on itself.

    ``loop`` spells one way round, its first node again at the end; ``is_closed`` is False where some member also leans on a node
    outside: then it is a mutual citation, and harmless.
    """

    members: tuple[str, ...]
    loop: tuple[str, ...]
    is_closed: bool


def find_circles(edges: Iterable[tuple[str, str]], *, origins: Iterable[str] = ()) -> list[Circle]:
    """Return the circles of a graph, by their members; linear in nodes and edges, without recursion.

    Args:
        edges: (taker, giver) pairs: the taker leans on the giver.
        origins: Nodes with an origin of their own, such as an article that quotes a named speaker: they open a circle.
    """
    import networkx

    graph = networkx.DiGraph(sorted(set(edges)))
    opened = set(origins)
    found = []
    for component in networkx.strongly_connected_components(graph):
        first = min(component)
        if len(component) == 1 and not graph.has_edge(first, first):
            continue
        is_closed = not opened & component and all(giver in component for node in component for giver in graph.successors(node))
        found.append(Circle(tuple(sorted(component)), _loop(graph, component, first), is_closed))
    return sorted(found)


def _loop(graph: Any, component: set[str], start: str) -> tuple[str, ...]:
    """Return the shortest way from a node back to itself inside its component, the first by name of several."""
    steps: dict[str, list[str]] = {
        node: sorted(giver for giver in graph.successors(node) if giver in component) for node in component
    }
    before: dict[str, str] = {}
    waiting = [start]
    for node in waiting:
        for giver in steps[node]:
            if giver == start:
                return _way(before, node, start)
            if giver not in before:
                before[giver] = node
                waiting.append(giver)
    return (start,)


def _way(before: Mapping[str, str], last: str, start: str) -> tuple[str, ...]:
    way = [start, last] if last != start else [start]
    while way[-1] != start:
        way.append(before[way[-1]])
    return (*reversed(way), start) if len(way) == 1 else tuple(reversed(way))


def circles_of_edges(
    edges: Iterable["Edge"], outlets: Mapping[str, str | None], *, origins: Iterable[str] = ()
) -> list[Circle]:
    """Return the circles among articles and the outlets they name.

    An article leans on an outlet it credits, and an outlet on what it published; an edge to a later article closes no circle.

    Args:
        edges: Derivations.
        outlets: The outlet's name ("outlet-…") of each article, where known.
        origins: Articles with an origin of their own.
    """
    kept = [(edge.taker, edge.giver) for edge in edges if not edge.is_later and edge.kind != "list"]
    named = {giver for _, giver in kept if giver.startswith("outlet-")}
    published = [(outlet, article) for article, outlet in outlets.items() if outlet in named]
    return find_circles([*kept, *published], origins=origins)
