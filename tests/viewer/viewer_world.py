"""An invented graph that has a bit of everything a page can show; outlets on reserved domains, nobody real."""

from collections.abc import Iterable, Iterator
from decimal import Decimal
from itertools import combinations

import pyoxigraph
from pyoxigraph import Literal, NamedNode, Quad

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
from graphkit.rdf import identifiers
from graphkit.rdf.namespaces import DQV, GK, GKD, PROV, RDF, SCHEMA, XSD
from graphkit.rdf.quads import annotation_to_quads
from graphkit.rdf.ratings import Scale, ratings_to_quads
from graphkit.viewer import Circle, Remark

RUN = ExtractorId("hand", "1")
HARBOUR = Actor("country", "Harbourland")
MERA = Actor("person", "Mera Sample")
PORT = Actor("organisation", "Port Authority of Harbourland")
UNION = Actor("group", "dock workers")

MORNING = (
    "Port of Harbourland to close 🚢\n"
    "Officials said the port may close within 30 days. More than 1,200 dock workers would lose their jobs, "
    "Mera Sample told The Harbour Post.\n"
    "The shameful plan is a betrayal of the city. “We never agreed,” the Port Authority said.\n"
    "It could ruin the region, analysts fear. The ships of the fleet are safe.\n"
    "Sources: beta.example.netgamma.example.com"
)
EVENING = (
    "Port stays open, authority says\n"
    "The port will not close, the Port Authority of Harbourland said on Tuesday. "
    "No more than 300 dock workers lose their jobs, according to a report seen by beta.example.net.\n"
    "See https://alpha.example.org/port for the first report."
)
COPY = (
    "Port to close soon\n"
    "The port may close within 30 days, alpha.example.org reported. "
    "More than 1,200 dock workers would lose their jobs, it said. العربية: النص هنا، ثم e\u0301te\u0301 again."
)


def at(text: str, words: str, nth: int = 0) -> Span:
    """The span of the nth occurrence of some words."""
    begin = -1
    for _ in range(nth + 1):
        begin = text.index(words, begin + 1)
    return Span(begin, begin + len(words))


CLOSES = "The port of Harbourland may close within 30 days."
JOBS = "More than 1,200 dock workers lose their jobs."


def morning() -> Annotation:
    """An article with an emoji before every span, an unnamed source, a chain, hedges, loaded words, a note, a guessed list."""
    text = MORNING
    officials = Actor("anonymous", "Officials", anonymous_type="officials")
    analysts = Actor("anonymous", "analysts", anonymous_type="experts")
    assertions = (
        Assertion(
            at(text, "the port may close within 30 days"),
            CLOSES,
            voice="attributed",
            certainty="possible",
            tense="future",
            about=(HARBOUR, PORT),
            attributions=(Attribution(officials, "indirect", 1, at(text, "Officials"), at(text, "said")),),
            hedges=(at(text, "may"),),
            quantities=(Quantity(at(text, "30 days"), Decimal(30), "exactly", "days"),),
            checkworthiness=0.8,
            confidence=0.93,
        ),
        Assertion(
            at(text, "More than 1,200 dock workers would lose their jobs"),
            JOBS,
            voice="attributed",
            about=(UNION,),
            attributions=(
                Attribution(MERA, "indirect", 1, at(text, "Mera Sample"), at(text, "told")),
                Attribution(Outlet("alpha.example.org"), "indirect", 2, at(text, "The Harbour Post"), None),
            ),
            quantities=(Quantity(at(text, "More than 1,200"), Decimal(1200), "moreThan", "dock workers"),),
        ),
        Assertion(
            at(text, "The shameful plan is a betrayal of the city"),
            "The plan is a betrayal of the city.",
            claim_type="evaluative",
            about=(HARBOUR,),
            loaded=(at(text, "shameful"), at(text, "betrayal")),
        ),
        Assertion(
            at(text, "“We never agreed,”"),
            "The Port Authority never agreed.",
            voice="attributed",
            polarity="negative",
            about=(PORT,),
            attributions=(Attribution(PORT, "direct", 1, at(text, "the Port Authority"), at(text, "said", 1)),),
        ),
        Assertion(
            at(text, "It could ruin the region"),
            "The closure could ruin the region.",
            voice="attributed",
            certainty="possible",
            tense="future",
            claim_type="predictive",
            about=(HARBOUR,),
            attributions=(Attribution(analysts, "indirect", 1, at(text, "analysts"), at(text, "fear")),),
            hedges=(at(text, "could"),),
        ),
        Assertion(at(text, "The ships of the fleet are safe"), "The ships of the fleet are safe.", certainty="underspecified"),
    )
    mentions = (
        Mention(at(text, "Harbourland"), HARBOUR),
        Mention(at(text, "Mera Sample"), MERA),
        Mention(at(text, "Port Authority"), PORT, "title", runner_up=(Actor("organisation", "Another Port Authority"),)),
    )
    citations = (
        Citation(at(text, "beta.example.net"), "sourceList", Outlet("beta.example.net"), margin=2.5),
        Citation(at(text, "gamma.example.com"), "sourceList", Outlet("gamma.example.com"), margin=0.2, is_guess=True),
        Citation(at(text, "The Harbour Post"), "mention", name="The Harbour Post", candidates=("alpha.example.org",)),
    )
    note = Note(
        "officeDate",
        (at(text, "Mera Sample"),),
        "Was Mera Sample in office when this was printed?",
        "An invented table gives 2024 as the end of the term.",
        "invented table",
    )
    article = Article(
        text,
        "Port of Harbourland to close 🚢",
        url="https://alpha.example.org/port",
        outlet="alpha.example.org",
        published="2025-03-01",
        authors=("Jo Example", "Al Sample"),
    )
    return Annotation(article, assertions, mentions, citations, RUN, notes=(note,))


