"""What the RDF side costs: mapping, reading back, files, checks, and every packaged question, in CPU time.

    python tests/benchmarks/bench_rdf.py [ARTICLES] [--rdflib]

Articles are invented, of the seed's shape (about 390 quads each); 2,500 of them are about a million quads.  ``--rdflib`` runs
load and questions on rdflib's own store too, which takes minutes beyond a few hundred articles.
"""

import random
import sys
import time
from collections.abc import Callable, Iterator
from decimal import Decimal
from itertools import pairwise
from pathlib import Path

from graphkit.model import (
    Actor,
    Annotation,
    Article,
    Assertion,
    Attribution,
    Citation,
    ExtractorId,
    Mention,
    Outlet,
    Quantity,
    Span,
)

WORDS = [
    "troops",
    "border",
    "minister",
    "sanctions",
    "agreement",
    "missile",
    "energy",
    "exports",
    "police",
    "budget",
    "election",
    "court",
    "report",
    "drone",
    "factory",
    "railway",
    "water",
    "grain",
    "forum",
    "treaty",
    "convoy",
    "port",
    "vote",
    "bank",
    "summit",
    "talks",
    "ceasefire",
    "aid",
    "deal",
    "strike",
]
KINDS = ("country", "person", "organisation", "group")
TYPES = ("factual", "interpretive", "evaluative", "predictive")
RUN = ExtractorId("benchmark", "1")


def power_law(chance: random.Random, size: int) -> int:
    """Draw from 0..size-1 with a long tail: a few outlets and actors are everywhere."""
    return min(size - 1, int(size ** chance.random()) - 1)


def invented(number: int, articles: int) -> Annotation:
    """Return article ``number``, the same whatever else is made; one in twelve has the text of an earlier one."""
    chance = random.Random(number)
    body = random.Random(chance.randrange(number) if number > 9 and chance.random() < 0.08 else number)
    text = " ".join(body.choice(WORDS) for _ in range(340))
    outlets, actors, claims = max(20, articles // 20), max(60, articles // 4), max(40, articles * 6)

    def actor() -> Actor:
        who = power_law(chance, actors)
        if who % 13 == 0:
            return Actor("anonymous", f"source {who}", anonymous_type="officials")
        return Actor(KINDS[who % 4], f"Actor {who}", f"Q{who + 1}")  # type: ignore[arg-type]

    def outlet() -> Outlet:
        return Outlet(f"news{power_law(chance, outlets)}.example")

    def assertion(index: int) -> Assertion:
        begin, which = index * 150, power_law(chance, claims)
        span = Span(begin, begin + 110)
        source = Attribution(actor(), "indirect", 1, Span(begin + 115, begin + 120), Span(begin + 121, begin + 125))
        return Assertion(
            span,
            f"Claim {which}: {WORDS[which % 30]} affects {WORDS[which * 7 % 30]}",
            voice="attributed" if index < 5 else "author",
            certainty="possible" if index % 3 == 0 else "certain",
            claim_type=TYPES[which % 4],  # type: ignore[arg-type]
            about=tuple(dict.fromkeys((actor(), actor()))),
            attributions=(source,) if index < 5 else (),
            hedges=(Span(begin + 5, begin + 10),) if index % 3 == 0 else (),
            quantities=(Quantity(Span(begin + 20, begin + 25), Decimal(which), "exactly", "people"),) if index < 2 else (),
            confidence=round(chance.random(), 4),
        )

    kinds = ("sourceList", "link", "mention")
    return Annotation(
        Article(
            text,
            text[:60],
            url=f"https://news.example/{number}",
            outlet=outlet().domain,
            published=f"2025-{1 + number % 12:02}-{1 + number % 28:02}",
        ),
        tuple(assertion(index) for index in range(12)),
        tuple(Mention(Span(index * 90, index * 90 + 8), actor()) for index in range(22)),
        tuple(Citation(Span(2000 + index * 40, 2020 + index * 40), kinds[index], outlet()) for index in range(3)),  # type: ignore[arg-type]
        RUN,
    )


def links(annotations: list[Annotation]) -> Iterator[str]:
    """Yield lines of contradictions between every fifth article and the one before."""
    from graphkit.rdf import identifiers, terms
    from graphkit.rdf.quads import run_name

    names = []
    for one in annotations:
        article, span = one.article, one.assertions[0].span
        name = identifiers.article(article.url, article.text_sha256)
        names.append(identifiers.assertion(name, article.text_sha256, span.begin, span.end))
    for earlier, later in list(pairwise(names))[::5]:
        link = terms.resource(identifiers.link(earlier, later, "contradicts"))
        for prefixed, value in (
            ("rdf:type", terms.term("gk:Link")),
            ("gk:from", terms.resource(earlier)),
            ("gk:to", terms.resource(later)),
            ("gk:relation", terms.term("gk:contradicts")),
            ("gk:score", terms.score(0.9)),
        ):
            yield f"{link} {terms.term(prefixed)} {value} {terms.resource('graph-links')} .\n"
        run = terms.resource(run_name(RUN))
        yield f"{link} {terms.term('prov:wasGeneratedBy')} {run} {terms.resource('graph-links')} .\n"
        ends = f"{terms.resource(earlier)} {terms.term('gk:contradicts')} {terms.resource(later)}"
        yield f"{ends} {terms.resource('graph-links')} .\n"


def measured(work: Callable[[], object]) -> tuple[float, object]:
    """Return the CPU seconds that ``work`` took, and what it returned."""
    started = time.process_time()
    result = work()
    return time.process_time() - started, result


def show(what: str, seconds: float, note: str = "") -> None:
    print(f"{what:<46} {seconds * 1000:>12,.2f} ms   {note}")


def bench_one_article() -> None:
    import pyoxigraph

    from graphkit.rdf.formats import FORMATS, parse, serialize
    from graphkit.rdf.quads import annotation_to_quads, to_nquads
    from graphkit.rdf.reading import annotation_from_quads
    from graphkit.rdf.shapes import check_quads, validate

    sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "rdf"))
    from seed_annotation import SEED

    nquads = to_nquads(SEED, with_text=True)
    rounds = 200
    show(
        "seed: annotation to N-Quads",
        measured(lambda: [to_nquads(SEED) for _ in range(rounds)])[0] / rounds,
        f"{nquads.count(10)} quads",
    )
    quads = annotation_to_quads(SEED, with_text=True)
    show(
        "seed: N-Quads written by pyoxigraph, unsorted",
        measured(lambda: [pyoxigraph.serialize(quads, format=FORMATS[".nq"].oxigraph) for _ in range(rounds)])[0] / rounds,
    )
    show("seed: quads to annotation", measured(lambda: [annotation_from_quads(quads, {}) for _ in range(20)])[0] / 20)
    for ending in FORMATS:
        seconds, data = measured(lambda ending=ending: serialize(quads, ending))
        back, _ = measured(lambda ending=ending, data=data: parse(data, FORMATS[ending]))
        show(f"seed: write {ending}", seconds, f"{len(data):,} bytes, read back in {back * 1000:.2f} ms")
    check_quads(quads)
    show("seed: every rule as SPARQL", measured(lambda: check_quads(quads))[0])
    show("seed: SHACL (pySHACL), second run", measured(lambda: (validate(quads), validate(quads)))[0] / 2)


