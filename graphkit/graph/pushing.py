"""Pushing the graph to a remote store, pulling one into it, and comparing the two.

What the record keeps as rows, ratings and decisions, is pulled into rows, from which their graphs are written anew: what was rated or
decided here stays, and what contradicts it stands beside it.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Literal

from graphkit import __version__
from graphkit.errors import GraphkitError, ShapeViolation
from graphkit.garbage import collector_paused
from graphkit.rdf.namespaces import DESCRIBING_GRAPHS, GKD, GRAPH_DECISIONS, SCHEMA
from graphkit.store.index import canonical_sha256
from graphkit.store.record import Entry, Record, RunInfo
from graphkit.store.remote.marks import MARKS, erase_marks, read_marks
from graphkit.store.remote.pushing import Plan, Report, plan_push, push
from graphkit.store.remote.reading import Descriptions, all_lines, blob_of, descriptions, remote_lines

if TYPE_CHECKING:
    from graphkit.graph.facade import Graph
    from graphkit.model import Rating
    from graphkit.store.remote import Remote

__all__ = ["Plan", "Pulled", "differing", "plan_push", "pull", "push_graph", "remote_sha256"]

_BODY = f" <{SCHEMA}articleBody> ".encode()
_RATINGS = "graph-ratings-"
_SCALE_ENDS = tuple(f" <{SCHEMA}{end}> ".encode() for end in ("worstRating", "bestRating"))
"""What a rating's row need not hold: the ends of a scale, which follow from the set where it is known."""


@dataclass(frozen=True, slots=True)
class Pulled:
    """What became of one graph of a remote store.

    "without_text": it is in the record, but no text of its article was to be had; "kept": what is here stays, and ``why`` says why.
    ``why`` also says that ratings contradict others.
    """

    graph: str
    outcome: Literal["added", "replaced", "unchanged", "without_text", "kept"]
    why: str | None = None


def push_graph(graph: "Graph", remote: "Remote", plan: Plan, *, report: Report | None = None) -> None:
    """Do what a plan says; it may be ended at any time, and the next plan has what is left."""
    with graph.record.reading():
        push(graph.record, graph.index(), remote, plan, report=report)


def remote_sha256(remote: "Remote") -> str:
    """Return the canonical SHA-256 of our graphs at a remote store: equal to ``Graph.canonical_sha256`` where the two are equal.

    Texts that were pushed along count; ``Graph.canonical_sha256`` is without them.
    """
    return canonical_sha256(all_lines(remote))


def differing(graph: "Graph", remote: "Remote") -> list[str]:
    """Read every graph back, erase the marks of those that are not what the record holds, and return their names."""
    marks = read_marks(remote)
    described = descriptions(remote)
    wrong = []
    for name in sorted(graph.record.graph_hashes()):
        own = [line for line in remote_lines(remote, name) if _BODY not in line]
        if blob_of(own, described) != graph.record.graph_nquads(name):
            wrong.append(name)
    if wrong:
        erase_marks(remote, marks, [*wrong, *DESCRIBING_GRAPHS])
    return wrong


def pull(graph: "Graph", remote: "Remote") -> Iterator[Pulled]:
    """Bring the graphs of a remote store into the record, each in one transaction; what the remote store has not is left as it is.

    An article comes with its text where the remote store has it, or the record has the very text already.  Ratings and decisions become
    the record's own; those that contradict others are kept beside them.
    """
    record = graph.record
    hashes, marks = record.graph_hashes(), read_marks(remote)
    # a graph whose rows are missing is not here, whatever its hash says
    for name in _without_rows(record, hashes):
        del hashes[name]
    described: Descriptions | None = None
    for name, _ in list(remote.graphs()):
        if name == MARKS or name in DESCRIBING_GRAPHS:
            continue
        if name in hashes and name in marks and marks[name].sha256 == hashes[name]:
            yield Pulled(name, "unchanged")
            continue
        if described is None:
            described = descriptions(remote)
        try:
            yield _taken(record, remote, name, described)
        except (GraphkitError, ValueError) as error:
            yield Pulled(name, "kept", str(error))


def _taken(record: Record, remote: "Remote", name: str, described: Descriptions) -> Pulled:
    lines = remote_lines(remote, name)
    nquads = blob_of([line for line in lines if _BODY not in line], described)
    if name.startswith(_RATINGS):
        with collector_paused():
            return _taken_ratings(record, name, nquads)
    if name == GRAPH_DECISIONS:
        return _taken_decisions(record, nquads)
    if record.graph_nquads(name) == nquads:
        return Pulled(name, "unchanged")
    article = _described_article(lines)
    if article is None:
        return Pulled(name, record.put_graph(name, nquads).outcome)
    text = _text(record, remote, article, lines)
    if text is None:
        record.put_graph(name, nquads)
        return Pulled(name, "without_text")
    return Pulled(name, record.put(_entry(name, article, nquads, text)).outcome)