def evening() -> Annotation:
    """A denial with another number."""
    text = EVENING
    assertions = (
        Assertion(
            at(text, "The port will not close"),
            CLOSES,
            voice="attributed",
            polarity="negative",
            about=(HARBOUR, PORT),
            attributions=(Attribution(PORT, "indirect", 1, at(text, "the Port Authority of Harbourland"), at(text, "said")),),
        ),
        Assertion(
            at(text, "No more than 300 dock workers lose their jobs"),
            "No more than 300 dock workers lose their jobs.",
            voice="attributed",
            about=(UNION,),
            attributions=(
                Attribution(
                    Actor("anonymous", "a report", anonymous_type="reports"), "indirect", 1, at(text, "a report"), None
                ),
            ),
            quantities=(Quantity(at(text, "No more than 300"), Decimal(300), "atMost", "dock workers"),),
        ),
    )
    citations = (
        Citation(at(text, "beta.example.net"), "mention", Outlet("beta.example.net")),
        Citation(
            at(text, "https://alpha.example.org/port"),
            "link",
            Outlet("alpha.example.org"),
            url="https://alpha.example.org/port",
        ),
    )
    article = Article(
        text,
        "Port stays open, authority says",
        url="https://beta.example.net/open",
        outlet="beta.example.net",
        published="2025-04-20",
    )
    return Annotation(article, assertions, (Mention(at(text, "Harbourland"), HARBOUR),), citations, RUN)


def copy() -> Annotation:
    """A text without a date that has it all from the first one; right-to-left words and combining marks in it."""
    text = COPY
    alpha = Outlet("alpha.example.org")
    assertions = (
        Assertion(
            at(text, "The port may close within 30 days"),
            CLOSES,
            voice="attributed",
            certainty="possible",
            tense="future",
            about=(HARBOUR,),
            attributions=(Attribution(alpha, "indirect", 1, at(text, "alpha.example.org"), at(text, "reported")),),
            hedges=(at(text, "may"),),
        ),
        Assertion(
            at(text, "More than 1,200 dock workers would lose their jobs"),
            JOBS,
            voice="attributed",
            about=(UNION,),
            attributions=(Attribution(alpha, "indirect", 1, at(text, "it", 0), at(text, "said")),),
        ),
    )
    citations = (Citation(at(text, "alpha.example.org"), "mention", alpha),)
    return Annotation(Article(text, "Port to close soon", outlet="gamma.example.com"), assertions, (), citations, RUN)


