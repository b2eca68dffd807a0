"""Ratings: everything that a rater says is kept, each set in its own graph, and nothing is averaged or guessed."""

from dataclasses import fields, replace
from decimal import Decimal

import pyoxigraph
import pytest
from hypothesis import given
from hypothesis import strategies as st
from invented_graph import RATINGS, SCALES

from graphkit.errors import InputError, ShapeViolation, UnreadableInput
from graphkit.model import Rating
from graphkit.rdf.formats import to_canonical_nquads
from graphkit.rdf.namespaces import GKD, expand
from graphkit.rdf.ratings import (
    DIMENSIONS,
    Scale,
    ratings_from_quads,
    ratings_to_nquads,
    ratings_to_parts,
    ratings_to_quads,
)
from graphkit.rdf.shapes import check_quads, validate

odd = st.text(st.characters(exclude_categories=["Cs"]), max_size=10)


def test_ratings_come_back_with_all_they_had() -> None:
    assert set(ratings_from_quads(ratings_to_quads(RATINGS, SCALES))) == set(RATINGS)


@given(
    st.lists(
        st.builds(
            Rating,
            outlet=st.sampled_from(["a.example", "b.example"]),
            rating_set=st.sampled_from(["set one", "two"]),
            rater=st.sampled_from(["Desk", "Panel é"]),
            value=st.one_of(
                odd,
                st.decimals(allow_nan=False, allow_infinity=False, places=2, min_value=-9, max_value=9).map(str),
                st.sampled_from(["4", "4.0", "04", "-0", "1e3", "٤"]),
            ),
            scale=st.sampled_from(["five", "words"]),
            dimension=st.just("reliability"),
            rated_on=st.dates().map(str),
            scope=odd,
            normalised=st.one_of(st.none(), st.decimals(0, 1, places=3)),
            imputed=st.booleans(),
            version=odd,
            licence=odd,
            family=st.just("family"),
            url=st.one_of(st.none(), st.sampled_from(["https://a.example/ä", "https://a.example/[1]", "nowhere"])),
        ),
        max_size=4,
        unique_by=lambda one: (one.outlet, one.rater, one.rated_on, one.scale, one.scope, one.version),
    )
)
def test_any_ratings_come_back_and_their_bytes_are_canonical(ratings: list[Rating]) -> None:
    nquads = ratings_to_nquads(ratings)
    quads = list(pyoxigraph.parse(nquads, format=pyoxigraph.RdfFormat.N_QUADS))
    assert to_canonical_nquads(quads) == nquads
    assert set(ratings_from_quads(quads)) == set(ratings)


def test_a_version_beside_others_gives_the_lines_of_all_in_order() -> None:
    newer = [replace(one, version="newer", family="another voice") for one in RATINGS[:2]]
    for first, second in [(RATINGS[:cut], RATINGS[cut:]) for cut in range(len(RATINGS) + 1)] + [(RATINGS, newer)]:
        before, new = ratings_to_nquads(first, SCALES), ratings_to_nquads(second, SCALES)
        both = b"".join(ratings_to_parts(second, SCALES, beside=before))
        assert both == b"".join(sorted({*before.splitlines(keepends=True), *new.splitlines(keepends=True)}))


def test_a_set_of_many_parts_is_in_order_throughout() -> None:
    many = [replace(RATINGS[0], outlet=f"o{number}.example") for number in range(700)]
    parts = list(ratings_to_parts(many, SCALES))
    lines = b"".join(parts).splitlines(keepends=True)
    assert len(parts) > 2
    assert lines == sorted(set(lines))
    assert all(part.endswith(b" .\n") for part in parts)


def test_each_set_has_a_graph_of_its_own() -> None:
    quads = ratings_to_quads(RATINGS, SCALES)
    rated = {quad.graph_name.value.removeprefix(GKD) for quad in quads if quad.predicate.value == expand("gk:rates")}
    assert rated == {"graph-ratings-example", "graph-ratings-words"}
    assert {q.graph_name.value.removeprefix(GKD) for q in quads} - rated == {"graph-reference", "graph-shared"}


def test_a_value_in_words_stays_in_words_and_a_number_is_one_that_compares() -> None:
    quads = ratings_to_quads(RATINGS, SCALES)
    values = {str(quad.object) for quad in quads if quad.predicate.value == expand("schema:ratingValue")}
    number = "^^<http://www.w3.org/2001/XMLSchema#decimal>"
    assert values == {f'"4"{number}', f'"2"{number}', '"rather low"', '"left"'}
    printed = [quad.object.value for quad in quads if quad.predicate.value == expand("gk:printedValue")]
    assert printed == ["4.0"]


@pytest.mark.parametrize(
    ("field", "rule"),
    [("rating_set", None), ("licence", "Rating.licence"), ("family", "Rating.family"), ("rated_on", "Rating.date")],
)
def test_no_rating_goes_without_set_licence_family_and_date(field: str, rule: str | None) -> None:
    quads = ratings_to_quads([replace(RATINGS[2], **{field: ""})])
    found = {one.rule for one in check_quads(quads)}
    # a set without a name still has one graph; everything else is found missing
    assert found == set() if rule is None else rule in found


def test_ratings_conform_to_shacl() -> None:
    assert validate(ratings_to_quads(RATINGS, SCALES)) == []


def test_a_scale_may_run_downwards() -> None:
    best_is_one = {"example five": Scale(Decimal(5), Decimal(1))}
    assert check_quads(ratings_to_quads(RATINGS[:2], best_is_one)) == []
    off = [replace(RATINGS[0], value="7")]
    assert {one.rule for one in check_quads(ratings_to_quads(off, best_is_one))} == {"Rating.offScale"}


def test_two_values_for_one_thing_are_refused_unless_version_or_scope_tells_them_apart() -> None:
    again = replace(RATINGS[0], value="3")
    with pytest.raises(ShapeViolation, match=r"rates alpha\.example\.org twice on 2025-01-10"):
        ratings_to_nquads([RATINGS[0], again])
    for apart in (replace(again, version="3"), replace(again, scope="science")):
        assert len(ratings_from_quads(ratings_to_quads([RATINGS[0], apart]))) == 2


def test_what_is_no_dimension_or_no_domain_is_refused() -> None:
    with pytest.raises(InputError, match="'niceness' is no dimension"):
        ratings_to_nquads([replace(RATINGS[0], dimension="niceness")])
    with pytest.raises(UnreadableInput, match="not a domain name"):
        ratings_to_nquads([replace(RATINGS[0], outlet="al.example/path")])


def test_dimensions_are_the_code_list_of_the_ontology() -> None:
    from graphkit.rdf.ontology.vocabulary import code_lists

    assert code_lists()["Dimension"] == DIMENSIONS


def test_every_field_of_a_rating_reaches_the_graph() -> None:
    plain = replace(RATINGS[0], normalised=Decimal("0.5"), imputed=False, scope="", url=None)
    other = Rating(
        "c.example",
        "s",
        "R",
        "1",
        "t",
        "leaning",
        "2024-01-01",
        "x",
        Decimal("0.25"),
        imputed=True,
        version="9",
        licence="L",
        family="f",
        url="https://c.example/",
    )
    for field in fields(Rating):
        changed = replace(plain, **{field.name: getattr(other, field.name)})
        assert ratings_to_nquads([changed]) != ratings_to_nquads([plain]), field.name
