"""Records → ``ViewModel``."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from graphkit.errors import NotFound
from graphkit.garbage import collector_paused
from graphkit.rdf.namespaces import GKD
from graphkit.viewer.view_model import spans, weights
from graphkit.viewer.view_model.communities import find_communities
from graphkit.viewer.view_model.edges import project
from graphkit.viewer.view_model.excerpts import astral_offsets, excerpts
from graphkit.viewer.view_model.hearing import Hearing
from graphkit.viewer.view_model.links import circles, evidence_by_article, read_links
from graphkit.viewer.view_model.records import Record, collect, first, optional
from graphkit.viewer.view_model.rows import (
    NO_REF,
    ActorRow,
    ArticleRow,
    ClaimRow,
    Cluster,
    LinkRow,
    OutletRow,
    Ref,
    RemarkRow,
    ViewModel,
    ViewOptions,
)
from graphkit.viewer.view_model.support import Verdict, judge

if TYPE_CHECKING:
    from pyoxigraph import Quad

ACTOR_KINDS = {
    "Person": "person",
    "Country": "country",
    "Organisation": "organisation",
    "Group": "group",
    "AnonymousSource": "unnamed",
}
_SPEAKING = {
    "Article": ("schema:publisher",),
    "Assertion": ("claim", "about", "prov:wasAttributedTo"),
    "Attribution": ("source",),
    "Citation": ("citedOutlet", "candidate", "prov:wasAttributedTo"),
    "Mention": ("denotes",),
    "Link": ("from", "to"),
    "Outlet": ("citesOutlet",),
}
WHOLE_TEXTS = 50
"""Articles up to which a page holds whole texts."""


def build_view_model(
    quads: Iterable["Quad"], texts: Mapping[str, str] | None = None, *, options: ViewOptions | None = None
) -> ViewModel:
    """Turn the quads of a graph into what a page shows of it.

    Args:
        quads: Quads of every graph; their order does not matter, and missing parts (links, ratings, assessments) may be missing.
        texts: The text of each article by its identifier ("art-…"); quotes stand for texts that are not there.
        options: What the page opens with and holds.

    Raises:
        NotFound: ``options`` name an article or a node that is not in the graph.
    """
    with collector_paused():
        return _Building(collect(quads), texts or {}, options or ViewOptions()).view_model()


class _Building:
    def __init__(self, records: dict[str, Record], texts: Mapping[str, str], options: ViewOptions) -> None:
        self.records = records
        self.options = options
        self.of_type: dict[str, list[str]] = defaultdict(list)
        for subject in sorted(records):
            for kind in records[subject].get("rdf:type", ()):
                self.of_type[kind].append(subject)
        self.refs: dict[str, Ref] = {}
        shown = self._spoken_of()
        outlets = self._number([one for one in self.of_type["Outlet"] if one in shown])
        articles = self._number(self.of_type["Article"])
        claims = self._number([one for one in self.of_type["Claim"] if one in shown])
        actors = self._number(sorted(one for kind in ACTOR_KINDS for one in self.of_type[kind] if one in shown))
        self.nodes = (outlets, articles, claims, actors)
        self.node_count = len(self.refs)
        self.assertions = self._number(self._whole_assertions())
        self.texts = {name: texts[name] for name in articles if name in texts}
        self.keeps_texts = options.with_texts if options.with_texts is not None else len(articles) <= WHOLE_TEXTS

    def _spoken_of(self) -> set[str]:
        """Return what articles, and links between them, speak of: not the thousands of outlets that somebody only rated."""
        found = {
            value
            for kind, properties in _SPEAKING.items()
            for name in self.of_type[kind]
            for key in properties
            for value in self.records[name].get(key, ())
        }
        found.update(name for name in self.of_type["Outlet"] if "citesOutlet" in self.records[name])
        wanted = (self.options.around or "").removeprefix(GKD)
        if not self.of_type["Article"]:
            return found.union(*self.of_type.values())
        return found | {wanted, f"outlet-{wanted.lower()}"}

    def _number(self, names: Sequence[str]) -> list[str]:
        """Give each name that has none yet the next ``Ref``; return the names numbered."""
        new = [name for name in names if name not in self.refs]
        for name in new:
            self.refs[name] = len(self.refs)
        return new

    def _whole_assertions(self) -> list[str]:
        """Return the assertions whose article, claim and span are known, by article and place."""
        places = []
        for name in self.of_type["Assertion"]:
            record = self.records[name]
            span = spans.span_of(record)
            article, claim = first(record, "inArticle"), first(record, "claim")
            if span and article in self.refs and claim in self.refs:
                places.append((article, *span, name))
        return [place[-1] for place in sorted(places)]

    def ref(self, name: str | None) -> Ref:
        """Return the number of a node or assertion, ``NO_REF`` for what is not shown."""
        return self.refs.get(name, NO_REF) if name else NO_REF

    def view_model(self) -> ViewModel:
        """Build all rows."""
        reading = spans.Reading(self.records, self.ref, self.texts, keeps_texts=self.keeps_texts)
        ratings = weights.ratings(self.records, self.of_type, self.ref)
        links = read_links(self.records, (*self.nodes[1], *self.nodes[2], *self.assertions), self.of_type["Link"], self.ref)
        assertions = tuple(map(reading.assertion, self.assertions))
        articles = range(len(self.nodes[0]), len(self.nodes[0]) + len(self.nodes[1]))
        for ref, span in evidence_by_article(links, articles, assertions, self.node_count):
            reading.note(self.nodes[1][ref - articles.start], span)
        cited = self._outlet_citations()
        model = ViewModel(
            outlets=self._outlets(weights.reliability(ratings)),
            claims=self._claims(links),
            actors=self._actors(),
            assertions=assertions,
            citations=reading.citations(self.of_type["Citation"]),
            mentions=reading.mentions(self.of_type["Mention"]),
            notes=reading.notes(self.of_type["Note"]),
            remarks=self._remarks(),
            circles=circles(self.options.circles, assertions, self.refs),
            ratings=ratings,
            links=links,
            options=self.options,
        )
        model = replace(model, articles=self._articles(reading.ranges))
        model = replace(model, edges=project(model, cited))
        model = replace(model, assessments=weights.assessments(self.records, self.of_type, self.ref, model))
        return replace(self._cluster(model), start=self._start(model))

    def _outlets(self, reliability: Mapping[Ref, list[tuple[str, str, float]]]) -> tuple[OutletRow, ...]:
        def row(name: str) -> OutletRow:
            verdict: Verdict = judge(reliability.get(self.refs[name], ()))
            label = first(self.records[name], "domain", name.removeprefix("outlet-"))
            return OutletRow(name, label, verdict.band, verdict.word, verdict.families, verdict.low, verdict.high)

        return tuple(map(row, self.nodes[0]))

    def _articles(self, ranges: Mapping[str, list[tuple[int, int]]]) -> tuple[ArticleRow, ...]:
        sentences = 1 if sum(map(len, self.texts.values())) <= _NEIGHBOURS_UP_TO else 0

        def row(name: str) -> ArticleRow:
            record, text = self.records[name], self.texts.get(name, "")
            parts = ((0, text),) if text and self.keeps_texts else excerpts(text, ranges.get(name, ()), sentences=sentences)
            return ArticleRow(
                id=name,
                label=first(record, "schema:headline", name),
                url=optional(record, "writtenAddress") or optional(record, "schema:url"),
                publisher=self.ref(optional(record, "schema:publisher")),
                published=optional(record, "schema:datePublished"),
                language=optional(record, "schema:inLanguage"),
                authors=tuple(first(record, "byline").split("; ") if "byline" in record else record.get("schema:author", ())),
                length=int(first(record, "length", "0")) if first(record, "length", "0").isdigit() else len(text),
                parts=parts if text else (),
                astral=astral_offsets(text),
            )

        return tuple(map(row, self.nodes[1]))

    def _actors(self) -> tuple[ActorRow, ...]:
        def row(name: str) -> ActorRow:
            record = self.records[name]
            kind = next(ACTOR_KINDS[one] for one in record["rdf:type"] if one in ACTOR_KINDS)
            same = next((one for one in record.get("schema:sameAs", ()) if "wikidata.org/entity/Q" in one), None)
            return ActorRow(
                id=name,
                label=first(record, "rdfs:label", name),
                kind=kind,
                wikidata=same.rpartition("/")[2] if same else None,
                anonymous_type=optional(record, "anonymousType"),
                article=home.get(name, NO_REF) if kind == "unnamed" else NO_REF,
            )

        home: dict[str, Ref] = {}
        for assertion in self.assertions:
            for attribution in self.records[assertion].get("attribution", ()):
                source = first(self.records.get(attribution, {}), "source")
                home.setdefault(source, self.ref(first(self.records[assertion], "inArticle")))
        return tuple(map(row, self.nodes[3]))

    def _claims(self, links: Sequence[LinkRow]) -> tuple[ClaimRow, ...]:
        hearing = Hearing(self.records, self.refs, self.assertions, links)
        return tuple(hearing.claim(name) for name in self.nodes[2])

    def _remarks(self) -> tuple[RemarkRow, ...]:
        rows = (RemarkRow(self.ref(one.target), one.text, one.by, one.made_at) for one in self.options.remarks)
        return tuple(sorted((row for row in rows if row.target != NO_REF), key=lambda row: (row.target, row.made_at, row.text)))

    def _outlet_citations(self) -> list[tuple[Ref, Ref]]:
        return [
            (self.refs[name], self.ref(other))
            for name in self.nodes[0]
            for other in self.records[name].get("citesOutlet", ())
            if self.ref(other) != NO_REF
        ]

    def _cluster(self, model: ViewModel) -> ViewModel:
        member_of = find_communities(model.node_count, ((left, right) for left, _, right in model.edges))
        degree = Counter(end for left, _, right in model.edges for end in (left, right))
        best: dict[int, list[Ref]] = defaultdict(list)
        for node, one in enumerate(member_of):
            best[one].append(node)
        labels = model.labels()
        clusters = []
        kinds = model.kinds()
        for one in range(len(best)):
            # an outlet or actor names a group better than a sentence does
            ranked = min(best[one], key=lambda node: (kinds[node] in {"claim", "article"}, -degree[node], node))
            clusters.append(Cluster(labels[ranked] if degree[best[one][0]] else "", len(best[one])))
        return replace(model, clusters=tuple(clusters), cluster_of=tuple(member_of))

    def _start(self, model: ViewModel) -> tuple[str, Ref]:
        if self.options.article:
            return "board", self._find(self.options.article, self.nodes[1])
        if self.options.around:
            return "neighbourhood", self._find(self.options.around, [name for names in self.nodes for name in names])
        if not model.articles:
            return ("map", NO_REF)
        if model.node_count > _BOARD_FIRST and len(model.articles) > 1:
            return ("map", NO_REF)
        told = Counter(row.article for row in model.assertions)
        refs = [self.refs[name] for name in self.nodes[1]]
        return "board", min(refs, key=lambda ref: (-told[ref], ref))

    def _find(self, wanted: str, names: Sequence[str]) -> Ref:
        name = wanted.removeprefix(GKD)
        if name in self.refs and name in set(names):
            return self.refs[name]
        folded = wanted.casefold()
        for one in names:
            record = self.records[one]
            labels = (record.get(key, ()) for key in ("domain", "rdfs:label", "schema:headline", "schema:url", "schema:text"))
            if any(label.casefold() == folded for found in labels for label in found):
                return self.refs[one]
        raise NotFound(f"nothing in this graph is called {wanted!r}", hint="'graphkit list' shows what there is")


_NEIGHBOURS_UP_TO = 2_000_000
"""Code points of all texts together up to which a sentence on either side is kept beside the quoted one."""
_BOARD_FIRST = 300
"""Nodes up to which a page with several articles opens at a board: a map of fewer says little."""
