"""Finding what a report says of one article: in its annotation, in what was assessed, in ratings and in the packaged tables."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from graphkit import __version__
from graphkit.credibility.assessing import Assessed
from graphkit.credibility.evidence import DERIVED, Evidence
from graphkit.credibility.statements import OPINIONS, Statement
from graphkit.graph.rating import explain_outlet
from graphkit.graph.report import wording
from graphkit.graph.report.content import Claim, Elsewhere, Question, Quote, RatedOutlet, Report, Verdict, Voice
from graphkit.graph.report.wording import inert
from graphkit.matching.accounts import Account, read_accounts
from graphkit.model import Actor, Assertion, Attribution, Citation, Span
from graphkit.rdf import identifiers
from graphkit.rdf.namespaces import GRAPH_LINKS

if TYPE_CHECKING:
    from graphkit.knowledge.ratings.explanation import Row
    from graphkit.store.record import Record

MOST_ELSEWHERE = 8
"""Quotes from other articles that are shown of one statement; how many there are is always said."""


def gather(record: "Record", article: str, assessed: Assessed) -> Report:
    """Return the report on an article (local name) of a record."""
    account = next(iter(read_accounts(record, {article})))
    told = account.annotation.article
    claims = tuple(_Claims(record, account, assessed).all())
    outlets = tuple(_cited(record, account))
    publisher = _outlet(record, told.outlet, (), ()) if told.outlet else None
    questions = tuple(_questions(account))
    row = record.article(article)
    extractor = account.annotation.extractor
    facts = (
        ("outlet", publisher.name if publisher else "not known"),
        ("date", told.published or "not known"),
        ("by", ", ".join(map(inert, told.authors)) or "not known"),
        ("length", f"{len(told.text):,} characters, language {told.language}"),
        ("read by the program", f"{extractor.name} {extractor.version}"),
    )
    return Report(
        article_id=article,
        title=inert(row.headline),
        url=told.url,
        facts=facts,
        overview=wording.overview(claims, outlets, len(questions)),
        claims=claims,
        publisher=publisher,
        outlets=outlets,
        questions=questions,
        unknown=tuple(_unknown(record, account, claims, outlets)),
        method=assessed.method,
        made_by=f"graphkit {__version__}",
    )


def _quote(text: str, span: Span) -> Quote:
    return Quote(inert(span.of(text)), span.begin, span.end)


class _Claims:
    """The statements of one article, in text order."""

    def __init__(self, record: "Record", account: Account, assessed: Assessed) -> None:
        self.account, self.assessed = account, assessed
        self.text = account.text
        self.titles = {row.name: row.headline for row in record.articles()}
        self.texts = {name: text for name, _, text in record.texts()}
        self.by_value: dict[int, list[Statement]] = defaultdict(list)
        if assessed.evidence is not None:
            corpus = assessed.evidence.corpus
            for at, row in enumerate(corpus.row.tolist()):
                self.by_value[int(corpus.claim[at])].append(assessed.evidence.statements[row])

    def all(self) -> Iterator[Claim]:
        ordered = sorted(self.account.assertions.items(), key=lambda item: (item[1].span, item[0]))
        for number, (_, assertion) in enumerate(ordered, 1):
            yield self._claim(number, assertion)

    def _claim(self, number: int, assertion: Assertion) -> Claim:
        claim_id = identifiers.claim(assertion.claim, self.account.annotation.article.language)
        voices = tuple(self._voice(one) for one in sorted(assertion.attributions, key=lambda one: one.depth))
        evidence, support = self.assessed.evidence, self.assessed.supports.get(claim_id)
        same, against = self._elsewhere(evidence, claim_id) if evidence is not None else ((), ())
        has_number = support is not None and support.refusal is None
        unsupported = wording.UNSAID if assertion.is_left_open else wording.NOT_TOLD
        unsupported = wording.OPINION if assertion.claim_type in OPINIONS else unsupported
        return Claim(
            number=number,
            claim_id=claim_id,
            quote=_quote(self.text, assertion.span),
            voices=voices,
            says_who=wording.say_who(voices),
            kind=wording.KINDS[assertion.claim_type],
            is_denial=assertion.polarity == "negative",
            is_open=assertion.is_left_open,
            hedges=self._words(assertion.hedges),
            loaded=self._words(assertion.loaded),
            numbers=tuple(inert(wording.say_quantity(one)) for one in assertion.quantities),
            support=unsupported if support is None else wording.say_support(support, len(same)),
            score=support.score if support is not None and has_number else None,
            low=support.low if support is not None and has_number else None,
            high=support.high if support is not None and has_number else None,
            origins=None if support is None else support.origins,
            same=same,
            against=against,
        )

    def _words(self, spans: Sequence[Span]) -> tuple[str, ...]:
        return tuple(inert(span.of(self.text)) for span in spans)

    def _voice(self, one: Attribution) -> Voice:
        is_actor = isinstance(one.source, Actor)
        name = one.source.name if isinstance(one.source, Actor) else one.source.domain
        is_named = not (isinstance(one.source, Actor) and one.source.kind == "anonymous")
        cue = None if one.cue_span is None else inert(one.cue_span.of(self.text))
        return Voice(inert(name), is_named, not is_actor, cue)

    def _elsewhere(self, evidence: Evidence, claim_id: str) -> tuple[tuple[Elsewhere, ...], tuple[Elsewhere, ...]]:
        number = evidence.number.get(claim_id)
        if number is None:
            return (), ()
        others = evidence.corpus.claims_of(int(evidence.corpus.object_of_claim[number]))
        against = [one for other in range(others.start, others.stop) if other != number for one in self.by_value[other]]
        return self._shown(self.by_value[number]), self._shown(against)

    def _shown(self, statements: Sequence[Statement]) -> tuple[Elsewhere, ...]:
        found = [
            Elsewhere(
                one.speaker if one.has_outlet else "outlet not known",
                inert(self.titles[one.article]),
                one.published,
                one.article,
                _quote(self.texts[one.article], Span(one.begin, one.end)),
                next((why for _, why in one.discounts if why.startswith(DERIVED)), ""),
            )
            for one in statements
            if one.article != self.account.name
        ]
        return tuple(sorted(found, key=lambda one: (one.published or "9999", one.outlet, one.article_id, one.quote.begin)))


def _cited(record: "Record", account: Account) -> Iterator[RatedOutlet]:
    by_outlet: dict[tuple[str, str], list[Citation]] = defaultdict(list)
    for one in account.annotation.citations:
        domain = one.outlet.domain if one.outlet is not None else ""
        by_outlet[domain, "" if domain else one.name or one.span.of(account.text)].append(one)
    for (domain, name), citations in sorted(by_outlet.items(), key=lambda item: item[1][0].span):
        ways = dict.fromkeys(wording.CITED[one.kind] + (", which is a guess" if one.is_guess else "") for one in citations)
        places = tuple(_quote(account.text, one.span) for one in citations)
        if domain:
            yield _outlet(record, domain, tuple(ways), places)
        else:
            candidates = sorted({candidate for one in citations for candidate in one.candidates})
            could = (
                f"The name fits several outlets: {', '.join(candidates)}."
                if candidates
                else "Which outlet is meant is not known."
            )
            yield RatedOutlet(None, inert(name), tuple(ways), places, (), could, ())


def _outlet(record: "Record", domain: str, ways: tuple[str, ...], places: tuple[Quote, ...]) -> RatedOutlet:
    from graphkit.knowledge.outlets import describe
    from graphkit.knowledge.sources import source_title

    found = explain_outlet(record, domain)
    known = describe(domain)
    facts: list[tuple[str, str]] = []
    if known is not None:
        facts += [("country", known.country), ("kind", "" if known.kind == "site" else known.kind)]
        for one in known.owners:
            when = "".join(f", {word} {day}" for word, day in (("from", one.begin), ("until", one.end)) if day)
            facts.append(("owner", f"{one.owner}{when} (source: {source_title(one.source)})"))
        if known.state is not None:
            facts.append(
                ("state control", f"{known.state.typology}, {known.state.year} (source: {source_title(known.state.source)})")
            )
    name = domain if known is None or known.name == domain else f"{known.name} ({domain})"
    verdicts = tuple(_verdict(row) for row in found.rows)
    shown = tuple((label, inert(value)) for label, value in facts if value)
    return RatedOutlet(domain, inert(name), ways, places, shown, wording.say_ratings(found), verdicts)


def _verdict(row: "Row") -> Verdict:
    rating = row.rating
    about = wording.DIMENSIONS.get(rating.dimension, rating.dimension)
    return Verdict(
        rater=inert(rating.rater),
        value=inert(rating.value),
        about=inert(about + (f", for {rating.scope} only" if rating.scope else "")),
        scale=inert(wording.say_scale(rating)),
        rated_on=rating.rated_on,
        source=inert(f"{rating.rating_set}, version {rating.version}; licence: {rating.licence or 'not stated'}"),
        why_not=inert("filled in by the rater's computer, not judged" if rating.imputed and not row.why_not else row.why_not),
    )


def _questions(account: Account) -> Iterator[Question]:
    for one in account.annotation.notes:
        quotes = tuple(_quote(account.text, span) for span in one.spans)
        yield Question(inert(one.question), inert(one.fact), inert(one.fact_source), quotes)


def _unknown(record: "Record", account: Account, claims: Sequence[Claim], outlets: Sequence[RatedOutlet]) -> Iterator[str]:
    told = account.annotation.article
    yield "Whether any of this is true. This page tells who says it and on whose word, not what happened."
    if told.outlet is None:
        yield "Which outlet published the article."
    if told.published is None:
        yield "When it was published, so nothing can be said of what was known by then."
    if record.graph_nquads(GRAPH_LINKS) is None:
        yield "Whether other articles say the same: they have not been compared yet ('graphkit update' does it)."
    n_articles = sum(1 for _ in record.articles())
    yield f"What is said in articles that are not in this graph, which holds {wording.count(n_articles, 'article')}."
    unnamed = sorted({voice.name for one in claims for voice in one.voices if not voice.is_named})
    if unnamed:
        yield f"Who stands behind {', '.join(f'“{name}”' for name in unnamed)}: they are not named."
    unrated = [one.name for one in outlets if not one.verdicts]
    if unrated:
        them = "it" if len(unrated) == 1 else "them"
        yield f"How reliable {', '.join(unrated)} may be: nobody at hand rates {them}."
    if any(one.domain is not None for one in outlets):
        yield "What the article took from each outlet it cites: a list of sources does not say which statement comes from which."
    if any(one.score is not None for one in claims):
        yield "How far the numbers of support can be relied on for this kind of news, unless the method below says that labels chose it."
