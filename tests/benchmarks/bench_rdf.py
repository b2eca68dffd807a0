"""What the RDF side costs: mapping, reading back, files, checks, and every packaged question, in CPU time.

    python tests/benchmarks/bench_rdf.py [ARTICLES] [--rdflib] [--ratings FILE]

Articles are invented, of the seed's shape (about 390 quads each); 2,600 of them are about a million quads.  Each question is timed on
raw pyoxigraph and as ``graphkit query`` answers it (its child process sends the rows, the command reads them), and the ratio of the two
is printed.  ``--rdflib`` runs load and questions on rdflib's own store and on oxrdflib too, which takes minutes beyond a few hundred
articles.  ``--ratings`` times ``graphkit ratings import mbfc FILE``, child process and all.
"""

import gc
import json
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from decimal import Decimal
from importlib.util import find_spec
from itertools import pairwise
from pathlib import Path
from typing import Any

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
from graphkit.rdf.ontology.questions import Question, questions

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
            loaded=(Span(begin + 30, begin + 36),) if index % 4 == 0 else (),
            confidence=round(chance.random(), 4),
            checkworthiness=round(chance.random(), 4),
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
        tuple(
            Citation(
                Span(2000 + index * 40, 2020 + index * 40), kinds[index], outlet(), is_guess=index == 0 and number % 5 == 0
            )  # type: ignore[arg-type]
            for index in range(3)
        ),
        RUN,
        (Note("officeDate", (Span(0, 8),), f"Was actor {number} in office?", "He was not.", "invented"),)
        if number % 5 == 0
        else (),
    )


def ratings(articles: int) -> bytes:
    """Return ratings by three raters of every second outlet."""
    from graphkit.rdf.ratings import Scale, ratings_to_nquads

    return ratings_to_nquads(
        [
            Rating(
                f"news{number}.example",
                f"set {rater}",
                f"rater {rater}",
                str(number % 6),
                f"scale {rater}",
                "reliability",
                "2025-01-01",
                normalised=Decimal(number % 6) / 5,
                licence="CC0-1.0",
                family=f"family {rater}",
            )
            for number in range(0, max(20, articles // 20), 2)
            for rater in range(3)
        ],
        {f"scale {rater}": Scale(Decimal(0), Decimal(5)) for rater in range(3)},
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


def rdflib_datasets(data: bytes) -> dict[str, Any]:
    """Return the same quads in rdflib's own store and, where it is installed, in rdflib over Oxigraph."""
    import rdflib

    own = rdflib.Dataset(default_union=True)
    show("load into rdflib", measured(lambda: own.parse(data=data, format="nquads"))[0])
    found = {"rdflib": own}
    if find_spec("oxrdflib"):
        over = rdflib.Dataset(store="Oxigraph", default_union=True)
        show("load into oxrdflib", measured(lambda: over.parse(data=data, format="ox-nq"))[0])
        found["oxrdflib"] = over
    return found


def bench_question(store: Any, one: Question, others: dict[str, Any]) -> None:
    """Print what one question costs, the best of five in turns: raw, the child's part, the reading of the rows; one try on rdflib."""
    from graphkit.rdf.namespaces import PREFIXES
    from graphkit.store.query.child import answer
    from graphkit.store.query.terms import read_rows

    request = {"query": one.sparql, "prefixes": PREFIXES, "is_union": True, "limit": None}

    def sent() -> tuple[list[bytes], int]:
        parts: list[bytes] = []
        width = 0

        def send(message: dict[str, Any], body: bytes = b"") -> None:
            nonlocal width
            json.dumps(message)
            width = len(message.get("variables", ())) or width
            parts.append(body)

        answer(store, request, send)
        return parts, width

    best = dict.fromkeys(("raw", "child", "read"), 1e9)
    rows = 0
    for _ in range(5):
        raw, found = measured(lambda: [tuple(row) for row in store.query(one.sparql, use_default_graph_as_union=True)])
        child, (parts, width) = measured(sent)  # type: ignore[misc]
        read, _rows = measured(lambda parts=parts, width=width: [row for part in parts for row in read_rows(part, width)])
        best = {key: min(best[key], value) for key, value in (("raw", raw), ("child", child), ("read", read))}
        rows = len(found)  # type: ignore[arg-type]
    line = f"{one.name + ' ' + one.slug:<34}{rows:>8,}" + "".join(f"{value * 1000:>8,.1f} ms" for value in best.values())
    line += f"{best['child'] / best['raw']:>7.2f}{(best['child'] + best['read']) / best['raw']:>7.2f}"
    for dataset in others.values():
        seconds, _ = measured(lambda dataset=dataset: list(dataset.query(one.sparql)))
        line += f"{seconds * 1000:>8,.0f} ms{seconds / best['child']:>8.1f}"
    print(line, flush=True)


def bench_ratings(file: str) -> None:
    """Print the CPU time of importing a rating set from the command line, start-up included."""
    with tempfile.TemporaryDirectory() as folder:
        for _ in range(3):
            before = resource.getrusage(resource.RUSAGE_CHILDREN)
            path = str(Path(folder) / f"{time.monotonic_ns()}.db")
            subprocess.run([sys.executable, "-m", "graphkit", "-q", "-g", path, "ratings", "import", "mbfc", file], check=True)
            after = resource.getrusage(resource.RUSAGE_CHILDREN)
            show("graphkit ratings import mbfc", after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)


def bench_graph(articles: int, *, with_rdflib: bool) -> None:
    import pyoxigraph

    from graphkit.rdf.formats import serialize, to_canonical_nquads
    from graphkit.rdf.ontology.rules import check
    from graphkit.rdf.quads import to_nquads

    annotations = [invented(number, articles) for number in range(articles)]
    seconds, blobs = measured(lambda: [to_nquads(one) for one in annotations])
    show(f"{articles:,} articles to N-Quads", seconds, f"{seconds / articles * 1000:.2f} ms an article")
    data = b"".join(blobs) + ratings(articles) + "".join(links(annotations)).encode()  # type: ignore[arg-type]
    store = pyoxigraph.Store()
    seconds, _ = measured(lambda: store.load(data, format=pyoxigraph.RdfFormat.N_QUADS))
    show("load into memory", seconds, f"{len(store):,} quads, {data.count(10):,} lines, {len(data) >> 20} MiB")
    others = rdflib_datasets(data) if with_rdflib else {}
    # the process that answers a query holds no annotations, which the garbage collector would walk through again and again
    gc.collect()
    gc.freeze()
    print(
        f"{'question':<34}{'rows':>8}{'raw':>11}{'child':>11}{'read':>11}{'ratio':>7}{'both':>7}"
        + "".join(f"{name:>11}{'ratio':>8}" for name in others)
    )
    for one in questions():
        bench_question(store, one, others)
    seconds, found = measured(lambda: check(store))
    show("every rule on the whole store", seconds, f"{len(found)} violations")  # type: ignore[arg-type]
    quads = list(store)
    show("write .nq, sorted", measured(lambda: to_canonical_nquads(quads))[0])
    for ending in (".trig", ".ttl", ".jsonld"):
        show(f"write {ending}, sorted", measured(lambda ending=ending: serialize(quads, ending))[0])


if __name__ == "__main__":
    numbers = [int(argument) for argument in sys.argv[1:] if argument.isdecimal()]
    if "--ratings" in sys.argv:
        bench_ratings(sys.argv[sys.argv.index("--ratings") + 1])
    bench_one_article()
    bench_graph(numbers[0] if numbers else 250, with_rdflib="--rdflib" in sys.argv)
