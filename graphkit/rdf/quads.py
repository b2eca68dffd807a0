"""Annotation → quads: one named graph for the article, plus the description of every shared node that it names."""

from typing import TYPE_CHECKING

from graphkit.model import Annotation
from graphkit.rdf.mapping import Mapping, run_name

if TYPE_CHECKING:
    from pyoxigraph import Quad

__all__ = ["annotation_to_quads", "run_name", "to_nquads"]


def to_nquads(annotation: Annotation, *, with_text: bool = False) -> bytes:
    """Map an annotation to sorted canonical N-Quads: its graph, and its entries in the describing graphs.

    The same annotation gives the same bytes anywhere.  ``with_text`` adds the article's text as ``schema:articleBody``.

    Raises:
        ShapeViolation: Two different assertions, mentions, quantities, citations or notes claim one span.
        UnreadableInput: An outlet's domain is no domain name.
    """
    mapping = Mapping(annotation, with_text=with_text)
    return "".join(sorted(mapping.lines)).encode()


def annotation_to_quads(annotation: Annotation, *, with_text: bool = False) -> "list[Quad]":
    """Map an annotation to quads, in the order of ``to_nquads``, whose errors it raises."""
    from pyoxigraph import RdfFormat, parse

    return list(parse(to_nquads(annotation, with_text=with_text), format=RdfFormat.N_QUADS))
