"""What the service is, in RDF: the SPARQL 1.1 Service Description (W3C, 2013)."""

from typing import Final

_FORMATS: Final = (
    "SPARQL_Results_JSON",
    "SPARQL_Results_XML",
    "SPARQL_Results_CSV",
    "SPARQL_Results_TSV",
    "Turtle",
    "N-Triples",
    "N-Quads",
    "TriG",
    "RDF_XML",
    "JSON-LD",
)
_SD: Final = "http://www.w3.org/ns/sparql-service-description#"
_FORMAT: Final = "http://www.w3.org/ns/formats/"


def service_description(url: str, form: str) -> bytes:
    """Return the description of the service at ``url`` in the format of an RDF ending ("ttl")."""
    from pyoxigraph import NamedNode, Quad

    from graphkit.rdf.formats import serialize
    from graphkit.rdf.namespaces import RDF

    service, dataset = NamedNode(url), NamedNode(f"{url}#dataset")
    pairs = [
        (service, RDF + "type", _SD + "Service"),
        (service, _SD + "endpoint", url),
        (service, _SD + "supportedLanguage", _SD + "SPARQL11Query"),
        (service, _SD + "feature", _SD + "UnionDefaultGraph"),
        (service, _SD + "defaultDataset", dataset.value),
        (dataset, RDF + "type", _SD + "Dataset"),
        *((service, _SD + "resultFormat", _FORMAT + name) for name in _FORMATS),
    ]
    quads = [Quad(subject, NamedNode(predicate), NamedNode(value)) for subject, predicate, value in pairs]
    return serialize(quads, f".{form}")
