"""Terms as text: exactly what pyoxigraph writes for the same value."""

from decimal import Decimal

import pyoxigraph
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode

from graphkit.rdf import terms
from graphkit.rdf.namespaces import XSD


def test_every_character_is_escaped_as_pyoxigraph_escapes_it() -> None:
    # every code point but the surrogates, in pieces
    for start in range(0, 0x110000, 0x1000):
        text = "".join(chr(point) for point in range(start, start + 0x1000) if not 0xD800 <= point <= 0xDFFF)
        assert terms.text(text) == str(Literal(text))


def test_a_lone_surrogate_becomes_the_replacement_character() -> None:
    assert terms.text("a\ud800b") == '"a\ufffdb"'
    assert terms.text("a\udfff", "en").encode()


@given(st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**12), max_value=10**12, places=4))
def test_a_decimal_is_written_as_oxigraph_stores_it(value: Decimal) -> None:
    written = terms.decimal(value)
    store = pyoxigraph.Store()
    node = NamedNode("https://example.org/a")
    lexical = written.partition('"')[2].partition('"')[0]
    store.add(pyoxigraph.Quad(node, node, Literal(lexical, datatype=NamedNode(XSD + "decimal"))))
    assert str(next(iter(store)).object) == written
    assert Decimal(lexical) == value


@pytest.mark.parametrize(
    ("value", "lexical"),
    [("6000.0", "6000"), ("0.750", "0.75"), ("-0", "0"), ("1E+3", "1000"), ("0.0", "0"), ("1E-3", "0.001"), ("100", "100")],
)
def test_decimals_are_canonical(value: str, lexical: str) -> None:
    assert terms.decimal(Decimal(value)) == f'"{lexical}"^^<{XSD}decimal>'


def test_a_score_has_four_decimals_at_most() -> None:
    assert terms.score(0.1 + 0.2) == f'"0.3"^^<{XSD}decimal>'
    assert terms.score(0.87654321) == f'"0.8765"^^<{XSD}decimal>'
    assert terms.score(-1e-9) == f'"0"^^<{XSD}decimal>'


@pytest.mark.parametrize(("value", "is_day"), [("2024-02-29", True), ("2025-02-29", False), ("2025", False), ("2025-1-1", False), ("20250101", False)])  # fmt: skip
def test_only_a_day_of_the_calendar_is_a_date(value: str, is_day: bool) -> None:
    assert terms.is_day(value) is is_day
    assert terms.day(value).endswith("date>") is is_day


@pytest.mark.parametrize(
    ("language", "tag"),
    [("en", "en"), ("en-GB", "en"), ("pt_BR", "pt"), ("DE", "de"), ("", "und"), ("x", "und"), ('en"', "und"), ("123", "und")],
)
def test_a_language_tag_is_one_that_rdf_takes(language: str, tag: str) -> None:
    assert terms.language_tag(language) == tag
    assert str(Literal("a", language=tag)) == terms.text("a", tag)


@pytest.mark.parametrize(
    ("url", "iri"),
    [
        ("https://a.example/b?c=d#e", "https://a.example/b?c=d#e"),
        ("https://a.example/ü", "https://a.example/ü"),
        ("https://a.example/[1] 2", "https://a.example/%5B1%5D%202"),
        ('https://a.example/"><script>', "https://a.example/%22%3E%3Cscript%3E"),
        ("https://a.example/100%", "https://a.example/100%25"),
        ("http://[::1]/a", "http://[::1]/a"),
    ],
)
def test_an_address_is_escaped_where_it_must_be(url: str, iri: str) -> None:
    assert terms.address(url) == f"<{iri}>"


@pytest.mark.parametrize("url", ["", "no address", "//a.example", "http://a:b/", "1http://a.example", "%"])
def test_what_makes_no_address_makes_none(url: str) -> None:
    assert terms.address(url) is None


@given(st.text())
def test_no_text_breaks_out_of_an_address(url: str) -> None:
    found = terms.address(url)
    if found is not None:
        line = f"{found} {found} {found} {found} .\n"
        assert len(list(pyoxigraph.parse(line.encode(), format=pyoxigraph.RdfFormat.N_QUADS))) == 1
