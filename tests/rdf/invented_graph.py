"""An invented graph on reserved domains: a report, a denial, a copy, a German one; ratings, links, assessments."""

from dataclasses import replace
from decimal import Decimal

import pyoxigraph

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
    Rating,
    Span,
)
from graphkit.rdf import identifiers, terms
from graphkit.rdf.decisions import Decided, decisions_to_nquads
from graphkit.rdf.quads import annotation_to_quads, run_name, to_nquads
from graphkit.rdf.ratings import Scale, ratings_to_nquads
from graphkit.rdf.reviews import Review, reviews_to_nquads

RUN = ExtractorId("rules", "0.0.1", "test")
EXAMPLIA = Actor("country", "Examplia")
SAMPLESTAN = Actor("country", "Samplestan")
ANA = Actor("person", "Ana Example")
CLAIM = "Examplia sent 6,000 engineers to Samplestan"


def at(text: str, words: str, nth: int = 0) -> Span:
    begin = -1
    for _ in range(nth + 1):
        begin = text.index(words, begin + 1)
    return Span(begin, begin + len(words))


def report() -> Annotation:
    """What officials say, hedged once; cites beta by link."""
    text = (
        "Officials of Examplia said it sent 6,000 engineers to Samplestan. More may follow, Ana Example told reporters.\n"
        "A shocking move. See beta.example.net for more."
    )
    officials = Actor("anonymous", "Officials of Examplia", anonymous_type="officials")
    return Annotation(
        Article(
            text,
            "Engineers sent to Samplestan",
            url="https://alpha.example.org/1",
            outlet="alpha.example.org",
            published="2025-06-18",
            authors=("Zoe Writer", "Abe Writer"),
        ),
        (
            Assertion(
                at(text, "it sent 6,000 engineers to Samplestan"),
                CLAIM,
                voice="attributed",
                about=(EXAMPLIA, SAMPLESTAN),
                attributions=(Attribution(officials, "indirect", 1, at(text, "Officials of Examplia"), at(text, "said")),),
                quantities=(Quantity(at(text, "6,000"), Decimal(6000), "exactly", "engineers"),),
                checkworthiness=0.9,
                confidence=0.8125,
            ),
            Assertion(
                at(text, "More may follow"),
                "More may follow",
                voice="attributed",
                certainty="possible",
                tense="future",
                claim_type="predictive",
                about=(EXAMPLIA,),
                attributions=(Attribution(ANA, "indirect", 1, at(text, "Ana Example"), at(text, "told reporters")),),
                hedges=(at(text, "may"),),
                checkworthiness=0.4,
            ),
            Assertion(at(text, "A shocking move"), "A shocking move", claim_type="evaluative", loaded=(at(text, "shocking"),)),
        ),
        (
            Mention(at(text, "Examplia"), EXAMPLIA),
            Mention(at(text, "Samplestan"), SAMPLESTAN, runner_up=(EXAMPLIA, ANA)),
            Mention(at(text, "Ana Example"), ANA),
        ),
        (Citation(at(text, "beta.example.net"), "link", Outlet("beta.example.net"), url="https://beta.example.net/1"),),
        RUN,
        (Note("officeDate", (at(text, "Ana Example"),), "Did Ana Example hold an office?", "She held none.", "invented"),),
    )


def denial() -> Annotation:
    """The same denied by a named person; cites alpha by name."""
    text = "Ana Example denied that Examplia sent more than 5,000 engineers to Samplestan, as alpha.example.org reported."
    return Annotation(
        Article(text, "Denial", url="https://beta.example.net/1", outlet="beta.example.net", published="2025-06-19"),
        (
            Assertion(
                at(text, "Examplia sent more than 5,000 engineers to Samplestan"),
                CLAIM,
                voice="attributed",
                polarity="negative",
                about=(EXAMPLIA, SAMPLESTAN),
                attributions=(
                    Attribution(ANA, "indirect", 1, at(text, "Ana Example"), at(text, "denied")),
                    Attribution(
                        Outlet("alpha.example.org"), "indirect", 2, at(text, "alpha.example.org"), at(text, "reported")
                    ),
                ),
                quantities=(Quantity(at(text, "more than 5,000"), Decimal(5000), "moreThan", "engineers"),),
            ),
        ),
        (Mention(at(text, "Ana Example"), ANA),),
        (Citation(at(text, "alpha.example.org"), "mention", Outlet("alpha.example.org"), name="alpha.example.org"),),
        RUN,
    )


def copy() -> Annotation:
    """A copy of the report, with a citation that nobody can place and one that is a guess."""
    text = "Examplia sent 6,000 engineers to Samplestan, the Sample Times reports.\nSources: alpha.example.orgdelta.example"
    return Annotation(
        Article(
            text, "Engineers again", url="https://gamma.example.com/x?a=[1]", outlet="gamma.example.com", published="2025-06-20"
        ),
        (
            Assertion(
                at(text, CLAIM),
                CLAIM,
                about=(EXAMPLIA, SAMPLESTAN),
                quantities=(Quantity(at(text, "6,000"), Decimal(6000), "exactly", "engineers"),),
            ),
        ),
        (),
        (
            Citation(
                at(text, "the Sample Times"),
                "mention",
                name="the Sample Times",
                candidates=("alpha.example.org", "delta.example"),
                via=ANA,
            ),
            Citation(at(text, "alpha.example.org"), "sourceList", Outlet("alpha.example.org"), margin=7.25),
            Citation(at(text, "delta.example"), "sourceList", Outlet("delta.example"), margin=0.5, is_guess=True),
        ),
        RUN,
    )


