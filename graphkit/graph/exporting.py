"""Export: the ending of the file's name chooses the format; the same graph gives the same bytes."""

import csv
import gzip
import io
import json
from collections.abc import Callable
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from graphkit.errors import UnsupportedFormat
from graphkit.graph.assertions import AssertionRow
from graphkit.graph.listing import list_assertions

if TYPE_CHECKING:
    from pyoxigraph import Store

    from graphkit.graph import Graph

Only = Literal["articles", "ratings", "links", "assessments", "decisions", "reviews"]
NETWORK_ENDINGS = (".graphml", ".gexf", ".json")
RDF_ENDINGS = (".ttl", ".trig", ".nq", ".nt", ".jsonld", ".rdf")
ENDINGS = (*RDF_ENDINGS, *NETWORK_ENDINGS, ".csv")
CLAIM_REVIEW = "claimreview"
"""A format that no ending stands for: it is JSON-LD, which two other formats are."""
FORMATS = (*(ending.removeprefix(".") for ending in ENDINGS), CLAIM_REVIEW)


@dataclass(frozen=True, slots=True)
class ExportOptions:
    """What an export holds.

    ``with_text`` adds the articles' texts (left out by default: licences and size); ``is_lean`` leaves mentions, quotes and cue
    offsets out; ``has_reifiers`` writes RDF 1.2; ``is_raw`` leaves spreadsheet formulas as they are; ``as_format``, one of ``FORMATS``,
    is what is written where the file's ending does not say it.
    """

    only: Only | None = None
    with_text: bool = False
    is_lean: bool = False
    has_reifiers: bool = False
    is_raw: bool = False
    as_format: str | None = None


def ending_of(path: Path, as_format: str | None = None) -> tuple[str, bool]:
    """Return the format's ending and whether the file is to be packed by gzip; ``as_format`` goes before the ending.

    Raises:
        UnsupportedFormat: The ending is none of ``ENDINGS``.
    """
    name = path.name.lower()
    is_packed = name.endswith(".gz")
    if as_format is not None:
        return "." + as_format, is_packed
    ending = Path(name.removesuffix(".gz")).suffix
    if ending not in ENDINGS:
        raise UnsupportedFormat(f"{path}: no export format has the ending {ending!r}", hint="endings: " + " ".join(ENDINGS))
    return ending, is_packed


def export_bytes(graph: "Graph", path: Path, options: ExportOptions) -> bytes:
    """Return the bytes of the export that ``path``'s ending asks for.

    Raises:
        UnsupportedFormat: The ending is none of ``ENDINGS``.
    """
    ending, is_packed = ending_of(path, options.as_format)
    if ending == "." + CLAIM_REVIEW:
        body = _claim_reviews(graph, options)
    elif ending in RDF_ENDINGS:
        body = _rdf(graph, ending, options)
    elif ending == ".csv":
        body = assertions_csv(list_assertions(graph.index()), is_raw=options.is_raw)
    else:
        body = _network(graph.index(), ending)
    # mtime 0: the same graph gives the same bytes
    return gzip.compress(body, compresslevel=9, mtime=0) if is_packed else body


def _rdf(graph: "Graph", ending: str, options: ExportOptions) -> bytes:
    from graphkit.rdf.formats import serialize
    from graphkit.rdf.profiles import lean, with_reifiers

    quads = list(graph.quads(only=options.only, with_text=options.with_text))
    if options.is_lean:
        quads = list(lean(quads))
    if options.has_reifiers:
        quads = list(with_reifiers(quads))
    return serialize(quads, ending)


def _claim_reviews(graph: "Graph", options: ExportOptions) -> bytes:
    from graphkit.graph.supported import supported_claims
    from graphkit.rdf.claimreview import write_claimreviews
    from graphkit.rdf.reviews import reviews_from_quads

    reviews = () if options.only == "assessments" else reviews_from_quads(graph.quads(only="reviews"))
    computed = () if options.only == "reviews" else supported_claims(graph.index())
    return write_claimreviews(reviews, computed)


def _network(store: "Store", ending: str) -> bytes:
    import networkx

    from graphkit.graph.networks import to_networkx, without_unprintable

    network = to_networkx(store)
    if ending == ".json":
        return (json.dumps(networkx.node_link_data(network, edges="links"), ensure_ascii=False, indent=1) + "\n").encode()
    buffer = io.BytesIO()
    writers: dict[str, Callable[..., None]] = {".graphml": networkx.write_graphml_xml, ".gexf": networkx.write_gexf}
    writers[ending](without_unprintable(network), buffer)
    return _without_clock(buffer.getvalue()) if ending == ".gexf" else buffer.getvalue()


def _without_clock(gexf: bytes) -> bytes:
    """Drop the date and version that networkx writes: no clock reaches an export."""
    from xml.etree import ElementTree as Tree

    namespace = "http://www.gexf.net/1.2draft"
    Tree.register_namespace("", namespace)
    root = Tree.fromstring(gexf)  # noqa: S314 - our own bytes, just written
    for meta in root.findall(f"{{{namespace}}}meta"):
        meta.attrib.pop("lastmodifieddate", None)
        for creator in meta.findall(f"{{{namespace}}}creator"):
            creator.text = "graphkit"
    body: bytes = Tree.tostring(root, encoding="utf-8", xml_declaration=True)
    return body


def assertions_csv(rows: list[AssertionRow], *, is_raw: bool) -> bytes:
    """Return one line an assertion (RFC 4180, UTF-8 with a byte-order mark, so that spreadsheets read the letters right)."""
    from graphkit.graph.formulas import defused

    names = ["claim_id", *(field.name for field in fields(AssertionRow) if field.name != "claim_id")]
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\r\n")
    writer.writerow(names)
    for row in rows:
        values = asdict(row)
        cells = [values[name] for name in names]
        writer.writerow([defused(cell) if isinstance(cell, str) and not is_raw else cell for cell in cells])
    return ("\ufeff" + buffer.getvalue()).encode()
