"""Compact JSON-LD by our own context: keys a web developer can read ("claim", "voice"), and no context to fetch.

pyoxigraph reads JSON-LD but writes it expanded only, and our quads need little: no blank nodes, no lists.
"""

import json
import re
from collections.abc import Iterable
from functools import cache
from itertools import groupby
from typing import TYPE_CHECKING, Any

from graphkit.rdf.namespaces import PREFIXES, RDF, XSD, shorten
from graphkit.resources import folder

# what every reader of JSON keeps exact: no more digits than a double holds
_INTEGER = re.compile("0|-?[1-9][0-9]{0,14}")

if TYPE_CHECKING:
    from pyoxigraph import Quad


@cache
def context() -> dict[str, Any]:
    """Return the content of ``ontology/context.jsonld``: prefixes, and each term with the type of its values."""
    text = (folder("ontology") / "context.jsonld").read_text(encoding="utf-8")
    found: dict[str, Any] = json.loads(text)["@context"]
    return found


@cache
def _keys() -> dict[str, tuple[str, str | None]]:
    """Return key and type of values by property IRI."""
    keys = {}
    for key, meaning in context().items():
        if isinstance(meaning, dict):
            prefix, _, local = meaning["@id"].partition(":")
            kind = meaning.get("@type")
            keys[PREFIXES[prefix] + local] = key, kind if kind in {None, "@id"} else XSD + kind.removeprefix("xsd:")
    return keys


def write(quads: "Iterable[Quad]") -> bytes:
    """Return sorted quads as one compact JSON-LD document that carries its context."""
    from pyoxigraph import DefaultGraph

    graphs: list[dict[str, Any]] = []
    for graph, members in groupby(quads, key=lambda quad: quad.graph_name):
        nodes = [_node(str(subject), list(group)) for subject, group in groupby(members, key=lambda quad: quad.subject)]
        if isinstance(graph, DefaultGraph):
            graphs.extend(nodes)
        else:
            graphs.append({"@id": _name(graph), "@graph": nodes})
    document = {"@context": context(), "@graph": graphs}
    return (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode()


def _node(subject: str, quads: "list[Quad]") -> dict[str, Any]:
    node: dict[str, Any] = {"@id": shorten(subject[1:-1]) if subject.startswith("<") else subject}
    for predicate, members in groupby(quads, key=lambda quad: quad.predicate.value):
        if predicate == RDF + "type":
            key, values = "@type", [_name(quad.object) for quad in members]
        else:
            key, kind = _keys().get(predicate, (shorten(predicate), None))
            values = [_value(quad.object, kind) for quad in members]
        node[key] = values if len(values) > 1 else values[0]
    return node


def _name(node: Any) -> str:
    value: str = node.value
    return f"_:{value}" if str(node).startswith("_:") else shorten(value)


def _value(value: Any, kind: str | None) -> Any:
    from pyoxigraph import Literal

    if not isinstance(value, Literal):
        return _name(value) if kind == "@id" else {"@id": _name(value)}
    datatype = value.datatype.value
    if value.language:
        return {"@value": value.value, "@language": value.language}
    if datatype != kind:
        # a value object is not subject to the type that the context gives the key
        plain = datatype == XSD + "string"
        if plain and kind is None:
            return value.value
        return {"@value": value.value} if plain else {"@value": value.value, "@type": shorten(datatype)}
    return _native(value.value, datatype)


def _native(lexical: str, datatype: str) -> Any:
    """Write integers and booleans as JSON's own where that comes back as the same literal; decimals would not."""
    if datatype == XSD + "integer" and _INTEGER.fullmatch(lexical):
        return int(lexical)
    if datatype == XSD + "boolean" and lexical in {"true", "false"}:
        return lexical == "true"
    return lexical
