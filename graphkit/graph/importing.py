"""Importing what others made: graphkit RDF, merged by identifiers that follow from content, and fact-checks (ClaimReview).

A file is read, checked and turned into rows before anything is written, and written in one transaction: all of it is in, or nothing.
What is checked is more than the shapes: everything is mapped to quads again, and must come out as the file says it, so that a name
that does not follow from its content, or a statement that this graphkit would lose, is an error and not a silent change.

Links and assessments are not taken: they follow from the articles, and are computed over both graphs together.
"""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from graphkit.errors import GraphkitError, NotFound, ShapeViolation, UnreadableInput
from graphkit.model import Annotation
from graphkit.rdf.namespaces import GK, GKD, GRAPH_ASSESSMENTS, GRAPH_LINKS, RDF, RDFS, SCHEMA, shorten

if TYPE_CHECKING:
    from pyoxigraph import Quad, Triple

    from graphkit.graph import Graph
    from graphkit.model import Rating
    from graphkit.rdf.decisions import Decided
    from graphkit.rdf.reviews import Review
    from graphkit.store.record import Record

Outcome = Literal["added", "replaced", "unchanged", "kept"]
OUTCOMES: tuple[Outcome, ...] = ("added", "replaced", "unchanged", "kept")


@dataclass(frozen=True, slots=True)
class Contents:
    """What a file holds, ready to be written: annotated articles, ratings, decisions, reviews; and what was left out."""

    annotations: tuple[Annotation, ...] = ()
    ratings: "tuple[Rating, ...]" = ()
    decisions: "tuple[Decided, ...]" = ()
    reviews: "tuple[Review, ...]" = ()
    notes: tuple[str, ...] = ()


@dataclass(slots=True)
class Import:
    """What an import did: articles by outcome, and how many ratings, conflicting ones, decisions and reviews are new."""

    articles: dict[Outcome, int] = field(default_factory=dict)
    ratings: int = 0
    conflicts: int = 0
    decisions: int = 0
    reviews: int = 0
    notes: tuple[str, ...] = ()


def import_file(graph: "Graph", path: Path, *, replace: bool = False) -> Import:
    """Take in a file of graphkit RDF or of ClaimReviews, all of it or nothing.

    An article that is here with the same text but other findings stays as it is, unless ``replace`` is on.  Ratings that differ in
    nothing but their value are kept side by side.  What is here already changes nothing, so a second import is a no-op.

    Raises:
        UnsupportedFormat: The ending is none of an RDF format or of JSON.
        UnreadableInput: The file cannot be read, is not in its format, or holds nothing of graphkit's.
        ShapeViolation: It breaks graphkit's rules, or lacks what an article needs; the message names what and where.
    """
    from graphkit.rdf.foreign import bytes_of

    contents = read_contents(bytes_of(path), path.name, name=str(path), texts=_Texts(graph.record))
    return write_contents(graph.record, contents, replace=replace)


class _Texts(Mapping[str, str]):
    """The texts of the articles of a record by name, looked up one at a time."""

    def __init__(self, record: "Record") -> None:
        self._record = record

    def __getitem__(self, name: str) -> str:
        try:
            return self._record.text(name)
        except NotFound as error:
            raise KeyError(name) from error

    def __iter__(self):  # type: ignore[no-untyped-def]  # noqa: ANN204 - Mapping's signature
        return (row.name for row in self._record.articles())

    def __len__(self) -> int:
        return self._record.count_articles()


def read_contents(data: bytes, ending: str, *, name: str, texts: Mapping[str, str]) -> Contents:
    """Read and check a file's bytes; ``texts`` are the texts that are known already, by article.

    Raises:
        GraphkitError: See ``import_file``.
    """
    from graphkit.rdf.claimreview import holds_reviews, read_claimreviews
    from graphkit.rdf.foreign import parse_foreign

    bare = ending.lower().removesuffix(".gz")
    if bare.endswith((".json", ".jsonl", ".jsonld")) and (not bare.endswith(".jsonld") or holds_reviews(data)):
        found = read_claimreviews(data, name)
        return Contents(reviews=found.reviews, notes=found.problems)
    return _of_quads(parse_foreign(data, ending, name=name), name, texts)


