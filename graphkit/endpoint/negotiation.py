"""Content negotiation: which form of an answer a client likes best (RFC 9110, §12.5.1)."""

from collections.abc import Sequence
from typing import Final

RESULTS: Final[dict[str, str]] = {
    "application/sparql-results+json": "json",
    "application/json": "json",
    "application/sparql-results+xml": "xml",
    "application/xml": "xml",
    "text/xml": "xml",
    "text/csv": "csv",
    "text/tab-separated-values": "tsv",
    "text/html": "html",
    "application/xhtml+xml": "html",
    "text/plain": "tsv",
}
"""Media types of SELECT's and ASK's answers, the one to send first of each form; a client without a wish gets the first."""
GRAPHS: Final[dict[str, str]] = {
    "text/turtle": "ttl",
    "application/n-triples": "nt",
    "application/rdf+xml": "rdf",
    "application/ld+json": "jsonld",
    "application/trig": "trig",
    "application/n-quads": "nq",
    "application/x-turtle": "ttl",
    "application/json": "jsonld",
    "application/xml": "rdf",
    "text/xml": "rdf",
    "text/plain": "nt",
    "text/html": "html",
    "application/xhtml+xml": "html",
}
"""Media types of RDF, likewise."""
_MOST_RANGES: Final = 64


def chosen(accept: str | None, offered: dict[str, str]) -> str | None:
    """Return the form of ``offered`` that the Accept header prefers, the first one on a tie, None where it takes none.

    A wildcard takes the media type that a form is sent as; its other names are for those who use them.
    """
    ranges = _ranges(accept or "*/*")
    best, form = 0.0, None
    for media_type, name in offered.items():
        quality = _quality(media_type, ranges, is_sent=media_type_of(name, offered) == media_type)
        if quality > best:
            best, form = quality, name
    return form


def media_type_of(form: str, offered: dict[str, str]) -> str:
    """Return the media type that a form is sent as."""
    return next(media_type for media_type, name in offered.items() if name == form)


def _ranges(accept: str) -> list[tuple[str, float]]:
    found = []
    for item in accept.split(",")[:_MOST_RANGES]:
        media_range, *parameters = (part.strip().lower() for part in item.split(";"))
        if not media_range:
            continue
        weight = next((part[2:].strip() for part in parameters if part.startswith("q=")), "1")
        found.append((media_range, _weight(weight)))
    return found or [("*/*", 1.0)]


def _weight(text: str) -> float:
    try:
        weight = float(text)
    except ValueError:
        return 0.0
    return min(1.0, weight) if weight >= 0 else 0.0


def _quality(media_type: str, ranges: Sequence[tuple[str, float]], *, is_sent: bool) -> float:
    """Return the weight of the most specific range that takes a media type."""
    general = (media_type.partition("/")[0] + "/*", "*/*") if is_sent else ()
    for wanted in (media_type, *general):
        weights = [weight for media_range, weight in ranges if media_range == wanted]
        if weights:
            return max(weights)
    return 0.0