def _without_rows(record: Record, names: Iterable[str]) -> set[str]:
    """Return the graphs of ratings and decisions that stand in the record as graphs only."""
    from graphkit.graph.rating import graph_name

    kept = {graph_name(one.name) for one in record.ratings.sets()}
    if next(iter(record.decisions.all()), None) is not None:
        kept.add(GRAPH_DECISIONS)
    return {name for name in names if (name.startswith(_RATINGS) or name == GRAPH_DECISIONS) and name not in kept}


def _taken_ratings(record: Record, name: str, nquads: bytes) -> Pulled:
    from pyoxigraph import RdfFormat, parse

    from graphkit.graph.merging import add_ratings
    from graphkit.rdf.ratings import ratings_from_quads

    ratings = ratings_from_quads(parse(nquads, format=RdfFormat.N_QUADS))
    lost = _lost(nquads, ratings)
    if lost:
        more = f" (and {len(lost) - 1:,} more)" if len(lost) > 1 else ""
        raise ShapeViolation(f"it says what would be lost: {lost[0].decode().rpartition(' <')[0][:300]}{more}")
    before = record.graph_nquads(name)
    new, conflicts = add_ratings(record, ratings)
    if not new:
        return Pulled(name, "unchanged")
    why = f"{conflicts:,} ratings contradict others and are kept beside them, in sets of their own" if conflicts else None
    return Pulled(name, "added" if before is None else "replaced", why)


def _lost(nquads: bytes, ratings: "Iterable[Rating]") -> list[bytes]:
    """Return the lines of a graph of ratings that rows cannot hold."""
    from graphkit.graph.rating import nquads_of_set

    by_set: defaultdict[str, list[Rating]] = defaultdict(list)
    for one in ratings:
        by_set[one.rating_set].append(one)
    lines = set(nquads.splitlines(keepends=True))
    for rating_set, rows in by_set.items():
        lines.difference_update(nquads_of_set(rating_set, rows).splitlines(keepends=True))
    return sorted(line for line in lines if not any(end in line for end in _SCALE_ENDS))


def _taken_decisions(record: Record, nquads: bytes) -> Pulled:
    from pyoxigraph import RdfFormat, parse

    from graphkit.graph.decisions_graph import add_decided
    from graphkit.rdf.decisions import decisions_from_quads

    before = record.graph_nquads(GRAPH_DECISIONS)
    new = add_decided(record, decisions_from_quads(parse(nquads, format=RdfFormat.N_QUADS)))
    return Pulled(GRAPH_DECISIONS, "unchanged" if not new else "added" if before is None else "replaced")


def _entry(name: str, article: str, nquads: bytes, text: str) -> Entry:
    from pyoxigraph import RdfFormat, parse

    from graphkit.rdf.quads import run_name
    from graphkit.rdf.reading import annotation_from_quads

    annotation = annotation_from_quads(parse(nquads, format=RdfFormat.N_QUADS), {article: text})
    now = datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
    run = RunInfo(run_name(annotation.extractor), "pull", __version__, now)
    return Entry(annotation.article, article, name, nquads, run)


def _described_article(lines: list[bytes]) -> str | None:
    from graphkit.rdf.namespaces import expand

    verb = f" <{expand('gk:describes')}> <{GKD}".encode()
    for line in lines:
        _, found, rest = line.partition(verb)
        if found:
            return rest.partition(b">")[0].decode()
    return None


def _text(record: Record, remote: "Remote", article: str, lines: list[bytes]) -> str | None:
    """Return an article's text: from its graph, else the record's own where it is the same article, else by asking for it."""
    import pyoxigraph

    for line in lines:
        if _BODY in line:
            quad = next(iter(pyoxigraph.parse(line, format=pyoxigraph.RdfFormat.N_QUADS)))
            return quad.object.value if isinstance(quad.object, pyoxigraph.Literal) else None
    sha256 = next((line for line in lines if f"<{GKD}{article}> <{SCHEMA}sha256> ".encode() in line), b"")
    known = next((row for row in record.find(article) if row.name == article), None)
    if known is not None and f'"{known.text_sha256}"'.encode() in sha256:
        return record.text(article)
    rows = remote.select(f"SELECT ?text WHERE {{ GRAPH ?g {{ <{GKD}{article}> <{SCHEMA}articleBody> ?text }} }} LIMIT 1")
    return rows[0]["text"]["value"] if rows else None
