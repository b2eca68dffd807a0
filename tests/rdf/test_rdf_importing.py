"""Importing graphs made elsewhere: exact, whole or not at all, the same in whatever order two graphs are merged."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from invented_graph import DESK, RATINGS, annotations, computed, copy, decisions, denial, german, report

from graphkit import Graph
from graphkit.errors import ShapeViolation, UnreadableInput
from graphkit.graph.exporting import ExportOptions
from graphkit.graph.importing import Contents, import_file, write_contents
from graphkit.rdf.decisions import Decided
from graphkit.rdf.reviews import Review

NOTHING = Contents()
WHOLE = ExportOptions(with_text=True)
REVIEW = Review(
    "https://check.example/1", "Examplia sent 6,000 engineers", "check.example", verdict="Misleading", published="2025-07-01"
)
ALL = Contents(annotations(), RATINGS, decisions(), (REVIEW,))


@pytest.fixture
def opened() -> Iterator[Callable[..., Graph]]:
    """Make graphs that go away with the test."""
    graphs: list[Graph] = []

    def make(contents: Contents = NOTHING) -> Graph:
        graphs.append(Graph.temporary())
        write_contents(graphs[-1].record, contents, replace=False)
        return graphs[-1]

    yield make
    for graph in graphs:
        graph.close()


def exported(graph: Graph, path: Path, options: ExportOptions = WHOLE) -> Path:
    graph.export(path, options=options)
    return path


@pytest.mark.parametrize("ending", [".trig", ".nq", ".nq.gz", ".jsonld", ".ttl", ".nt", ".rdf"])
def test_every_rdf_format_brings_the_same_graph_back(ending: str, opened: Callable[..., Graph], tmp_path: Path) -> None:
    one, other = opened(ALL), opened()
    file = exported(one, tmp_path / f"one{ending}")
    done = import_file(other, file)
    assert (done.articles, done.ratings, done.conflicts, done.decisions, done.reviews) == ({"added": 4}, 4, 0, 4, 1)
    assert other.canonical_sha256() == one.canonical_sha256()
    assert other.texts() == one.texts()
    assert [row for _, row in other.record.decisions.all()] == [row for _, row in one.record.decisions.all()]
    assert set(other.record.ratings.all()) == set(RATINGS)


def test_an_export_with_reifiers_is_read_without_them(opened: Callable[..., Graph], tmp_path: Path) -> None:
    one, other = opened(ALL), opened()
    import_file(other, exported(one, tmp_path / "one.trig", replace(WHOLE, has_reifiers=True)))
    assert other.canonical_sha256() == one.canonical_sha256()


def test_a_second_import_changes_nothing(opened: Callable[..., Graph], tmp_path: Path) -> None:
    one, other = opened(ALL), opened()
    file = exported(one, tmp_path / "one.trig")
    import_file(other, file)
    before = other.record.state()
    done = import_file(other, file)
    assert (done.articles, done.ratings, done.decisions, done.reviews) == ({"unchanged": 4}, 0, 0, 0)
    assert other.record.state() == before


@pytest.mark.parametrize("only", ["articles", "ratings", "decisions", "reviews"])
def test_a_part_of_a_graph_says_all_that_it_needs(only: str, opened: Callable[..., Graph], tmp_path: Path) -> None:
    file = exported(opened(ALL), tmp_path / "part.nq", replace(WHOLE, only=only))
    other = opened()
    import_file(other, file)
    assert exported(other, tmp_path / "again.nq", replace(WHOLE, only=only)).read_bytes() == file.read_bytes()
    assert exported(other, tmp_path / "all.nq").read_bytes() == file.read_bytes()


# merging


HERS = Contents((report(), denial()), RATINGS[:2], decisions()[:2], (REVIEW,))
HIS = Contents(
    (denial(), copy(), german()),
    (replace(DESK, value="1", normalised=RATINGS[1].normalised), *RATINGS[2:]),
    (*decisions()[:1], Decided("actor-Q1", "note", "seen", "Bo", "2025-06-30T10:00:00Z")),
    (replace(REVIEW, verdict="Wrong", published="2025-07-02"),),
)


def test_two_graphs_merge_the_same_in_either_order(opened: Callable[..., Graph], tmp_path: Path) -> None:
    hers, his = opened(HERS), opened(HIS)
    her_file, his_file = exported(hers, tmp_path / "hers.trig"), exported(his, tmp_path / "his.trig")
    assert import_file(hers, his_file).articles == {"added": 2, "unchanged": 1}
    import_file(his, her_file)
    assert hers.canonical_sha256() == his.canonical_sha256()
    assert set(hers.record.ratings.all()) == set(his.record.ratings.all())
    assert {row for _, row in hers.record.decisions.all() if row.kind != "undo"} == {
        row for _, row in his.record.decisions.all() if row.kind != "undo"
    }
    # each has all of the other's now
    before = hers.record.state()
    import_file(hers, exported(his, tmp_path / "both.trig"))
    assert hers.record.state() == before


def test_ratings_that_contradict_stand_side_by_side_whatever_the_order(opened: Callable[..., Graph], tmp_path: Path) -> None:
    values = ("1", "2", "3")
    files = [exported(opened(Contents(ratings=(replace(DESK, value=value),))), tmp_path / f"{value}.nq") for value in values]
    found = []
    for order in ((0, 1, 2), (2, 1, 0), (1, 2, 0)):
        graph = opened()
        done = [import_file(graph, files[number]) for number in order]
        assert [one.conflicts for one in done] in ([0, 1, 1], [0, 1, 2])
        found.append({(one.rating_set, one.version, one.value) for one in graph.record.ratings.all()})
        assert [one.rule for one in check_of(graph)] == []
    assert found[0] == found[1] == found[2]
    assert found[0] == {("example", "2", "1"), ("example (2)", "2 (2)", "2"), ("example (3)", "2 (3)", "3")}


def check_of(graph: Graph) -> list[object]:
    from graphkit.rdf.ontology.rules import check

    return [one for one in check(graph.index()) if one.severity == "violation"]


def test_of_two_verdicts_by_one_page_the_later_stays(opened: Callable[..., Graph], tmp_path: Path) -> None:
    for first, second in ((HERS, HIS), (HIS, HERS)):
        graph = opened(Contents(reviews=first.reviews))
        import_file(graph, exported(opened(Contents(reviews=second.reviews)), tmp_path / "reviews.nq"))
        assert b"Wrong" in (graph.record.graph_nquads("graph-reviews-check.example") or b"")


def test_other_findings_on_the_same_article_are_kept_apart(opened: Callable[..., Graph], tmp_path: Path) -> None:
    mine, theirs = opened(Contents((report(),))), opened(Contents((replace(report(), notes=()),)))
    before, file = mine.canonical_sha256(), exported(theirs, tmp_path / "theirs.trig")
    assert import_file(mine, file).articles == {"kept": 1}
    assert mine.canonical_sha256() == before
    assert import_file(mine, file, replace=True).articles == {"replaced": 1}
    assert mine.canonical_sha256() == theirs.canonical_sha256()


def test_a_text_that_is_here_need_not_be_in_the_file(opened: Callable[..., Graph], tmp_path: Path) -> None:
    graph = opened(Contents((report(),)))
    file = exported(graph, tmp_path / "one.trig", ExportOptions())
    assert import_file(graph, file).articles == {"unchanged": 1}
    with pytest.raises(ShapeViolation, match=r"text of art-.* is missing") as raised:
        import_file(opened(), file)
    assert "--with-text" in str(raised.value.hint)


# what is refused, and that nothing of it is in


def edited(old: str, new: str) -> Callable[[str], str]:
    def edit(text: str) -> str:
        assert old in text
        return text.replace(old, new, 1)

    return edit


def without(words: str) -> Callable[[str], str]:
    def edit(text: str) -> str:
        kept = [line for line in text.splitlines(keepends=True) if words not in line]
        assert len(kept) < len(text.splitlines())
        return "".join(kept)

    return edit


FAULTS: dict[str, tuple[Callable[[str], str], str]] = {
    "a quote that is shifted": (edited('"More may follow"', '"More may follov"'), "would be lost"),
    "a text that was changed": (edited("Officials of Examplia said", "Officials of Samplia said"), "not the one that was annotated"),
    "a claim under another's name": (edited('"A shocking move"@en', '"A lovely move"@en'), "does not follow from content"),
    "a certainty of one's own": (edited("ns#possible>", "ns#likely>"), "breaks Assertion.certainty"),
    "an article without a headline": (without("/headline>"), "has no schema:headline"),
    "an assertion without a claim": (without("ns#claim>"), "has no gk:claim"),
    "a property nobody knows": (edited("ns#polarity>", "ns#mood>"), "has no gk:polarity"),
    "a statement beside the others": (
        lambda text: text + "<https://w3id.org/graphkit/id/art-1> <urn:likes> <urn:b> <https://w3id.org/graphkit/id/graph-1> .\n",
        "gkd:art-1 urn:likes urn:b",
    ),
    "a rating without its rater": (without("schema.org/author> <https://w3id.org/graphkit/id/rater-"), "has no schema:author"),
    "a rating of no dimension": (edited("ns#reliability>", "ns#beauty>"), "beauty"),
    "an undo of nothing": (without("ns#undoes>"), "has no gk:undoes"),
    "a depth that is a word": (edited('ns#depth> "1"^^<http://www.w3.org/2001/XMLSchema#integer>', 'ns#depth> "one"'), "one"),
}  # fmt: skip


@pytest.mark.parametrize("fault", FAULTS)
def test_a_faulty_file_is_refused_whole(fault: str, opened: Callable[..., Graph], tmp_path: Path) -> None:
    edit, said = FAULTS[fault]
    file = exported(opened(ALL), tmp_path / "theirs.nq")
    file.write_text(edit(file.read_text(encoding="utf-8")), encoding="utf-8")
    graph = opened(Contents((german(),)))
    before, sha256 = graph.record.state(), graph.canonical_sha256()
    with pytest.raises(ShapeViolation, match=said) as raised:
        import_file(graph, file)
    assert str(file) in raised.value.message
    assert "\n" not in raised.value.message
    assert (graph.record.state(), graph.canonical_sha256()) == (before, sha256)
    assert list(graph.record.ratings.all()) == []


def test_a_lean_export_is_refused(opened: Callable[..., Graph], tmp_path: Path) -> None:
    graph = opened(ALL)
    file = exported(graph, tmp_path / "lean.trig", replace(WHOLE, is_lean=True))
    with pytest.raises(ShapeViolation, match=r"would be lost|not whole"):
        import_file(graph, file)


def test_rdf_that_is_not_of_graphkit_is_refused(opened: Callable[..., Graph], tmp_path: Path) -> None:
    (tmp_path / "foreign.ttl").write_text("<urn:a> <urn:b> <urn:c> .")
    with pytest.raises(UnreadableInput, match=r"holds no article, rating, decision or review of graphkit's"):
        import_file(opened(), tmp_path / "foreign.ttl")


def test_links_and_assessments_are_computed_and_not_taken(opened: Callable[..., Graph], tmp_path: Path) -> None:
    one, other = opened(ALL), opened()
    plain = one.canonical_sha256()
    for name in ("graph-links", "graph-assessments"):
        lines = sorted(line for line in computed().splitlines(keepends=True) if line.endswith(f"/{name}> .\n".encode()))
        one.record.put_graph(name, b"".join(lines))
    for ending in (".trig", ".ttl"):
        done = import_file(other, exported(one, tmp_path / f"one{ending}"))
        assert done.notes == ("5 links and assessments are left out: they are computed anew",)
        assert other.canonical_sha256() == plain
    only = exported(one, tmp_path / "links.nq", replace(WHOLE, only="links"))
    with pytest.raises(UnreadableInput, match="only links and assessments"):
        import_file(other, only)
