"""The circles of a record, from its stored links: which claims go round among articles and outlets with no way out.

A claim's circle lies inside a circle of all derivations, so only the articles of those are read again; a record without any costs
one pass over its links.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from graphkit.matching.accounts import Account, read_accounts
from graphkit.matching.circles import Circle, circles_of_edges
from graphkit.matching.derivation import Edge, declared_edges
from graphkit.matching.matching import circles_of_claims
from graphkit.rdf import identifiers
from graphkit.rdf.namespaces import GK, GKD, GRAPH_LINKS

if TYPE_CHECKING:
    from graphkit.store.record import Record

LATER: Final = ", of a later text"
"""What the method of a link ends with where the giver was published after the taker."""
_LINE = re.compile(rf"<{re.escape(GKD)}(link-[a-z2-7]+)> <{re.escape(GK)}(from|to|relation|score|method)> (.+) <")


@dataclass(frozen=True, slots=True)
class StoredLink:
    """One link of ``graph-links``: its ends and relation by local name, its score and method."""

    source: str
    target: str
    relation: str
    score: float
    method: str


@dataclass(frozen=True, slots=True, order=True)
class CircularClaim:
    """A circle, and the assertions of the claim that goes round in it."""

    circle: Circle
    assertions: tuple[str, ...]


def stored_links(record: "Record") -> Iterator[StoredLink]:
    """Yield the links that matching has written, in the order of their names."""
    found: dict[str, dict[str, str]] = defaultdict(dict)
    for line in (record.graph_nquads(GRAPH_LINKS) or b"").decode().split("\n"):
        match = _LINE.match(line)
        if match is not None:
            found[match[1]][match[2]] = match[3]
    for name in sorted(found):
        one = found[name]
        ends = (one[key].strip("<>").removeprefix(GKD) for key in ("from", "to"))
        score = float(one["score"].split('"')[1])
        yield StoredLink(*ends, one["relation"].strip("<>").removeprefix(GK), score, one["method"].split('"')[1])


def find_circular(record: "Record") -> list[CircularClaim]:
    """Return the circles of claims, sorted: closed ones, and mutual citations (``is_closed`` False).

    Raises:
        ShapeViolation: A graph of the record is not as the shapes ask.
    """
    links = list(stored_links(record))
    edges = [
        Edge(link.source, link.target, "link" if link.relation == "cites" else "copy", link.score)
        for link in links
        if link.relation in {"cites", "derivedFrom"} and link.source.startswith("art-") and not link.method.endswith(LATER)
    ]
    outlets = {row.name: identifiers.outlet(row.outlet) if row.outlet else None for row in record.articles()}
    circles = circles_of_edges(edges, outlets)
    articles = {name for circle in circles for name in circle.members if name.startswith("art-")}
    if not articles:
        return []
    accounts = tuple(read_accounts(record, articles))
    claims = _claims(links, accounts)
    kept = _carried([edge for edge in edges if edge.taker in articles], accounts)
    return sorted(CircularClaim(circle, claims[number]) for number, circle in circles_of_claims(claims, accounts, kept))


def _claims(links: Iterable[StoredLink], accounts: Iterable[Account]) -> list[tuple[str, ...]]:
    """Return the assertions of these articles by claim: what supports what, and each that stands alone."""
    import networkx

    names = [name for account in accounts for name in account.assertions]
    graph = networkx.Graph()
    graph.add_nodes_from(names)
    own = set(names)
    graph.add_edges_from(
        (one.source, one.target) for one in links if one.relation == "supports" and {one.source, one.target} <= own
    )
    return sorted(tuple(sorted(component)) for component in networkx.connected_components(graph))


def _carried(edges: Iterable[Edge], accounts: Iterable[Account]) -> list[Edge]:
    """Return the edges with the assertions that each carries, where the article itself declares it."""
    declared: dict[tuple[str, str], list[Edge]] = defaultdict(list)
    for edge in declared_edges(accounts):
        declared[edge.taker, edge.giver].append(edge)
    return [one for edge in edges for one in declared.get((edge.taker, edge.giver), [edge])]