def bench_graph(articles: int, *, with_rdflib: bool) -> None:
    import pyoxigraph

    from graphkit.rdf.formats import serialize, to_canonical_nquads
    from graphkit.rdf.ontology.questions import questions
    from graphkit.rdf.ontology.rules import check
    from graphkit.rdf.quads import to_nquads

    annotations = [invented(number, articles) for number in range(articles)]
    seconds, blobs = measured(lambda: [to_nquads(one) for one in annotations])
    show(f"{articles:,} articles to N-Quads", seconds, f"{seconds / articles * 1000:.2f} ms an article")
    data = b"".join(blobs) + "".join(links(annotations)).encode()  # type: ignore[arg-type]
    store = pyoxigraph.Store()
    seconds, _ = measured(lambda: store.load(data, format=pyoxigraph.RdfFormat.N_QUADS))
    show("load into memory", seconds, f"{len(store):,} quads, {data.count(10):,} lines, {len(data) >> 20} MiB")
    dataset = None
    if with_rdflib:
        import rdflib

        dataset = rdflib.Dataset(default_union=True)
        show("load into rdflib", measured(lambda: dataset.parse(data=data, format="nquads"))[0])
    for one in questions():
        run = lambda one=one: list(store.query(one.sparql, use_default_graph_as_union=True))  # noqa: E731
        seconds, rows = measured(run)
        other = ""
        if dataset is not None:
            other = f", rdflib {measured(lambda one=one: list(dataset.query(one.sparql)))[0] * 1000:,.0f} ms"
        show(f"{one.name} {one.slug}", seconds, f"{len(rows):,} rows{other}")  # type: ignore[arg-type]
    seconds, found = measured(lambda: check(store))
    show("every rule on the whole store", seconds, f"{len(found)} violations")  # type: ignore[arg-type]
    quads = list(store)
    show("write .nq, sorted", measured(lambda: to_canonical_nquads(quads))[0])
    for ending in (".trig", ".ttl", ".jsonld"):
        show(f"write {ending}, sorted", measured(lambda ending=ending: serialize(quads, ending))[0])


if __name__ == "__main__":
    numbers = [int(argument) for argument in sys.argv[1:] if argument.isdecimal()]
    bench_one_article()
    bench_graph(numbers[0] if numbers else 250, with_rdflib="--rdflib" in sys.argv)
