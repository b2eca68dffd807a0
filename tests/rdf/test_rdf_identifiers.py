"""Identifiers: fixed for ever, functions of content alone, apart where the content is."""

import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphkit.errors import UnreadableInput
from graphkit.rdf import identifiers
from graphkit.rdf.namespaces import PREFIXES, expand, shorten

SHA = "7b7b0ceecea76d11fa28c2a2e51bca88ff8ca4d29f94ec7d9265fb1c87d49cf1"
SEED = "art-ovsnv5ap5ymthmlsp2lkzmkx3y"
parts = st.lists(st.text(st.characters(exclude_categories=["Cs"]), max_size=8), max_size=4)


def test_names_never_change() -> None:
    # what other people's graphs hold: a change here is a change of every IRI
    assert identifiers.article(None, SHA) == SEED
    assert identifiers.article("https://alpha.example.org/a1", "any") == "art-kbllnzwj7roliar2wrg3ezshba"
    assert identifiers.article_graph(SEED) == "graph-ovsnv5ap5ymthmlsp2lkzmkx3y"
    assert identifiers.assertion(SEED, SHA, 427, 515) == "as-yztqhn55fhutsnfcpzzxtkij5a"
    assert identifiers.attribution("as-yztqhn55fhutsnfcpzzxtkij5a", 1) == "at-nvsn53vskqdiujbguufindqtem"
    assert identifiers.mention(SEED, SHA, 18, 29) == "mn-anc6fymbr73rjbu3ce2l3ykbo4"
    assert identifiers.quantity(SEED, SHA, 141, 146) == "qty-5v7etsnycxlzxibirgu2gbr5t4"
    assert identifiers.citation(SEED, SHA, 2455, 2464) == "cit-otjmkkrnbwc5dymxga4ksrfyke"
    assert identifiers.claim("North Korea is deepening military ties with Russia.") == "claim-6hurjnflhvpi7arb6fjl2tawc4"
    assert identifiers.actor("Organisation", "Biden administration") == "actor-wl7vqhpqah2ga5jamfdzaldyoi"
    assert identifiers.actor("person", "Kim Jong Un", "Q56226") == "actor-Q56226"
    assert identifiers.anonymous_source(SEED, SHA, "Reports") == "actor-edrc6qlzo4ndwzqk3cckq625ui"
    assert identifiers.outlet("meduza.io") == "outlet-meduza.io"
    rating = identifiers.rating("outlet-alpha.example.org", "rater-example-desk", "2025-01-10", "scale-example5")
    assert rating == "rating-ffg6upybbvzunpsq2ps5dpvf4u"
    link = identifiers.link("as-yztqhn55fhutsnfcpzzxtkij5a", "as-a6d7rvr72vsczzvvnyjzbqn5qu", "contradicts")
    assert link == "link-rgb4tzxif36fk2yzribzbdd3tm"
    assert identifiers.run("hand annotation", "golden-1") == "run-3ulpwnsn6tuuncaiyds3dk7tyy"


@given(parts, parts)
def test_keys_are_apart_where_the_parts_are(one: list[str], other: list[str]) -> None:
    assert (identifiers.key("k", *one) == identifiers.key("k", *other)) == (one == other)
    assert len(identifiers.key("k", *one)) == 26


def test_parts_do_not_run_together() -> None:
    assert identifiers.key("k", "1", "23") != identifiers.key("k", "12", "3") != identifiers.key("k", "123")


@given(st.text())
def test_any_text_has_a_key(text: str) -> None:
    assert identifiers.key("k", text) == identifiers.key("k", text)


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_a_claim_is_keyed_by_the_string_that_labels_it(wording: str) -> None:
    label = identifiers.canonical_wording(wording)
    assert identifiers.canonical_wording(label) == label
    assert identifiers.claim(wording) == identifiers.claim(label)


def test_case_language_and_article_tell_names_apart() -> None:
    assert identifiers.claim("A claim.") != identifiers.claim("a claim.")
    assert identifiers.claim("Berlin") != identifiers.claim("Berlin", "de")
    assert identifiers.actor("group", "Berlin") != identifiers.actor("group", "Berlin", language="de")
    assert identifiers.actor("person", "X", "Q1", "de") == identifiers.actor("group", "Y", "Q1")
    assert identifiers.anonymous_source("art-a", SHA, "officials") != identifiers.anonymous_source("art-b", SHA, "officials")
    assert identifiers.attribution("as-a", 1) != identifiers.attribution("as-a", 1, 1) != identifiers.attribution("as-a", 1, 2)
    versions = [identifiers.rating("o", "r", "d", "s", "", version) for version in ("", "1", "2")]
    assert len(set(versions)) == 3


@pytest.mark.parametrize(
    ("domain", "name"),
    [
        ("Meduza.IO", "outlet-meduza.io"),
        ("bücher.example", "outlet-xn--bcher-kva.example"),
        ("a_b.example.", "outlet-a_b.example"),
    ],
)
def test_an_outlet_is_readable_and_ascii(domain: str, name: str) -> None:
    assert identifiers.outlet(domain) == name


@pytest.mark.parametrize("domain", ["", "a b", "<x>", "a/b", "..", "x" * 300, "ü" * 80, "a\n.example", "https://a.example"])
def test_what_is_no_domain_is_refused(domain: str) -> None:
    with pytest.raises(UnreadableInput, match="not a domain name"):
        identifiers.outlet(domain)


def test_slugs_are_readable_and_never_empty() -> None:
    assert identifiers.scale("Example Five: 1–5") == "scale-example-five-1-5"
    assert identifiers.rater("Épreuve & Co.") == "rater-epreuve-co"
    assert identifiers.ratings_graph("日本") == "graph-ratings-" + identifiers.key("slug", "日本")


def test_names_do_not_depend_on_the_process() -> None:
    code = "from graphkit.rdf import identifiers; print(identifiers.claim('A claim.'))"
    found = subprocess.run(
        [sys.executable, "-c", code], env={"PYTHONHASHSEED": "7"}, capture_output=True, text=True, check=True
    )
    assert found.stdout.strip() == identifiers.claim("A claim.")


def test_prefixes_are_sorted_and_none_begins_another() -> None:
    assert list(PREFIXES) == sorted(PREFIXES)
    bases = list(PREFIXES.values())
    assert not [(one, other) for one in bases for other in bases if one != other and one.startswith(other)]
    assert shorten(expand("gk:claim")) == "gk:claim"
    assert shorten("https://example.org/a") == "https://example.org/a"
