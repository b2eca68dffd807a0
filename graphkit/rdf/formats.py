"""RDF files in and out, through pyoxigraph: sorted, with prefixes, so that two exports of one graph are equal and diff well."""

import gzip
import io
import re
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import PurePath
from typing import TYPE_CHECKING, TypeVar

from graphkit import limits
from graphkit.errors import UnreadableInput, UnsupportedFormat
from graphkit.rdf.namespaces import PREFIXES, RDF

if TYPE_CHECKING:
    from pyoxigraph import Quad, RdfFormat, Triple

_Item = TypeVar("_Item", "Quad", "Triple")

# XML 1.0 has no way to write these, not even as a character reference
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_XMLNS = re.compile(rb' xmlns:[a-z]{1,20}="[^"]{1,200}"')
_TYPE = f"<{RDF}type>".encode()
_RDF_1_1_ONLY = frozenset({".jsonld", ".rdf"})


@dataclass(frozen=True, slots=True)
class Format:
    """One RDF format: its file ending, media type, title, pyoxigraph's constant, and whether it keeps named graphs apart."""

    extension: str
    media_type: str
    title: str
    constant: str
    has_graphs: bool

    @property
    def oxigraph(self) -> "RdfFormat":
        """The format as pyoxigraph knows it."""
        from pyoxigraph import RdfFormat

        found: RdfFormat = getattr(RdfFormat, self.constant)
        return found


FORMATS: dict[str, Format] = {
    made.extension: made
    for made in (
        Format(".ttl", "text/turtle", "Turtle", "TURTLE", has_graphs=False),
        Format(".trig", "application/trig", "TriG", "TRIG", has_graphs=True),
        Format(".nq", "application/n-quads", "N-Quads", "N_QUADS", has_graphs=True),
        Format(".nt", "application/n-triples", "N-Triples", "N_TRIPLES", has_graphs=False),
        Format(".jsonld", "application/ld+json", "JSON-LD", "JSON_LD", has_graphs=True),
        Format(".rdf", "application/rdf+xml", "RDF/XML", "RDF_XML", has_graphs=False),
    )
}
"""By file ending, which is how a user names a format; ``.gz`` may follow any of them."""


def format_of(name: str) -> Format:
    """Return the format that a file's name ("graph.trig.gz") or a bare ending ("trig") stands for.

    Raises:
        UnsupportedFormat: The ending is none of ``FORMATS``.
    """
    path = PurePath(name.lower().removesuffix(".gz"))
    found = FORMATS.get(path.suffix or "." + path.name.removeprefix("."))
    if found is None:
        raise UnsupportedFormat(f"{name}: not the ending of an RDF format", hint=f"use one of {' '.join(FORMATS)}")
    return found


def serialize(quads: "Iterable[Quad]", ending: str) -> bytes:
    """Write quads in the format of a file ending (".ttl"): sorted, each once, with our prefixes; the same quads give the same bytes.

    A format without named graphs gets the triples of all graphs merged.  In RDF/XML a character that XML forbids becomes U+FFFD.

    Raises:
        UnsupportedFormat: The ending is unknown, or a quad has a triple term (RDF 1.2) and the format has none.
    """
    from graphkit.rdf import jsonld

    form = format_of(ending)
    items: Sequence[Quad] | Sequence[Triple]
    quads = list(quads)
    items = sorted_quads(quads) if form.has_graphs else _merged(quads)
    if form.extension in _RDF_1_1_ONLY and any(_has_triple_term(item) for item in items):
        raise UnsupportedFormat(f"{form.title} cannot hold RDF 1.2 triple terms", hint="use .ttl, .trig, .nt or .nq")
    return jsonld.write(sorted_quads(quads)) if form.extension == ".jsonld" else write_in_order(items, form)


def sorted_quads(quads: "Iterable[Quad]") -> "list[Quad]":
    """Return quads, each once, by graph, subject and predicate (types first), then object."""
    given = list(quads)
    return _sorted(given, [str(quad.graph_name) for quad in given])


def to_canonical_nquads(quads: "Iterable[Quad]") -> bytes:
    """Return quads as sorted N-Quads lines: canonical where there are no blank nodes, so equal graphs have equal bytes."""
    from pyoxigraph import RdfFormat
    from pyoxigraph import serialize as write

    lines = write(set(quads), format=RdfFormat.N_QUADS) or b""
    return b"".join(sorted(lines.splitlines(keepends=True)))


def parse(data: bytes, form: Format, *, name: str = "input") -> "list[Quad]":
    """Read quads from bytes in a format (gzip is undone where the bytes are compressed); nothing is ever fetched.

    Raises:
        UnreadableInput: The bytes are not in that format; the message names the place.
    """
    import pyoxigraph

    data = unpacked(data, name)
    try:
        return list(pyoxigraph.parse(data, format=form.oxigraph))
    except (SyntaxError, ValueError) as error:
        reason = " ".join(str(error).split())[:300]
        raise UnreadableInput(f"{name}: not {form.title}: {reason}") from error