def _of_quads(quads: "list[Quad]", name: str, texts: Mapping[str, str]) -> Contents:
    from graphkit.rdf.decisions import decisions_from_quads
    from graphkit.rdf.ratings import ratings_from_quads
    from graphkit.rdf.reviews import reviews_from_quads

    kept, notes = _without_computed(quads)
    try:
        contents = Contents(
            _annotations(kept, texts),
            ratings_from_quads(kept),
            decisions_from_quads(kept),
            reviews_from_quads(kept),
            notes,
        )
        again = _quads_of(contents)
    except NotFound as error:
        hint = "export it with --with-text and without --lean: an article without its text cannot be checked, nor matched"
        raise ShapeViolation(f"{name}: {error.message}", hint=hint) from error
    except GraphkitError as error:
        raise ShapeViolation(f"{name}: {error.message}", hint="'graphkit validate' lists all that is wrong with it") from error
    except ValueError as error:
        raise ShapeViolation(f"{name}: {error}", hint="'graphkit validate' lists all that is wrong with it") from error
    if not (contents.annotations or contents.ratings or contents.decisions or contents.reviews):
        held = (
            "only links and assessments, which are computed"
            if notes
            else "no article, rating, decision or review of graphkit's"
        )
        raise UnreadableInput(f"{name}: holds {held}", hint="'graphkit export FILE --with-text' writes what can be imported")
    _check_same(kept, again, name)
    return contents


def _without_computed(quads: "list[Quad]") -> "tuple[list[Quad], tuple[str, ...]]":
    """Leave out links, assessments and what only RDF 1.2 can say: all of it follows from the rest."""
    from pyoxigraph import NamedNode, Triple

    computed = {NamedNode(GKD + GRAPH_LINKS), NamedNode(GKD + GRAPH_ASSESSMENTS)}
    kinds = {NamedNode(GK + kind) for kind in ("Link", "Assessment", "EstimatedRating", "Contribution", "Metric")}
    is_a, relations = NamedNode(RDF + "type"), {NamedNode(GK + relation) for relation in _RELATIONS}
    nodes = {quad.subject for quad in quads if quad.predicate == is_a and quad.object in kinds}
    kept = [
        quad
        for quad in quads
        if quad.graph_name not in computed
        and quad.subject not in nodes
        and quad.predicate not in relations
        and not isinstance(quad.object, Triple)
    ]
    results = {NamedNode(GK + kind) for kind in ("Link", "Assessment")}
    linked = len({quad.subject for quad in quads if quad.predicate == is_a and quad.object in results})
    return kept, (f"{linked:,} links and assessments are left out: they are computed anew",) if linked else ()


_RELATIONS = ("sameClaim", "contradicts", "supports", "sharesText", "cites", "derivedFrom")


def _annotations(quads: "list[Quad]", texts: Mapping[str, str]) -> tuple[Annotation, ...]:
    """Read the articles; where the file leaves a text out, the one that is here serves if it is the same."""
    from graphkit.rdf.reading import annotations_from_quads

    with_text = {quad.subject for quad in quads if quad.predicate.value == SCHEMA + "articleBody"}
    found = {}
    for quad in quads:
        if quad.predicate.value == SCHEMA + "sha256" and quad.subject not in with_text:
            name = getattr(quad.subject, "value", "").removeprefix(GKD)
            text = texts.get(name)
            if text is not None and hashlib.sha256(text.encode("utf-8", "replace")).hexdigest() == quad.object.value:  # type: ignore[union-attr]
                found[name] = text
    return annotations_from_quads(quads, found)


def _check_same(quads: "list[Quad]", again: "list[Quad]", name: str) -> None:
    """See that the file says what its contents come to (``again``): nothing would be lost, and each name follows from content."""
    from graphkit.rdf.ontology.rules import check_quads

    said, known = {quad.triple for quad in quads}, {quad.triple for quad in again}
    lost = [triple for triple in said - known if not _is_extra(triple)]
    if lost:
        raise ShapeViolation(
            f"{name}: it says what would be lost, or under a name that does not follow from content: {_listed(lost)}",
            hint="'graphkit export FILE --with-text' writes what can be imported; 'graphkit validate' checks any other RDF",
        )
    missing = [triple for triple in known - said if triple.predicate.value not in _NOT_NEEDED]
    if missing:
        raise ShapeViolation(
            f"{name}: it is not whole: {_listed(missing)} is missing",
            hint="'graphkit export FILE --with-text' writes what can be imported; a --lean export cannot be",
        )
    wrong = [one for one in check_quads(again) if one.severity == "violation"]
    if wrong:
        more = f", and {len(wrong) - 1:,} more" if len(wrong) > 1 else ""
        raise ShapeViolation(
            f"{name}: {shorten(wrong[0].node)} breaks {wrong[0].rule}: {wrong[0].message}{more}",
            hint="'graphkit validate' lists all that is wrong with it",
        )