def annotations() -> tuple[Annotation, ...]:
    """All three articles."""
    return morning(), evening(), copy()


def name(annotation: Annotation) -> str:
    """An article's identifier."""
    return identifiers.article(annotation.article.url, annotation.article.text_sha256)


def told(annotation: Annotation, nth: int) -> str:
    """The identifier of an article's nth assertion."""
    span = annotation.assertions[nth].span
    return identifiers.assertion(name(annotation), annotation.article.text_sha256, span.begin, span.end)


def ratings() -> tuple[Rating, ...]:
    """Ratings that agree on alpha, disagree on beta, and none of gamma."""

    def rating(outlet: str, rater: str, value: str, normalised: str, **more: object) -> Rating:
        return Rating(
            outlet,
            "invented",
            rater,
            value,
            "Invented five steps",
            "reliability",
            "2025-01-10",
            normalised=Decimal(normalised),
            family=rater.split(maxsplit=1)[0].lower(),
            licence="invented",
            **more,  # type: ignore[arg-type]
        )

    return (
        rating("alpha.example.org", "North desk", "4", "0.75"),
        rating("alpha.example.org", "South panel", "5", "1", url="https://south.example/alpha"),
        rating("beta.example.net", "North desk", "5", "1"),
        rating("beta.example.net", "South panel", "1", "0", scope="sports"),
        rating("beta.example.net", "East club", "2", "0.25"),
    )


def _triples() -> Iterator[str]:
    first, second, third = annotations()
    links = [
        (told(first, 0), told(second, 0), "contradicts", 0.97),
        (told(first, 1), told(second, 1), "contradicts", 0.9),
        (told(third, 0), told(first, 0), "derivedFrom", 0.99),
        (told(third, 1), told(first, 1), "derivedFrom", 0.99),
        (told(first, 1), told(first, 4), "supports", 0.6),
        (told(first, 2), told(first, 5), "contradicts", 0.5),
        (name(third), name(first), "derivedFrom", 0.99),
        (name(second), "outlet-alpha.example.org", "derivedFrom", 0.8),
        (name(second), name(third), "derivedFrom", 0.4),
    ]
    credit = at(COPY, "alpha.example.org")
    shown = {
        4: ("same claim", None),
        6: ("copy", credit),
        7: ("credit", at(EVENING, "alpha.example.org")),
        8: ("likely rewrite, of a later text", None),
    }
    graph = f"<{GKD}graph-links> .\n"
    for number, (source, target, relation, score) in enumerate(links):
        node = f"<{GKD}link-{number}>"
        yield f"{node} <{RDF}type> <{GK}Link> {graph}"
        yield f"{node} <{GK}from> <{GKD}{source}> {graph}"
        yield f"{node} <{GK}to> <{GKD}{target}> {graph}"
        yield f"{node} <{GK}relation> <{GK}{relation}> {graph}"
        yield f'{node} <{GK}score> "{score}"^^<{XSD}decimal> {graph}'
        yield f"<{GKD}{source}> <{GK}{relation}> <{GKD}{target}> {graph}"
        method, span = shown.get(number, ("", None))
        if method:
            yield f'{node} <{GK}method> "{method}" {graph}'
        if span:
            yield f'{node} <{GK}fromRange> "char={span.begin},{span.end}" {graph}'
    graph = f"<{GKD}graph-assessments> .\n"
    support = identifiers.claim(first.assertions[0].claim)
    lonely = identifiers.claim(first.assertions[5].claim)
    weighed = (
        ("claim", support, "claim-support"),
        ("lonely", lonely, "claim-support"),
        ("outlet", "outlet-alpha.example.org", "outlet-observed"),
    )
    for key, target, metric in weighed:
        node = f"<{GKD}assess-{key}>"
        yield f"{node} <{RDF}type> <{GK}Assessment> {graph}"
        yield f"{node} <{DQV}computedOn> <{GKD}{target}> {graph}"
        yield f"{node} <{DQV}isMeasurementOf> <{GKD}metric-{metric}> {graph}"
        yield f'{node} <{GK}method> "an invented method" {graph}'
        yield f"{node} <{PROV}used> <{GKD}{told(first, 0)}> {graph}"
        for what, value in (("score", "0.61"), ("low", "0.34"), ("high", "0.83"), ("level", "0.9")):
            yield f'{node} <{GK}{what}> "{value}"^^<{XSD}decimal> {graph}'
        yield f"{node} <{GK}contribution> <{GKD}part-{key}> {graph}"
        yield f'<{GKD}part-{key}> <{GK}value> "-1.25"^^<{XSD}decimal> {graph}'
        yield f"<{GKD}part-{key}> <{GK}outlet> <{GKD}outlet-beta.example.net> {graph}"
        yield f"<{GKD}part-{key}> <{GK}assertion> <{GKD}{told(second, 0)}> {graph}"
        yield f'<{GKD}part-{key}> <{GK}reason> "a denial" {graph}'
    known = identifiers.actor("person", MERA.name)
    yield f"<{GKD}{known}> <{SCHEMA}sameAs> <http://www.wikidata.org/entity/Q0000001> <{GKD}graph-reference> .\n"


