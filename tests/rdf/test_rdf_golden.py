"""The golden graph: hand-annotated, exactly what the mapping makes, and by the identifiers that the design fixes."""

import pyoxigraph
import pytest
from seed_annotation import SEED, TEXT
from write_rdf_goldens import golden_trig

from graphkit.model import Annotation, Span
from graphkit.rdf.formats import to_canonical_nquads
from graphkit.rdf.quads import annotation_to_quads, to_nquads
from graphkit.rdf.reading import annotation_from_quads, in_text_order
from graphkit.rdf.shapes import check_quads, validate
from graphkit.resources import folder

Quads = list[pyoxigraph.Quad]


def test_mapping_makes_the_golden_graph_to_the_byte(golden: Quads) -> None:
    assert to_nquads(SEED, with_text=True) == to_canonical_nquads(golden)


def test_file_is_as_it_is_written() -> None:
    assert (folder("seeds") / "golden.trig").read_bytes() == golden_trig()


@pytest.mark.slow
def test_golden_conforms_to_shacl(golden: Quads) -> None:
    assert validate(golden) == []


def test_golden_keeps_every_rule(golden: Quads) -> None:
    assert check_quads(golden) == []


def test_names_are_those_of_the_design(golden: Quads) -> None:
    names = {quad.subject.value.rpartition("/")[2] for quad in golden}
    # minted by the reference implementation of the identifiers
    assert {
        "graph-ovsnv5ap5ymthmlsp2lkzmkx3y",
        "art-ovsnv5ap5ymthmlsp2lkzmkx3y",
        "as-7mequzpqaqcn56ggwzedzhtheq",
        "at-nvsn53vskqdiujbguufindqtem",
        "qty-zmrzm6pgha5t66demxvf6qvbby",
        "mn-45z2scf7d334dzbb372fsvivzu",
        "cit-ippkhi37rkq4y4pv7kzxlb4izi",
        "actor-edrc6qlzo4ndwzqk3cckq625ui",
        "actor-wl7vqhpqah2ga5jamfdzaldyoi",
        "actor-cf6mqdgdyiwsy4onicatorecgi",
        "actor-Q423",
        "outlet-meduza.io",
        "run-3ulpwnsn6tuuncaiyds3dk7tyy",
    } <= names


# begin, end, voice, certainty, type, words of the source, words of hedges and of loaded words
EXPECTED = [
    (18, 63, "author", "certain", "factual", None, [], []),
    (118, 253, "author", "certain", "factual", None, [], ["shocking"]),
    (255, 404, "author", "certain", "interpretive", None, [], ["clear", "significant"]),
    (427, 515, "attributed", "certain", "factual", "Reports", [], []),
    (517, 634, "attributed", "certain", "factual", "Reports", [], []),
    (668, 721, "attributed", "certain", "factual", "Kim Jong Un", [], []),
    (731, 762, "author", "certain", "interpretive", None, [], ["dangerous"]),
    (772, 860, "author", "possible", "predictive", None, ["could"], []),
    (897, 1128, "attributed", "possible", "predictive", "Intelligence sources", ["may", "potentially"], []),
    (1130, 1218, "author", "possible", "predictive", None, ["could"], ["dire"]),
    (1303, 1363, "mixed", "certain", "factual", "state media", [], []),
    (1573, 1704, "author", "certain", "evaluative", None, [], ["concerning"]),
    (1706, 1814, "author", "possible", "predictive", None, ["could"], []),
    (1815, 1883, "author", "possible", "predictive", None, ["could"], ["formidable"]),
    (1891, 1990, "author", "certain", "factual", None, [], ["rogue"]),
    (1922, 1990, "attributed", "certain", "normative", "President Trump", [], []),
    (1992, 2093, "author", "certain", "evaluative", None, [], ["lackluster"]),
    (2133, 2257, "author", "certain", "normative", None, [], ["unholy"]),
    (2259, 2429, "author", "certain", "normative", None, [], ["stark"]),
]


def test_what_the_seed_asserts_was_checked_by_hand() -> None:
    found = [
        (
            one.span.begin,
            one.span.end,
            one.voice,
            one.certainty,
            one.claim_type,
            one.attributions[0].source_span.of(TEXT) if one.attributions else None,
            [span.of(TEXT) for span in one.hedges],
            [span.of(TEXT) for span in one.loaded],
        )
        for one in SEED.assertions
    ]
    assert found == EXPECTED


def test_who_and_what_the_seed_mentions_was_checked_by_hand() -> None:
    by_words = {one.span.of(TEXT): [] for one in SEED.mentions}
    for one in SEED.mentions:
        by_words[one.span.of(TEXT)].append(one.span.begin)
    assert by_words == {
        "North Korea": [18, 118, 825, 983, 1236, 1979],
        "North Korean": [439, 1303, 1524, 1741],
        "Russia": [57, 696],
        "Russian": [206, 490],
        "Kim Jong Un": [329, 636],
        "Vladimir Putin": [345],
        "Ukraine": [508, 1356],
        "United States": [1190],
        "Kim": [1476],
        "Putin": [1552],
        "U.S.": [1858],
        "President Trump": [1891],
        "Biden administration": [1996],
    }
    assert [(one.span, one.outlet.domain) for one in SEED.citations if one.outlet] == [
        (Span(2440, 2455), "naturalnews.com"),
        (Span(2455, 2464), "meduza.io"),
        (Span(2464, 2475), "foxnews.com"),
    ]
    assert [(one.value, one.comparator, one.unit) for a in SEED.assertions for one in a.quantities] == [
        (6000, "exactly", "engineers and construction workers"),
        (10000, "moreThan", "troops"),
    ]


@pytest.mark.parametrize("with_text", [True, False])
def test_annotation_comes_back_from_its_quads(with_text: bool) -> None:
    quads = annotation_to_quads(SEED, with_text=with_text)
    texts = {} if with_text else {"art-ovsnv5ap5ymthmlsp2lkzmkx3y": TEXT}
    back: Annotation = annotation_from_quads(quads, texts)
    assert back == in_text_order(SEED)
