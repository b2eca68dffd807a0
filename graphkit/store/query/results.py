"""Answers of SELECT and ASK in the W3C's formats: SPARQL 1.1 Query Results CSV and TSV, JSON, XML; and as cells of a table."""

import csv
import io
import json
import re
from collections.abc import Callable, Iterator
from typing import Final, Literal, get_args

from graphkit.rdf.namespaces import XSD, shorten
from graphkit.store.query.run import QueryResult
from graphkit.store.query.terms import Term

Form = Literal["csv", "tsv", "json", "xml"]
FORMS: Final[tuple[Form, ...]] = get_args(Form)
Defuse = Callable[[str], str]
"""What makes a text harmless to a spreadsheet; ``str`` leaves it as it is."""

_ILLEGAL_IN_XML: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_NUMBERS: Final = frozenset(
    XSD + name for name in ("integer", "decimal", "double", "float", "int", "long", "short", "byte", "nonNegativeInteger")
)
_BARE: Final = {XSD + "integer": re.compile(r"[+-]?\d+"), XSD + "decimal": re.compile(r"[+-]?\d*\.\d+")}
_ESCAPES: Final = str.maketrans({"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"})
# a table and not xml.sax.saxutils, which loads the whole of urllib and http: a sixth of what a small question costs.
# A carriage return would come back as a line feed.
_IN_XML: Final = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\r": "&#13;"})
_ENDS: Final = re.compile(r"\A[ \t\n]+|[ \t\n]+\Z")
_XML_HEAD: Final = '<?xml version="1.0"?>\n<sparql xmlns="http://www.w3.org/2005/sparql-results#">'


def write_results(result: QueryResult, form: Form, *, defuse: Defuse) -> Iterator[str]:
    """Yield the text of a SELECT's or ASK's answer, piece by piece.

    Args:
        result: The answer; not one of CONSTRUCT or DESCRIBE.
        form: ``csv`` and ``tsv`` give an ASK the heading "answer", which the W3C leaves open.
        defuse: Applied to texts, never to numbers, in CSV and TSV.
    """
    writers: dict[Form, Callable[[], Iterator[str]]] = {
        "csv": lambda: _csv(result, defuse),
        "tsv": lambda: _tsv(result, defuse),
        "json": lambda: _json(result),
        "xml": lambda: _xml(result),
    }
    return writers[form]()


def cells(result: QueryResult) -> tuple[tuple[str, ...], Iterator[tuple[str | None, ...]]]:
    """Return the headings and rows of a table for people: IRIs are shortened, an unbound variable is None."""
    if result.boolean is not None:
        return ("answer",), iter([(_boolean(result),)])
    return result.variables, (tuple(None if term is None else _cell(term) for term in row) for row in result.rows)


def _cell(term: Term) -> str:
    return shorten(term.value) if term.kind == "iri" else _plain(term)


def _plain(term: Term) -> str:
    return f"_:{term.value}" if term.kind == "blank" else term.value


def _boolean(result: QueryResult) -> str:
    return "true" if result.boolean else "false"


def _csv(result: QueryResult, defuse: Defuse) -> Iterator[str]:
    if result.boolean is not None:
        yield f"answer\r\n{_boolean(result)}\r\n"
        return
    for row in (result.variables, *(tuple(_csv_value(term, defuse) for term in row) for row in result.rows)):
        line = io.StringIO()
        csv.writer(line, lineterminator="\r\n").writerow(row)
        yield line.getvalue()


def _csv_value(term: Term | None, defuse: Defuse) -> str:
    if term is None:
        return ""
    return _plain(term) if term.kind != "literal" or term.datatype in _NUMBERS else defuse(term.value)


def _tsv(result: QueryResult, defuse: Defuse) -> Iterator[str]:
    if result.boolean is not None:
        yield f"?answer\n{_boolean(result)}\n"
        return
    yield "\t".join(f"?{name}" for name in result.variables) + "\n"
    for row in result.rows:
        yield "\t".join("" if term is None else _turtle(term, defuse) for term in row) + "\n"


def _turtle(term: Term, defuse: Defuse) -> str:
    """Return a term as Turtle writes it, which is what the TSV format asks for."""
    if term.kind == "iri":
        return f"<{term.value}>"
    if term.kind == "blank":
        return f"_:{term.value}"
    bare = _BARE.get(term.datatype or "")
    if bare is not None and bare.fullmatch(term.value):
        return term.value
    text = term.value if term.datatype in _NUMBERS else defuse(term.value)
    suffix = f"@{term.language}" if term.language else f"^^<{term.datatype}>" if term.datatype else ""
    return f'"{text.translate(_ESCAPES)}"{suffix}'


def _json(result: QueryResult) -> Iterator[str]:
    if result.boolean is not None:
        yield json.dumps({"head": {}, "boolean": result.boolean}) + "\n"
        return
    yield f'{{"head": {json.dumps({"vars": result.variables}, ensure_ascii=False)}, "results": {{"bindings": ['
    for number, row in enumerate(result.rows):
        bound = {name: _json_term(term) for name, term in zip(result.variables, row, strict=True) if term is not None}
        yield ("," if number else "") + "\n" + json.dumps(bound, ensure_ascii=False)
    yield "\n]}}\n"


def _json_term(term: Term) -> dict[str, str]:
    kind = {"iri": "uri", "blank": "bnode", "literal": "literal"}[term.kind]
    extra = {"datatype": term.datatype, "xml:lang": term.language}
    return {"type": kind, "value": term.value, **{key: value for key, value in extra.items() if value}}


def _xml(result: QueryResult) -> Iterator[str]:
    if result.boolean is not None:
        yield f"{_XML_HEAD}\n<head/>\n<boolean>{_boolean(result)}</boolean>\n</sparql>\n"
        return
    names = [name.translate(_IN_XML) for name in result.variables]  # another server's may be anything
    heads = "".join(f'<variable name="{name}"/>' for name in names)
    yield f"{_XML_HEAD}\n<head>{heads}</head>\n<results>\n"
    for row in result.rows:
        pairs = zip(names, row, strict=True)
        bindings = "".join(f'<binding name="{name}">{_xml_term(term)}</binding>' for name, term in pairs if term is not None)
        yield f"<result>{bindings}</result>\n"
    yield "</results>\n</sparql>\n"


def _xml_term(term: Term) -> str:
    # what XML 1.0 cannot hold would make the whole answer unreadable, and some readers, Oxigraph's for one, drop bare space at the ends
    value = _ILLEGAL_IN_XML.sub("\ufffd", term.value).translate(_IN_XML)
    value = _ENDS.sub(lambda ends: "".join(f"&#{ord(sign)};" for sign in ends[0]), value)
    if term.kind == "iri":
        return f"<uri>{value}</uri>"
    if term.kind == "blank":
        return f"<bnode>{value}</bnode>"
    if term.language:
        return f'<literal xml:lang="{term.language.translate(_IN_XML)}">{value}</literal>'
    if term.datatype:
        return f'<literal datatype="{term.datatype.translate(_IN_XML)}">{value}</literal>'
    return f"<literal>{value}</literal>"
