"""The graph as a ``networkx.MultiDiGraph``: what network tools (Gephi, Cytoscape, notebooks) work on.

Nodes are articles, claims, actors and outlets, keyed by the local part of their IRI; edges are ``publishes`` (outlet to article),
``asserts`` (article to claim), ``says`` (source to claim), ``about`` (claim to actor), ``cites`` (article to outlet) and the links
that matching found: those between assertions are edges of their claims, of their articles where one is taken from another, and carry
the assertions' names.  Every edge that comes from a text carries its quote and its offsets (code points, end-exclusive); links carry
their score and how they were found.
"""

import re
from collections import defaultdict
from typing import TYPE_CHECKING, Any

from graphkit.graph.selecting import select

if TYPE_CHECKING:
    import networkx
    from pyoxigraph import Store

_NODES = """
SELECT ?node ?class ?label ?url ?date ?anonymous WHERE {
  ?node a ?class . VALUES ?class { gk:Article gk:Claim gk:Outlet gk:Person gk:Country gk:Organisation gk:Group gk:AnonymousSource }
  OPTIONAL { ?node schema:headline|schema:text|gk:domain|rdfs:label ?label }
  OPTIONAL { ?node schema:url ?url } OPTIONAL { ?node schema:datePublished ?date }
}"""
_PUBLISHES = "SELECT ?from ?to WHERE { ?to a gk:Article ; schema:publisher ?from }"
_ASSERTS = """
SELECT ?from ?to ?assertion ?quote ?begin ?end ?voice ?certainty ?polarity ?confidence WHERE {
  ?assertion gk:inArticle ?from ; gk:claim ?to ; nif:anchorOf ?quote ; nif:beginIndex ?begin ; nif:endIndex ?end ;
    gk:voice ?voice ; gk:certainty ?certainty ; gk:polarity ?polarity . OPTIONAL { ?assertion gk:confidence ?confidence } }"""
_SAYS = """
SELECT ?from ?to ?assertion ?article ?depth ?mode ?cue ?quote ?begin ?end WHERE {
  ?assertion gk:attribution ?at ; gk:claim ?to ; gk:inArticle ?article ; nif:anchorOf ?quote ; nif:beginIndex ?begin ; nif:endIndex ?end .
  ?at gk:source ?from ; gk:depth ?depth ; gk:mode ?mode . OPTIONAL { ?at gk:cue ?cue } }"""
_ABOUT = """
SELECT ?from ?to ?assertion ?article WHERE { ?assertion gk:claim ?from ; gk:about ?to ; gk:inArticle ?article }"""
_CITES = """
SELECT ?from ?to ?kind ?quote ?begin ?end WHERE {
  ?c cito:hasCitingEntity ?from ; gk:citedOutlet ?to ; gk:citationKind ?kind ;
    nif:anchorOf ?quote ; nif:beginIndex ?begin ; nif:endIndex ?end }"""
_LINKS = """
SELECT ?from ?to ?relation ?score ?method ?from_claim ?from_article ?to_claim ?to_article WHERE {
  ?l a gk:Link ; gk:from ?from ; gk:to ?to ; gk:relation ?relation ; gk:score ?score . OPTIONAL { ?l gk:method ?method }
  OPTIONAL { ?from gk:claim ?from_claim ; gk:inArticle ?from_article }
  OPTIONAL { ?to gk:claim ?to_claim ; gk:inArticle ?to_article } }"""
_OF_TEXTS = frozenset({"derivedFrom", "sharesText"})
_EDGES = {"publishes": _PUBLISHES, "asserts": _ASSERTS, "says": _SAYS, "about": _ABOUT, "cites": _CITES}
_NUMBERS = {"begin": int, "end": int, "depth": int, "score": float, "confidence": float}
# XML 1.0 has no way to write these; GraphML and GEXF with one of them do not open
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def to_networkx(store: "Store") -> "networkx.MultiDiGraph":
    """Return the whole graph as a ``networkx.MultiDiGraph``; nodes and edges in the order of their keys."""
    import networkx

    network = networkx.MultiDiGraph(name="graphkit")
    nodes: list[dict[str, Any]] = sorted(select(store, _NODES), key=lambda row: (row["node"] or "", row["class"] or ""))
    for row in nodes:
        network.add_node(row.pop("node"), **_attributes(row | {"kind": row.pop("class")}))
    for relation, sparql in _EDGES.items():
        _add_edges(network, relation, [dict(row) for row in select(store, sparql)])
    links: defaultdict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in select(store, _LINKS):
        lifted = _lift(dict(row))
        links[lifted.pop("relation")].append(lifted)
    for relation in sorted(links):
        _add_edges(network, relation, links[relation])
    return network


def _lift(row: dict[str, Any]) -> dict[str, Any]:
    """Return a link between things that are nodes: the claims or articles of the assertions at its ends, which it names."""
    kind = "article" if row["relation"] in _OF_TEXTS else "claim"
    for end in ("from", "to"):
        lifted = {name: row.pop(f"{end}_{name}") for name in ("claim", "article")}
        if lifted[kind] is not None:
            row[f"{end}_assertion"], row[end] = row[end], lifted[kind]
    return row


def _add_edges(network: "networkx.MultiDiGraph", relation: str, rows: list[dict[str, Any]]) -> None:
    rows.sort(key=lambda row: [(key, str(value)) for key, value in sorted(row.items())])
    for row in rows:
        start, end = row.pop("from"), row.pop("to")
        # an edge never makes a node: what has no class of ours is not drawn
        if start in network and end in network:
            network.add_edge(start, end, relation=relation, **_attributes(row))


def _attributes(row: dict[str, Any]) -> dict[str, str | int | float]:
    return {key: _NUMBERS[key](value) if key in _NUMBERS else value for key, value in row.items() if value is not None}


def without_unprintable(network: "networkx.MultiDiGraph") -> "networkx.MultiDiGraph":
    """Return a copy whose texts hold only characters that XML 1.0 can write."""
    import networkx

    clean = networkx.MultiDiGraph(name="graphkit")
    for node, data in network.nodes(data=True):
        clean.add_node(node, **{key: _printable(value) for key, value in data.items()})
    for start, end, data in network.edges(data=True):
        clean.add_edge(start, end, **{key: _printable(value) for key, value in data.items()})
    return clean


def _printable(value: Any) -> Any:
    return _NOT_XML.sub("\ufffd", value) if isinstance(value, str) else value