def parse_file(path: PurePath) -> "list[Quad]":
    """Read quads from a file by its ending.

    Raises:
        UnsupportedFormat: The ending is unknown.
        UnreadableInput: The file cannot be read or is not in its format.
    """
    from pathlib import Path

    form = format_of(path.name)
    try:
        data = Path(path).read_bytes()
    except OSError as error:
        raise UnreadableInput(f"{path}: {error.strerror}") from error
    return parse(data, form, name=str(path))


def unpacked(data: bytes, name: str) -> bytes:
    """Return bytes as they are, or unpacked where they are gzip.

    Raises:
        UnreadableInput: The gzip is damaged, or unpacks to more than ``limits.MAX_RDF_BYTES``.
    """
    if data[:2] != b"\x1f\x8b":
        return data
    with gzip.GzipFile(fileobj=io.BytesIO(data)) as packed:
        try:
            found = packed.read(limits.MAX_RDF_BYTES + 1)
        except (OSError, EOFError, zlib.error) as error:
            raise UnreadableInput(f"{name}: damaged gzip: {error}") from error
    if len(found) > limits.MAX_RDF_BYTES:
        raise UnreadableInput(
            f"{name}: it unpacks to more than {limits.MAX_RDF_BYTES} bytes", hint="unpack it first and cut it"
        )
    return found


def _merged(quads: "Iterable[Quad]") -> "list[Triple]":
    triples = [quad.triple for quad in quads]
    return _sorted(triples, [""] * len(triples))


def _sorted(items: "list[_Item]", graphs: list[str]) -> "list[_Item]":
    """Sort by graph, subject, predicate and object, as N-Triples spell them: one call for all is far quicker than one a term."""
    from pyoxigraph import Quad, RdfFormat
    from pyoxigraph import serialize as write

    triples = [item.triple if isinstance(item, Quad) else item for item in items]
    lines = (write(triples, format=RdfFormat.N_TRIPLES) or b"").split(b"\n")
    found: dict[tuple[str, bytes, bool, bytes, bytes], _Item] = {}
    for item, graph, line in zip(items, graphs, lines, strict=False):
        subject, predicate, value = line.split(b" ", 2)
        found[graph, subject, predicate != _TYPE, predicate, value] = item
    return [found[key] for key in sorted(found)]


def _has_triple_term(item: "Quad | Triple") -> bool:
    from pyoxigraph import Triple

    return isinstance(item.object, Triple)


def write_in_order(items: "Sequence[Quad] | Sequence[Triple]", form: Format) -> bytes:
    """Write quads, or triples for a format without graphs, in the order given, with the prefixes that they use, sorted.

    Raises:
        TypeError: Triples are given for a format with graphs, or quads for one without.
    """
    from pyoxigraph import Triple
    from pyoxigraph import serialize as write

    if form.extension == ".rdf":
        items = [_fit_for_xml(item) for item in items if isinstance(item, Triple)]
    data = write(items, format=form.oxigraph, prefixes=_used_prefixes(items)) or b""
    return _with_sorted_prefixes(data)


def _with_sorted_prefixes(data: bytes) -> bytes:
    """Sort the declarations at the head of a Turtle, TriG or RDF/XML file: pyoxigraph writes them in the order of a hash map."""
    lines = data.splitlines(keepends=True)
    count = next((number for number, line in enumerate(lines) if not line.startswith(b"@prefix ")), len(lines))
    lines[:count] = sorted(lines[:count])
    if len(lines) > 1 and lines[1].startswith(b"<rdf:RDF "):
        declared = sorted(_XMLNS.findall(lines[1]))
        lines[1] = b"<rdf:RDF" + b"".join(declared) + b">\n"
    return b"".join(lines)


def _used_prefixes(items: "Sequence[Quad] | Sequence[Triple]") -> dict[str, str]:
    """Return the prefixes whose IRIs occur; one that only a text spells in angle brackets is declared in vain, which harms nobody."""
    from pyoxigraph import Quad, RdfFormat
    from pyoxigraph import serialize as write

    triples = [item.triple if isinstance(item, Quad) else item for item in items]
    data = write(triples, format=RdfFormat.N_TRIPLES) or b""
    return {prefix: base for prefix, base in PREFIXES.items() if f"<{base}".encode() in data}


def _fit_for_xml(triple: "Triple") -> "Triple":
    from pyoxigraph import Literal
    from pyoxigraph import Triple as Made

    found = triple.object
    if not isinstance(found, Literal) or not _NOT_XML.search(found.value):
        return triple
    value = _NOT_XML.sub("\ufffd", found.value)
    tagged = Literal(value, language=found.language) if found.language else Literal(value, datatype=found.datatype)
    return Made(triple.subject, triple.predicate, tagged)