def german() -> Annotation:
    """An article in another language: its claims, and actors without an id, carry that language."""
    text = "Examplia hat 6.000 Ingenieure geschickt, heißt es in Berichten."
    berichte = Actor("anonymous", "Berichten", anonymous_type="reports")
    return Annotation(
        Article(text, "Ingenieure", outlet="delta.example", language="de"),
        (
            Assertion(
                at(text, "Examplia hat 6.000 Ingenieure geschickt"),
                "Examplia hat 6.000 Ingenieure geschickt",
                voice="attributed",
                about=(EXAMPLIA, Actor("organisation", "Ministerium für Beispiele")),
                attributions=(Attribution(berichte, "indirect", 1, at(text, "Berichten"), at(text, "heißt es in")),),
            ),
        ),
        (Mention(at(text, "Examplia"), EXAMPLIA),),
        (),
        RUN,
    )


DESK = Rating(
    outlet="alpha.example.org",
    rating_set="example",
    rater="Example Desk",
    value="4.0",
    scale="example five",
    dimension="reliability",
    rated_on="2025-01-10",
    normalised=Decimal("0.75"),
    version="2",
    licence="CC0-1.0",
    family="desk",
    url="https://ratings.example/alpha",
)
PANEL = Rating(
    outlet="beta.example.net",
    rating_set="words",
    rater="Example Panel",
    value="rather low",
    scale="example words",
    dimension="reliability",
    rated_on="2025-02-01",
    normalised=Decimal("0.3"),
    licence="CC BY 4.0",
    family="panel",
)
RATINGS = (
    DESK,
    replace(DESK, value="2", scope="politics", normalised=Decimal("0.25"), imputed=True, url=None),
    PANEL,
    replace(PANEL, rater="Example Leaning", value="left", scale="example leaning", dimension="leaning", normalised=None),
)
SCALES = {"example five": Scale(Decimal(1), Decimal(5))}


def annotations() -> tuple[Annotation, ...]:
    """All the annotated articles."""
    return report(), denial(), copy(), german()


def assertion_name(annotation: Annotation, number: int = 0) -> str:
    """Return the name of an assertion of an annotation."""
    article, span = annotation.article, annotation.assertions[number].span
    name = identifiers.article(article.url, article.text_sha256)
    return identifiers.assertion(name, article.text_sha256, span.begin, span.end)