def linked(source: str, target: str, relation: str, score: str, *, number: str) -> list[Quad]:
    """A scored link between two things."""
    node, graph = NamedNode(f"{GKD}link-{number}"), NamedNode(GKD + "graph-links")
    return [
        Quad(node, NamedNode(RDF + "type"), NamedNode(GK + "Link"), graph),
        Quad(node, NamedNode(GK + "from"), NamedNode(GKD + source), graph),
        Quad(node, NamedNode(GK + "to"), NamedNode(GKD + target), graph),
        Quad(node, NamedNode(GK + "relation"), NamedNode(GK + relation), graph),
        Quad(node, NamedNode(GK + "score"), Literal(score), graph),
        Quad(node, NamedNode(GK + "method"), Literal("same claim"), graph),
    ]


def all_the_same(score: str = "0.9") -> list[Quad]:
    """The graph with a link between every two of its claims."""
    found = quads()
    claims = sorted({quad.object.value.removeprefix(GKD) for quad in found if quad.predicate.value == GK + "claim"})
    for number, (one, other) in enumerate(combinations(claims, 2)):
        found += linked(one, other, "sameClaim", score, number=f"same-{number}")
    return found


def quads() -> list[Quad]:
    """The whole graph."""
    articles = [quad for annotation in annotations() for quad in annotation_to_quads(annotation)]
    weights = ratings_to_quads(ratings(), {"Invented five steps": Scale(Decimal(1), Decimal(5))})
    extra = pyoxigraph.parse("".join(_triples()), format=pyoxigraph.RdfFormat.N_QUADS)
    return [*articles, *weights, *extra]


def texts(some: Iterable[Annotation] | None = None) -> dict[str, str]:
    """Texts by identifier."""
    return {name(one): one.article.text for one in some or annotations()}


def circles() -> tuple[Circle, ...]:
    """What goes round between the two last texts, two outlets, and a circle of things that are not there."""
    two = (name(copy()), name(evening()))
    outlets = ("outlet-alpha.example.org", "outlet-beta.example.net")
    return (
        Circle(tuple(sorted(two)), (*two, two[0]), is_closed=True, assertions=(told(copy(), 1), told(evening(), 1))),
        Circle(outlets, (*outlets, outlets[0]), is_closed=True),
        Circle(("art-nothing",), ("art-nothing", "art-nothing"), is_closed=True),
    )


def remarks() -> tuple[Remark, ...]:
    """What people noted: on an outlet, on a claim, and on something that is not there."""
    claim = identifiers.claim(CLOSES)
    return (
        Remark("outlet-alpha.example.org", "Owned by the port since March.", "jo", "2025-06-01T10:00:00Z"),
        Remark(claim, "Asked the authority, no answer yet.", "al", "2025-06-02T10:00:00Z"),
        Remark("outlet-nothing", "Lost.", "al"),
    )
