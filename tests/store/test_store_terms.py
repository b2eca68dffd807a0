"""Terms of an answer: what the engine writes as TSV, and what it says of a term itself, is read as the very term."""

import pyoxigraph
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphkit.rdf.namespaces import XSD
from graphkit.store.query import Term
from graphkit.store.query.terms import read_rows, read_term

TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=40)
NUMBERS = ("integer", "decimal", "double", "boolean")
LITERALS = st.one_of(
    st.builds(pyoxigraph.Literal, TEXTS),
    st.builds(lambda text, tag: pyoxigraph.Literal(text, language=tag), TEXTS, st.sampled_from(["en", "de-CH", "zh-hans"])),
    st.builds(
        lambda text, name: pyoxigraph.Literal(text, datatype=pyoxigraph.NamedNode(XSD + name)),
        st.one_of(TEXTS, st.from_regex(r"[+-]?[0-9]{0,3}\.?[0-9]{0,3}([eE][+-]?[0-9]{1,2})?", fullmatch=True)),
        st.sampled_from([*NUMBERS, "date", "string"]),
    ),
    st.booleans().map(pyoxigraph.Literal),
    st.integers().map(pyoxigraph.Literal),
)
TERMS = st.one_of(
    LITERALS,
    st.from_regex(r"https://[a-z]{1,9}\.example/[a-z0-9_~,;'()-]{0,20}", fullmatch=True).map(pyoxigraph.NamedNode),
    st.from_regex(r"[a-z][a-z0-9]{0,9}", fullmatch=True).map(pyoxigraph.BlankNode),
)


def term_of(value: "pyoxigraph.NamedNode | pyoxigraph.BlankNode | pyoxigraph.Literal") -> Term:
    """Return a term as this package shows it, from the engine's object."""
    if isinstance(value, pyoxigraph.NamedNode):
        return Term("iri", value.value)
    if isinstance(value, pyoxigraph.BlankNode):
        return Term("blank", value.value)
    plain = value.language is not None or value.datatype.value == XSD + "string"
    return Term("literal", value.value, None if plain else value.datatype.value, value.language)


@given(TERMS)
def test_a_term_is_read_as_the_engine_writes_it(value: pyoxigraph.Literal) -> None:
    assert read_term(str(value)) == term_of(value)


@given(st.lists(st.tuples(st.one_of(st.none(), LITERALS), st.one_of(st.none(), LITERALS)), min_size=1, max_size=8))
def test_an_answer_is_read_as_the_engine_writes_it(rows: list[tuple[pyoxigraph.Literal | None, ...]]) -> None:
    values = " ".join("(" + " ".join("UNDEF" if term is None else str(term) for term in row) + ")" for row in rows)
    query = f"SELECT ?a ?b {{ VALUES (?a ?b) {{ {values} }} }}"
    store = pyoxigraph.Store()
    _, _, body = store.query(query).serialize(format=pyoxigraph.QueryResultsFormat.TSV).partition(b"\n")
    expected = [tuple(None if term is None else term_of(term) for term in row) for row in store.query(query)]
    assert list(read_rows(body, 2)) == expected


@pytest.mark.parametrize(
    ("cell", "term"),
    [
        ("", None),
        ("1.50", Term("literal", "1.50", XSD + "decimal")),
        ("-1E+3", Term("literal", "-1E+3", XSD + "double")),
        ('"a"@en--ltr', Term("literal", "a", None, "en")),
        ('"\\u00e9\\U0001F600\\b"', Term("literal", "é😀\b")),
        ('<<( <a:b> <a:c> "d" )>>', Term("literal", '<a:b> <a:c> "d"')),
    ],
)
def test_what_other_writers_write_is_read(cell: str, term: Term | None) -> None:
    assert read_term(cell) == term


def test_an_answer_without_variables_has_empty_rows() -> None:
    assert list(read_rows(b"\n\n", 0)) == [(), ()]


def test_what_is_no_term_is_an_error() -> None:
    with pytest.raises(ValueError, match="not a literal"):
        read_term('"open')