def computed() -> bytes:
    """Links and assessments, written as matching and credibility write them."""
    run = terms.resource(run_name(ExtractorId("matching", "0.0.1")))
    first, other, last = (assertion_name(one) for one in (report(), denial(), copy()))
    claim = identifiers.claim(CLAIM)
    lines = [
        (run, "rdf:type", terms.term("gk:Run"), "graph-runs"),
        (run, "rdfs:label", terms.text("matching"), "graph-runs"),
        (run, "gk:softwareVersion", terms.text("0.0.1"), "graph-runs"),
    ]
    for source, target, relation, score in ((first, other, "contradicts", "0.93"), (last, first, "derivedFrom", "0.99")):
        link = terms.resource(identifiers.link(source, target, relation))
        lines += [
            (link, "rdf:type", terms.term("gk:Link"), "graph-links"),
            (link, "gk:from", terms.resource(source), "graph-links"),
            (link, "gk:to", terms.resource(target), "graph-links"),
            (link, "gk:relation", terms.term("gk:" + relation), "graph-links"),
            (link, "gk:score", terms.decimal(Decimal(score)), "graph-links"),
            (link, "gk:method", terms.text("invented"), "graph-links"),
            (link, "gk:fromRange", terms.text("char=0,5"), "graph-links"),
            (link, "gk:toRange", terms.text("char=7,12"), "graph-links"),
            (link, "prov:wasGeneratedBy", run, "graph-links"),
            (terms.resource(source), "gk:" + relation, terms.resource(target), "graph-links"),
        ]
    rated = next(quad.subject.value for quad in _ratings() if quad.object.value.endswith("#Rating")).rpartition("/")[2]
    for target, metric, evidence in (
        (claim, "claim support", [first, other]),
        ("outlet-alpha.example.org", "outlet reputation", [rated]),
    ):
        metric_name = "metric-" + identifiers.slug(metric)
        node = terms.resource(identifiers.assessment(target, metric_name, "run-1"))
        lines += [
            (terms.resource(metric_name), "rdf:type", terms.term("gk:Metric"), "graph-reference"),
            (terms.resource(metric_name), "rdfs:label", terms.text(metric, "en"), "graph-reference"),
            (node, "rdf:type", terms.term("gk:Assessment"), "graph-assessments"),
            (node, "dqv:computedOn", terms.resource(target), "graph-assessments"),
            (node, "dqv:isMeasurementOf", terms.resource(metric_name), "graph-assessments"),
            (node, "gk:score", terms.score(0.61), "graph-assessments"),
            (node, "gk:low", terms.score(0.34), "graph-assessments"),
            (node, "gk:high", terms.score(0.83), "graph-assessments"),
            (node, "gk:level", terms.score(0.9), "graph-assessments"),
            (node, "gk:method", terms.text("invented"), "graph-assessments"),
            (node, "prov:wasGeneratedBy", run, "graph-assessments"),
            (node, "gk:origins", terms.integer(1), "graph-assessments"),
            (node, "gk:contribution", terms.resource("part-" + target), "graph-assessments"),
            (terms.resource("part-" + target), "rdf:type", terms.term("gk:Contribution"), "graph-assessments"),
            (terms.resource("part-" + target), "gk:value", terms.score(-0.4), "graph-assessments"),
            (terms.resource("part-" + target), "gk:outlet", terms.resource("outlet-alpha.example.org"), "graph-assessments"),
            (terms.resource("part-" + target), "gk:assertion", terms.resource(first), "graph-assessments"),
            (terms.resource("part-" + target), "gk:reason", terms.text("it is the first"), "graph-assessments"),
            *((node, "prov:used", terms.resource(one), "graph-assessments") for one in evidence),
        ]
    node = terms.resource(identifiers.assessment("outlet-delta.example", "metric-estimated-rating", "run-1"))
    lines += [
        (terms.resource("metric-estimated-rating"), "rdf:type", terms.term("gk:Metric"), "graph-reference"),
        (terms.resource("metric-estimated-rating"), "rdfs:label", terms.text("estimated rating", "en"), "graph-reference"),
        (node, "rdf:type", terms.term("gk:Assessment"), "graph-assessments"),
        (node, "rdf:type", terms.term("gk:EstimatedRating"), "graph-assessments"),
        (node, "dqv:computedOn", terms.resource("outlet-delta.example"), "graph-assessments"),
        (node, "dqv:isMeasurementOf", terms.resource("metric-estimated-rating"), "graph-assessments"),
        *((node, f"gk:{name}", terms.score(number), "graph-assessments") for name, number in ESTIMATE.items()),
        (node, "gk:method", terms.text("invented"), "graph-assessments"),
        (node, "prov:wasGeneratedBy", run, "graph-assessments"),
        (node, "prov:used", terms.resource("outlet-alpha.example.org"), "graph-assessments"),
        (node, "prov:used", terms.resource("outlet-beta.example.net"), "graph-assessments"),
    ]
    return "".join(f"{s} {terms.term(p)} {o} {terms.resource(g)} .\n" for s, p, o, g in lines).encode()


ESTIMATE = {"score": 0.5, "low": 0.1, "high": 0.9, "level": 0.9}


def decisions() -> tuple[Decided, ...]:
    """Two outlets' officials decided to be one and apart again; a better name; a note."""
    first, other = identifiers.actor("country", "Examplia"), identifiers.actor("country", "Samplestan")
    merged = Decided(first, "merge", other, "Ana", "2025-07-01T10:00:00Z", "the same in 2024")
    return (
        merged,
        Decided(first, "undo", merged.name, "Zoe", "2025-07-02T10:00:00Z", "not in 2025"),
        Decided(other, "rename", "Sampleland", "Zoe", "2025-07-03T10:00:00Z"),
        Decided(other, "note", "https://example.org/ says so", "Zoe", "2025-07-04T10:00:00Z"),
    )


REVIEW = Review(
    "https://check.example/1",
    CLAIM,
    "check.example",
    verdict="Misleading",
    value="2",
    worst="1",
    best="5",
    authors=("Check Example",),
    published="2025-07-01",
    claimant="Officials of Examplia",
    claimed_on="2025-06-18",
    appearances=("https://alpha.example.org/1",),
)


def _reviews() -> list[pyoxigraph.Quad]:
    return [quad for nquads in reviews_to_nquads([REVIEW]).values() for quad in _parsed(nquads)]


def _ratings() -> list[pyoxigraph.Quad]:
    return _parsed(ratings_to_nquads(RATINGS, SCALES))


def _parsed(nquads: bytes) -> list[pyoxigraph.Quad]:
    return list(pyoxigraph.parse(nquads, format=pyoxigraph.RdfFormat.N_QUADS))


def quads() -> list[pyoxigraph.Quad]:
    """Return the whole invented graph, each quad once."""
    found = [quad for one in annotations() for quad in annotation_to_quads(one, with_text=True)]
    return list(
        dict.fromkeys([*found, *_ratings(), *_parsed(computed()), *_parsed(decisions_to_nquads(decisions())), *_reviews()])
    )


def nquads() -> bytes:
    """Return the articles' part as N-Quads, one after the other."""
    return b"".join(to_nquads(one) for one in annotations())
