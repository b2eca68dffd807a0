"""The N-Quads lines of one annotation."""

from collections.abc import Iterator
from math import isfinite

from graphkit.errors import ShapeViolation
from graphkit.model import (
    Actor,
    Annotation,
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
from graphkit.rdf import identifiers, terms
from graphkit.rdf.article_lines import ArticleLines
from graphkit.rdf.namespaces import GRAPH_RUNS
from graphkit.rdf.terms import resource, term


def run_name(extractor: ExtractorId) -> str:
    """Name the run of an extractor: by what it is, never by when it ran."""
    return identifiers.run(extractor.name, extractor.version, extractor.options)


def char_range(span: Span) -> str:
    """Return a span as a fragment identifier for plain text (RFC 5147), in code points."""
    return f"char={span.begin},{span.end}"


def in_chain_order(assertion: Assertion, text: str) -> list[Attribution]:
    """Return the attributions of an assertion by depth, then by where source and cue stand, then by their words."""

    def place(attribution: Attribution) -> tuple[object, ...]:
        source, none = attribution.source, Span(0, len(text) + 1)
        who = (source.domain, "") if isinstance(source, Outlet) else (source.name, source.kind)
        source_span, cue_span = attribution.source_span or none, attribution.cue_span or none
        return attribution.depth, source_span, cue_span, who, attribution.mode

    return sorted(assertion.attributions, key=place)


class Mapping(ArticleLines):
    """Maps one annotation; ``lines`` is the result, each line once, in no order.

    Raises:
        ShapeViolation: Two different things of a kind claim one span.
    """

    def __init__(self, annotation: Annotation, *, with_text: bool) -> None:
        super().__init__(annotation.article)
        self._made: dict[str, object] = {}
        self._describe_article(annotation.extractor, with_text=with_text)
        for assertion in annotation.assertions:
            self._add_assertion(assertion)
        for mention in annotation.mentions:
            self._add_mention(mention)
        for citation in annotation.citations:
            self._add_citation(citation)
        for note in annotation.notes:
            self._add_note(note)

    def _describe_article(self, extractor: ExtractorId, *, with_text: bool) -> None:
        article, node, run = self.article, resource(self.name), resource(run_name(extractor))
        self.add(self.graph, ("rdf:type", term("gk:ArticleGraph")), ("gk:describes", node), ("prov:wasGeneratedBy", run))
        self.add(
            node,
            ("rdf:type", term("gk:Article")),
            ("schema:headline", terms.text(article.title)),
            ("schema:inLanguage", terms.text(article.language)),
            ("schema:sha256", terms.text(self.sha256)),
            ("gk:length", terms.integer(len(self.text))),
            *(("schema:author", terms.text(author)) for author in article.authors),
        )
        if len(article.authors) > 1:
            self.add(node, ("gk:byline", terms.text("; ".join(article.authors))))
        if article.published is not None:
            self.add(node, ("schema:datePublished", terms.day(article.published)))
        if article.outlet is not None:
            self.add(node, ("schema:publisher", self.node_of(Outlet(article.outlet))))
        if with_text:
            self.add(node, ("schema:articleBody", terms.text(self.text)))
        self.add_address(node, "schema:url", article.url)
        options = [("gk:options", terms.text(extractor.options))] if extractor.options else []
        about = ("rdfs:label", terms.text(extractor.name)), ("gk:softwareVersion", terms.text(extractor.version))
        self.share(run, ("rdf:type", term("gk:Run")), *about, *options, graph=GRAPH_RUNS)

    def _claim_span(self, name: str, made: object, span: Span) -> None:
        """Note what an IRI was minted for; the same thing twice is said once.

        Raises:
            ShapeViolation: It was minted for something else already.
        """
        before = self._made.setdefault(name, made)
        if before != made:
            kind = type(made).__name__.lower()
            msg = f"{span.begin}-{span.end} of {self.article.title[:60]!r} is annotated as one {kind} and as another"
            raise ShapeViolation(msg, hint="an extractor gives at most one of a kind for one span")

    def _span(self, span: Span) -> tuple[tuple[str, str], ...]:
        return (
            ("nif:beginIndex", terms.integer(span.begin)),
            ("nif:endIndex", terms.integer(span.end)),
            ("nif:anchorOf", terms.text(span.of(self.text))),
        )

    def _add_assertion(self, assertion: Assertion) -> None:
        span = assertion.span
        name = identifiers.assertion(self.name, self.sha256, span.begin, span.end)
        self._claim_span(name, assertion, span)
        node = resource(name)
        self.add(
            node,
            ("rdf:type", term("gk:Assertion")),
            ("gk:inArticle", resource(self.name)),
            ("gk:claim", self._claim(assertion.claim)),
            ("gk:claimType", term("gk:" + assertion.claim_type)),
            ("gk:voice", term("gk:" + assertion.voice)),
            ("gk:certainty", term("gk:" + assertion.certainty)),
            ("gk:polarity", term("gk:" + assertion.polarity)),
            ("gk:tense", term("gk:" + assertion.tense)),
            *self._span(span),
            *(("gk:about", self.node_of(one)) for one in assertion.about),
            *self._words("gk:hedge", assertion.hedges),
            *self._words("gk:loaded", assertion.loaded),
            *(("gk:quantity", self._quantity(quantity)) for quantity in assertion.quantities),
            *_score("gk:confidence", assertion.confidence),
            *_score("gk:checkworthiness", assertion.checkworthiness),
        )
        self._add_attributions(name, assertion)

    def _words(self, predicate: str, spans: tuple[Span, ...]) -> Iterator[tuple[str, str]]:
        """Give the words as they stand, and, so that nothing is lost when one stands twice, where they stand."""
        for span in spans:
            yield predicate, terms.text(span.of(self.text))
            yield predicate + "Range", terms.text(char_range(span))

    def _claim(self, wording: str) -> str:
        node = resource(identifiers.claim(wording, self.language))
        label = terms.text(identifiers.canonical_wording(wording), self.language)
        self.share(node, ("rdf:type", term("gk:Claim")), ("schema:text", label))
        return node

    def _quantity(self, quantity: Quantity) -> str:
        span = quantity.span
        name = identifiers.quantity(self.name, self.sha256, span.begin, span.end)
        node = resource(name)
        self._claim_span(name, quantity, span)
        unit = [] if quantity.unit is None else [("gk:unit", terms.text(quantity.unit))]
        self.add(
            node,
            ("rdf:type", term("gk:Quantity")),
            ("gk:inArticle", resource(self.name)),
            ("gk:value", terms.decimal(quantity.value)),
            ("gk:comparator", term("gk:" + quantity.comparator)),
            *self._span(span),
            *unit,
        )
        return node

    def _add_attributions(self, assertion_name: str, assertion: Assertion) -> None:
        seen: dict[int, int] = {}
        for attribution in in_chain_order(assertion, self.text):
            rank = seen[attribution.depth] = seen.get(attribution.depth, -1) + 1
            node = resource(identifiers.attribution(assertion_name, attribution.depth, rank))
            source = self.node_of(attribution.source)
            self.add(resource(assertion_name), ("gk:attribution", node))
            if attribution.depth == 1:
                self.add(resource(assertion_name), ("prov:wasAttributedTo", source))
            self.add(
                node,
                ("rdf:type", term("gk:Attribution")),
                ("gk:source", source),
                ("gk:mode", term("gk:" + attribution.mode)),
                ("gk:depth", terms.integer(attribution.depth)),
                *self._part("cue", "gk:cue", attribution.cue_span),
                *self._part("source", "gk:sourceText", attribution.source_span),
            )

    def _part(self, stem: str, words: str, span: Span | None) -> Iterator[tuple[str, str]]:
        if span is not None:
            yield words, terms.text(span.of(self.text))
            yield f"gk:{stem}Begin", terms.integer(span.begin)
            yield f"gk:{stem}End", terms.integer(span.end)

    def _add_mention(self, mention: Mention) -> None:
        span = mention.span
        name = identifiers.mention(self.name, self.sha256, span.begin, span.end)
        self._claim_span(name, mention, span)
        others = [self.node_of(actor) for actor in mention.runner_up]
        kind = [] if mention.kind == "name" else [("gk:mentionKind", term("gk:" + mention.kind))]
        # only several rivals need their order written down
        order = [("gk:runnerUpOrder", terms.text(" ".join(self.name_of(a) for a in mention.runner_up)))] if others[1:] else []
        self.add(
            resource(name),
            ("rdf:type", term("gk:Mention")),
            ("gk:inArticle", resource(self.name)),
            ("gk:denotes", self.node_of(mention.actor)),
            *self._span(span),
            *kind,
            *(("gk:runnerUp", other) for other in others),
            *order,
        )

    def _add_citation(self, citation: Citation) -> None:
        span = citation.span
        name = identifiers.citation(self.name, self.sha256, span.begin, span.end)
        self._claim_span(name, citation, span)
        node = resource(name)
        self.add(
            node,
            ("rdf:type", term("gk:Citation")),
            ("cito:hasCitingEntity", resource(self.name)),
            ("gk:citedOutlet", self._cited(citation)),
            ("gk:citationKind", term("gk:" + citation.kind)),
            *self._span(span),
            *(("gk:candidate", self.node_of(Outlet(domain))) for domain in citation.candidates),
            *_score("gk:margin", citation.margin),
        )
        if citation.outlet is not None and citation.name is not None:
            self.add(node, ("gk:citedName", terms.text(citation.name)))
        if citation.via is not None:
            self.add(node, ("prov:wasAttributedTo", self.node_of(citation.via)))
        if citation.is_guess:
            self.add(node, ("gk:isGuess", terms.boolean(value=True)))
        self.add_address(node, "cito:hasCitedEntity", citation.url)
        self._add_outlet_edge(citation)

    def _cited(self, citation: Citation) -> str:
        """Return the outlet cited, or, where only its name is known, an organisation of that name."""
        if citation.outlet is not None:
            return self.node_of(citation.outlet)
        return self.node_of(Actor("organisation", citation.name or citation.span.of(self.text)))

    def _add_outlet_edge(self, citation: Citation) -> None:
        """Add outlet → outlet for the article's publisher: never to itself, a cycle of length one, and never on a guess."""
        publisher, cited = self.article.outlet, citation.outlet
        if publisher is None or cited is None or citation.is_guess:
            return
        citing_node, cited_node = self.node_of(Outlet(publisher)), self.node_of(cited)
        if citing_node != cited_node:
            self.add(citing_node, ("gk:citesOutlet", cited_node))

    def _add_note(self, note: Note) -> None:
        spans = sorted(set(note.spans))
        offsets = [offset for span in spans for offset in (span.begin, span.end)]
        name = identifiers.note(self.name, self.sha256, note.kind, *offsets)
        self._claim_span(name, note, spans[0] if spans else Span(0, 1))
        self.add(
            resource(name),
            ("rdf:type", term("gk:Note")),
            ("gk:inArticle", resource(self.name)),
            ("gk:noteKind", terms.text(note.kind)),
            ("gk:question", terms.text(note.question)),
            ("gk:fact", terms.text(note.fact)),
            ("gk:factSource", terms.text(note.fact_source)),
            *(("gk:noteRange", terms.text(char_range(span))) for span in spans),
        )


def _score(predicate: str, value: float | None) -> Iterator[tuple[str, str]]:
    # an infinite margin (a list with one reading) has no decimal
    if value is not None and isfinite(value):
        yield predicate, terms.score(value)
