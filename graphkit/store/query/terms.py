r"""Terms of an answer, and how they are read from SPARQL's TSV, in which rows come from the child process.

The engine writes TSV itself, for half of what it costs to make an object of each term in the child and JSON of each object.  Tabs and
line ends inside of literals are escaped in it, so lines and cells can be split before they are read.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal

from graphkit.rdf.namespaces import XSD

TermKind = Literal["iri", "blank", "literal"]

_STRING: Final = XSD + "string"
_LITERAL: Final = re.compile(r'"(?P<text>.*)"(?:@(?P<language>[A-Za-z0-9-]+)|\^\^<(?P<datatype>[^<> ]*)>)?', re.DOTALL)
_ESCAPE: Final = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))")
_ESCAPED: Final = {"t": "\t", "n": "\n", "r": "\r", "b": "\b", "f": "\f"}
_BASE_DIRECTION: Final = "--"


@dataclass(frozen=True, slots=True)
class Term:
    """One RDF term of an answer; ``datatype`` is an IRI, None for IRIs, blank nodes and language-tagged or plain strings."""

    kind: TermKind
    value: str
    datatype: str | None = None
    language: str | None = None


Row = tuple[Term | None, ...]


def read_rows(tsv: bytes, width: int) -> Iterator[Row]:
    """Yield the rows of whole lines of TSV without its heading; ``width`` is the number of variables."""
    lines = tsv.decode().split("\n")[:-1]
    if not width:
        return iter([()] * len(lines))
    # an answer says the same things again and again: each is read once
    terms = _Terms()
    return (tuple(map(terms.__getitem__, line.split("\t"))) for line in lines)


class _Terms(dict[str, Term | None]):
    """Cells that were read, by their text."""

    def __missing__(self, cell: str) -> Term | None:
        term = self[cell] = read_term(cell)
        return term


def read_term(cell: str) -> Term | None:
    """Read one cell: a term as N-Triples or Turtle writes it, numbers and booleans bare; None where it is empty, for an unbound variable.

    A triple term of RDF 1.2 becomes a literal of its text.
    """
    if not cell:
        return None
    first = cell[0]
    if first == "<":
        is_iri = " " not in cell
        return Term("iri", cell[1:-1]) if is_iri else Term("literal", cell.removeprefix("<<( ").removesuffix(" )>>"))
    if first == '"':
        return _literal(cell)
    if first == "_":
        return Term("blank", cell.removeprefix("_:"))
    return Term("literal", cell, XSD + _kind_of_bare(cell))


def _literal(cell: str) -> Term:
    if cell[-1] == '"' and "\\" not in cell and len(cell) > 1:
        return Term("literal", cell[1:-1])
    match = _LITERAL.fullmatch(cell)
    if match is None:
        msg = f"not a literal of TSV: {cell[:100]!r}"
        raise ValueError(msg)
    text, language, datatype = match.groups()
    if "\\" in text:
        text = _ESCAPE.sub(_unescaped, text)
    if language is not None:
        return Term("literal", text, None, language.partition(_BASE_DIRECTION)[0])
    return Term("literal", text, None if datatype == _STRING else datatype)


def _unescaped(match: re.Match[str]) -> str:
    code = match[1] or match[2]
    return chr(int(code, 16)) if code else _ESCAPED.get(match[3], match[3])


def _kind_of_bare(cell: str) -> str:
    if cell in {"true", "false"}:
        return "boolean"
    if "e" in cell or "E" in cell:
        return "double"
    return "decimal" if "." in cell else "integer"
