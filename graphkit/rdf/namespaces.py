"""Namespaces, prefixes and the names of the graphs that are not one article's.

Base IRIs are fixed, never per installation: otherwise two people's graphs would not merge.
"""

from functools import cache
from typing import Final

GK: Final = "https://w3id.org/graphkit/ns#"
"""Our vocabulary."""
GKD: Final = "https://w3id.org/graphkit/id/"
"""Our resources: articles, claims, actors, graphs."""
GKS: Final = "https://w3id.org/graphkit/shapes#"
"""Our shapes: the rules that a violation names."""
SCHEMA: Final = "https://schema.org/"
NIF: Final = "http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#"
PROV: Final = "http://www.w3.org/ns/prov#"
CITO: Final = "http://purl.org/spar/cito/"
DQV: Final = "http://www.w3.org/ns/dqv#"
SKOS: Final = "http://www.w3.org/2004/02/skos/core#"
OWL: Final = "http://www.w3.org/2002/07/owl#"
RDF: Final = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS: Final = "http://www.w3.org/2000/01/rdf-schema#"
XSD: Final = "http://www.w3.org/2001/XMLSchema#"
WD: Final = "http://www.wikidata.org/entity/"

PREFIXES: Final[dict[str, str]] = {
    "cito": CITO,
    "dqv": DQV,
    "gk": GK,
    "gkd": GKD,
    "nif": NIF,
    "owl": OWL,
    "prov": PROV,
    "rdf": RDF,
    "rdfs": RDFS,
    "schema": SCHEMA,
    "skos": SKOS,
    "wd": WD,
    "xsd": XSD,
}
"""The prefixes that every query may use undeclared and every export declares, sorted."""

GRAPH_SHARED: Final = "graph-shared"
"""Label, domain or wording of each shared node: only triples that are a pure function of their subject's IRI."""
GRAPH_RUNS: Final = "graph-runs"
"""What was run, by name, version and options; likewise a function of the run's IRI."""
GRAPH_REFERENCE: Final = "graph-reference"
"""Scales, raters and their families, metrics, ``schema:sameAs`` to Wikidata; likewise."""
GRAPH_LINKS: Final = "graph-links"
GRAPH_ASSESSMENTS: Final = "graph-assessments"
GRAPH_DECISIONS: Final = "graph-decisions"

DESCRIBING_GRAPHS: Final = (GRAPH_SHARED, GRAPH_RUNS, GRAPH_REFERENCE)
"""Graphs whose triples only describe nodes that other graphs name, each a pure function of its subject's IRI.

The N-Quads of an article, or of a rating set, carry the description of every node they name; an index that drops them removes a
description when no quad outside these graphs names its subject any more.
"""


@cache
def expand(prefixed: str) -> str:
    """Return the IRI that a prefixed name such as ``gk:claim`` stands for.

    Raises:
        KeyError: The prefix is none of ``PREFIXES``.
    """
    prefix, _, local = prefixed.partition(":")
    return PREFIXES[prefix] + local


def shorten(iri: str) -> str:
    """Return ``iri`` as a prefixed name where one of ``PREFIXES`` fits, else as it is: for showing, not for parsing."""
    for prefix, base in PREFIXES.items():
        if iri.startswith(base) and len(iri) > len(base):
            return f"{prefix}:{iri[len(base) :]}"
    return iri
