"""Quads → Annotation: the exact way back, for programs that want spans and labels rather than triples."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from graphkit.errors import NotFound, ShapeViolation
from graphkit.model import (
    Actor,
    Annotation,
    Article,
    Assertion,
    Attribution,
    Citation,
    ExtractorId,
    Mention,
    Note,
    Outlet,
    Quantity,
    Span,
)
from graphkit.rdf.article_lines import CLASSES
from graphkit.rdf.facts import Facts
from graphkit.rdf.identifiers import canonical_wording
from graphkit.rdf.mapping import in_chain_order
from graphkit.rdf.namespaces import GK, GKD, expand
from graphkit.rdf.terms import rounded

if TYPE_CHECKING:
    from pyoxigraph import Quad

_RANGE = re.compile(r"char=([0-9]{1,9}),([0-9]{1,9})")
_KINDS = {expand(prefixed): kind for kind, prefixed in CLASSES.items()}


def annotation_from_quads(quads: "Iterable[Quad]", texts: Mapping[str, str]) -> Annotation:
    """Return the one annotation that quads hold; see ``annotations_from_quads``.

    Raises:
        NotFound: There is no article, or more than one, or its text is missing.
        ShapeViolation: Something that the shapes require is missing.
    """
    found = annotations_from_quads(quads, texts)
    if len(found) != 1:
        raise NotFound(f"the quads hold {len(found)} articles, not one")
    return found[0]


def annotations_from_quads(quads: "Iterable[Quad]", texts: Mapping[str, str]) -> tuple[Annotation, ...]:
    """Return what was annotated, by the articles' names: ``in_text_order`` of what was mapped, and equal to it.

    Args:
        quads: Graphs of articles with the descriptions of the nodes they name (``graph-shared``, ``graph-runs``).
        texts: The articles' texts by their names ("art-…"); a text in the quads (``schema:articleBody``) serves as well.

    Raises:
        NotFound: A text is missing.
        ShapeViolation: Something that the shapes require is missing, or a text is not the one annotated.
    """
    facts = Facts(quads)
    return tuple(_Reading(facts, graph, texts).annotation() for graph in facts.having("gk:describes"))


def in_text_order(annotation: Annotation) -> Annotation:
    """Return the annotation with everything in the order that reading it from RDF gives: by span, names by alphabet.

    Rivals of a mention and authors keep their order, which means something; scores have the decimals that are written.
    """
    text = annotation.article.text
    return replace(
        annotation,
        assertions=tuple(sorted((_ordered(one, text) for one in annotation.assertions), key=_by_span)),
        mentions=tuple(sorted(annotation.mentions, key=_by_span)),
        citations=tuple(sorted((_plain(one) for one in annotation.citations), key=_by_span)),
        notes=tuple(sorted((replace(one, spans=_spans(one.spans)) for one in annotation.notes), key=_by_note)),
    )


def _ordered(assertion: Assertion, text: str) -> Assertion:
    return replace(
        assertion,
        claim=canonical_wording(assertion.claim),
        about=tuple(sorted(set(assertion.about), key=_by_name)),
        attributions=tuple(in_chain_order(assertion, text)),
        hedges=_spans(assertion.hedges),
        loaded=_spans(assertion.loaded),
        quantities=tuple(sorted(set(assertion.quantities), key=_by_span)),
        checkworthiness=rounded(assertion.checkworthiness),
        confidence=rounded(assertion.confidence),
    )


def _plain(citation: Citation) -> Citation:
    return replace(citation, candidates=tuple(sorted(set(citation.candidates))), margin=rounded(citation.margin))


def _spans(spans: Iterable[Span]) -> tuple[Span, ...]:
    return tuple(sorted(set(spans)))


def _by_span(item: Assertion | Mention | Citation | Quantity) -> Span:
    return item.span


def _by_note(note: Note) -> tuple[tuple[Span, ...], str]:
    return note.spans, note.kind


def _by_name(one: Actor | Outlet) -> tuple[str, ...]:
    return (one.domain,) if isinstance(one, Outlet) else (one.name, one.kind, one.wikidata or "", one.anonymous_type or "")


class _Reading:
    """Reads one article's graph."""

    def __init__(self, facts: Facts, graph: str, texts: Mapping[str, str]) -> None:
        self.facts = facts
        self.graph = graph
        self.node = facts.one(graph, "gk:describes")
        self.text = self._text(texts)

    def _text(self, texts: Mapping[str, str]) -> str:
        name = self.node.removeprefix(GKD)
        text = texts.get(name)
        if text is None:
            text = self.facts.maybe(self.node, "schema:articleBody")
        if text is None:
            raise NotFound(f"the text of {name} is missing", hint="give it in `texts`, or export --with-text")
        return text

    def annotation(self) -> Annotation:
        """Return what was annotated."""
        facts, article = self.facts, self.article()
        members: dict[str, list[str]] = {}
        for node in facts.having_object("gk:inArticle", self.node):
            members.setdefault(facts.one(node, "rdf:type").removeprefix(GK), []).append(node)
        run = facts.one(self.graph, "prov:wasGeneratedBy")
        unordered = Annotation(
            article,
            tuple(self._assertion(node) for node in members.get("Assertion", ())),
            tuple(self._mention(node) for node in members.get("Mention", ())),
            tuple(self._citation(node) for node in facts.having_object("cito:hasCitingEntity", self.node)),
            ExtractorId(
                facts.one(run, "rdfs:label"), facts.one(run, "gk:softwareVersion"), facts.maybe(run, "gk:options") or ""
            ),
            tuple(self._note(node) for node in members.get("Note", ())),
        )
        return in_text_order(unordered)

    def article(self) -> Article:
        """Return the article.

        Raises:
            ShapeViolation: The text is not the one that was annotated.
        """
        facts, node = self.facts, self.node
        publisher = facts.maybe(node, "schema:publisher")
        article = Article(
            self.text,
            facts.one(node, "schema:headline"),
            url=self._address(node, "schema:url"),
            outlet=None if publisher is None else facts.one(publisher, "gk:domain"),
            published=facts.maybe(node, "schema:datePublished"),
            language=facts.one(node, "schema:inLanguage"),
            authors=self._authors(),
        )
        if article.text_sha256 != facts.one(node, "schema:sha256"):
            raise ShapeViolation(f"the text of {node.removeprefix(GKD)} is not the one that was annotated")
        return article

    def _authors(self) -> tuple[str, ...]:
        names = self.facts.all(self.node, "schema:author")
        byline = (self.facts.maybe(self.node, "gk:byline") or "").split("; ")
        return tuple(byline if sorted(byline) == names else names)

    def _address(self, node: str, prefixed: str) -> str | None:
        return self.facts.maybe(node, "gk:writtenAddress") or self.facts.maybe(node, prefixed)

    def _span(self, node: str) -> Span:
        return Span(int(self.facts.one(node, "nif:beginIndex")), int(self.facts.one(node, "nif:endIndex")))

    def _part(self, node: str, stem: str) -> Span | None:
        begin, end = self.facts.maybe(node, f"gk:{stem}Begin"), self.facts.maybe(node, f"gk:{stem}End")
        return None if begin is None or end is None else Span(int(begin), int(end))

    def _ranges(self, node: str, prefixed: str) -> tuple[Span, ...]:
        matches = [_RANGE.fullmatch(value) for value in self.facts.all(node, prefixed)]
        if None in matches:
            raise ShapeViolation(f"{node} has a {prefixed} that is not like char=12,17")
        return tuple(Span(int(match[1]), int(match[2])) for match in matches if match is not None)

    def _listed(self, node: str, prefixed: str) -> Any:
        """Return the local name of a value from one of our code lists."""
        return self.facts.one(node, prefixed).removeprefix(GK)

    def _actor_or_outlet(self, node: str) -> Actor | Outlet:
        domain = self.facts.maybe(node, "gk:domain")
        return self._actor(node) if domain is None else Outlet(domain)

    def _actor(self, node: str) -> Actor:
        kind = _KINDS.get(self.facts.one(node, "rdf:type"))
        if kind is None:
            raise ShapeViolation(f"{node} is no actor: {self.facts.one(node, 'rdf:type')}")
        local = node.removeprefix(GKD + "actor-")
        sort: Any = self.facts.maybe(node, "gk:anonymousType")
        return Actor(
            kind,  # type: ignore[arg-type]
            self.facts.one(node, "rdfs:label"),
            local if local.startswith("Q") else None,
            None if sort is None else sort.removeprefix(GK),
        )

    def _assertion(self, node: str) -> Assertion:
        facts = self.facts
        return Assertion(
            self._span(node),
            facts.one(facts.one(node, "gk:claim"), "schema:text"),
            voice=self._listed(node, "gk:voice"),
            certainty=self._listed(node, "gk:certainty"),
            polarity=self._listed(node, "gk:polarity"),
            tense=self._listed(node, "gk:tense"),
            claim_type=self._listed(node, "gk:claimType"),
            about=tuple(self._actor_or_outlet(one) for one in facts.all(node, "gk:about")),
            attributions=tuple(self._attribution(one) for one in facts.all(node, "gk:attribution")),
            hedges=self._ranges(node, "gk:hedgeRange"),
            loaded=self._ranges(node, "gk:loadedRange"),
            quantities=tuple(self._quantity(one) for one in facts.all(node, "gk:quantity")),
            checkworthiness=self._score(node, "gk:checkworthiness"),
            confidence=self._score(node, "gk:confidence"),
        )

    def _score(self, node: str, prefixed: str) -> float | None:
        value = self.facts.maybe(node, prefixed)
        return None if value is None else float(value)

    def _attribution(self, node: str) -> Attribution:
        return Attribution(
            self._actor_or_outlet(self.facts.one(node, "gk:source")),
            self._listed(node, "gk:mode"),
            int(self.facts.one(node, "gk:depth")),
            self._part(node, "source"),
            self._part(node, "cue"),
        )

    def _quantity(self, node: str) -> Quantity:
        value = Decimal(self.facts.one(node, "gk:value"))
        return Quantity(self._span(node), value, self._listed(node, "gk:comparator"), self.facts.maybe(node, "gk:unit"))

    def _mention(self, node: str) -> Mention:
        rivals = self.facts.all(node, "gk:runnerUp")
        order = [GKD + name for name in (self.facts.maybe(node, "gk:runnerUpOrder") or "").split()]
        kind: Any = (self.facts.maybe(node, "gk:mentionKind") or GK + "name").removeprefix(GK)
        return Mention(
            self._span(node),
            self._actor(self.facts.one(node, "gk:denotes")),
            kind,
            tuple(self._actor(one) for one in (order if sorted(order) == rivals else rivals)),
        )

    def _citation(self, node: str) -> Citation:
        facts = self.facts
        cited = self._actor_or_outlet(facts.one(node, "gk:citedOutlet"))
        via = facts.maybe(node, "prov:wasAttributedTo")
        is_outlet = isinstance(cited, Outlet)
        return Citation(
            self._span(node),
            self._listed(node, "gk:citationKind"),
            cited if isinstance(cited, Outlet) else None,
            facts.maybe(node, "gk:citedName") if is_outlet else cited.name,  # type: ignore[union-attr]
            tuple(facts.one(one, "gk:domain") for one in facts.all(node, "gk:candidate")),
            None if via is None else self._actor_or_outlet(via),
            self._address(node, "cito:hasCitedEntity"),
            self._score(node, "gk:margin"),
            is_guess=facts.maybe(node, "gk:isGuess") == "true",
        )

    def _note(self, node: str) -> Note:
        facts = self.facts
        return Note(
            facts.one(node, "gk:noteKind"),
            self._ranges(node, "gk:noteRange"),
            facts.one(node, "gk:question"),
            facts.one(node, "gk:fact"),
            facts.one(node, "gk:factSource"),
        )
