"""Reading a remote store back: its graphs as canonical N-Quads, each with the descriptions of the nodes that it names."""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from graphkit.errors import UnreadableInput
from graphkit.rdf.namespaces import DESCRIBING_GRAPHS, GKD
from graphkit.store.remote.marks import MARKS

if TYPE_CHECKING:
    from graphkit.store.remote.client import Remote

Descriptions = Mapping[bytes, tuple[bytes, ...]]
"""Nodes (``<iri>``) and the N-Quads lines that describe them."""


def remote_lines(remote: "Remote", name: str) -> list[bytes]:
    """Return the N-Quads of one named graph, each with its LF, sorted.

    Raises:
        UnreadableInput: The server's answer is not RDF.
    """
    import pyoxigraph

    body = remote.get(name)
    graph = f" <{GKD}{name}> .\n".encode()
    try:
        return sorted({f"{triple}".encode() + graph for triple in pyoxigraph.parse(body, format=pyoxigraph.RdfFormat.TURTLE)})
    except (SyntaxError, ValueError) as error:
        raise UnreadableInput(f"{name} from the server is not RDF: {' '.join(str(error).split())[:200]}") from error


def all_lines(remote: "Remote") -> Iterator[bytes]:
    """Yield every N-Quad of our graphs, but for the marks."""
    for name, _ in remote.graphs():
        if name != MARKS:
            yield from remote_lines(remote, name)


def descriptions(remote: "Remote") -> Descriptions:
    """Return what the describing graphs say, by the node that they say it of."""
    found: dict[bytes, list[bytes]] = {}
    for name in DESCRIBING_GRAPHS:
        for line in remote_lines(remote, name):
            found.setdefault(line.partition(b" ")[0], []).append(line)
    return {node: tuple(lines) for node, lines in found.items()}


def blob_of(own: list[bytes], described: Descriptions) -> bytes:
    """Return a graph's lines with the descriptions of the nodes that they name, sorted: what the record keeps of a graph."""
    nodes: set[bytes] = set()
    for line in own:
        subject, _, rest = line.partition(b" ")
        # what is left of a line without its graph ends with the object
        value = rest.partition(b" ")[2].rpartition(b" <")[0]
        nodes |= {subject, value}
    return b"".join(sorted({*own, *(line for node in nodes for line in described.get(node, ()))}))