_NOT_NEEDED = frozenset({SCHEMA + "articleBody", SCHEMA + "worstRating", SCHEMA + "bestRating"})
"""What need not be in the file: a text that is here already, and the ends of scales, which the registry knows."""
_DESCRIPTIONS = frozenset(
    {RDF + "type", RDFS + "label", GK + "domain", GK + "softwareVersion", GK + "options", SCHEMA + "text"}
)


def _is_extra(triple: "Triple") -> bool:
    """Say whether a triple gives a scale's ends, or describes a run, outlet or claim that only what was left out names."""
    local = getattr(triple.subject, "value", "").removeprefix(GKD)
    is_described = local.startswith(("run-", "outlet-", "claim-")) and triple.predicate.value in _DESCRIPTIONS
    return is_described or triple.predicate.value in _NOT_NEEDED - {SCHEMA + "articleBody"}


def _listed(triples: "list[Triple]") -> str:
    first = min(triples, key=str)
    more = f" (and {len(triples) - 1:,} more)" if len(triples) > 1 else ""
    return " ".join(_short(term) for term in (first.subject, first.predicate, first.object)) + more


def _short(term: object) -> str:
    value = getattr(term, "value", str(term))
    return shorten(value)[:100] if str(term).startswith("<") else str(term)[:100]


def _quads_of(contents: Contents) -> "list[Quad]":
    from graphkit.graph.rating import nquads_of_set
    from graphkit.rdf.decisions import decisions_to_nquads
    from graphkit.rdf.formats import FORMATS, parse
    from graphkit.rdf.quads import to_nquads
    from graphkit.rdf.reviews import reviews_to_nquads

    by_set: defaultdict[str, list[Rating]] = defaultdict(list)
    for rating in contents.ratings:
        by_set[rating.rating_set].append(rating)
    parts = [to_nquads(one, with_text=True) for one in contents.annotations]
    parts += [nquads_of_set(rating_set, rows) for rating_set, rows in sorted(by_set.items())]
    parts += [decisions_to_nquads(contents.decisions), *reviews_to_nquads(contents.reviews).values()]
    return list(dict.fromkeys(parse(b"".join(parts), FORMATS[".nq"])))


def write_contents(record: "Record", contents: Contents, *, replace: bool) -> Import:
    """Write what a file holds, in one transaction; see ``import_file``."""
    from graphkit.graph.decisions_graph import add_decided
    from graphkit.graph.merging import add_ratings, add_reviews

    done = Import(notes=contents.notes)
    with record.transaction():
        for annotation in contents.annotations:
            outcome = _put(record, annotation, replace=replace)
            done.articles[outcome] = done.articles.get(outcome, 0) + 1
        done.ratings, done.conflicts = add_ratings(record, contents.ratings)
        done.decisions = add_decided(record, contents.decisions)
        done.reviews = add_reviews(record, contents.reviews)
    return done


def _put(record: "Record", annotation: Annotation, *, replace: bool) -> Outcome:
    from datetime import UTC, datetime

    from graphkit import __version__
    from graphkit.rdf import identifiers
    from graphkit.rdf.quads import run_name, to_nquads
    from graphkit.store.record import Entry, RunInfo

    article = annotation.article
    name = identifiers.article(article.url, article.text_sha256)
    graph, nquads = identifiers.article_graph(name), to_nquads(annotation)
    here = record.graph_nquads(graph)
    if here is not None and here != nquads and not replace:
        return "kept"
    when = datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
    run = RunInfo(name=run_name(annotation.extractor), command="import", version=__version__, started_at=when)
    entry = Entry(article=article, article_name=name, graph_name=graph, nquads=nquads, run=run)
    return record.put(entry).outcome


def totals(imports: Iterable[Import]) -> Import:
    """Return what several imports did together."""
    whole = Import()
    for one in imports:
        for outcome, count in one.articles.items():
            whole.articles[outcome] = whole.articles.get(outcome, 0) + count
        whole.ratings += one.ratings
        whole.conflicts += one.conflicts
        whole.decisions += one.decisions
        whole.reviews += one.reviews
        whole.notes += one.notes
    return whole
