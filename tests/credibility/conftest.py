"""What the tests of credibility share: invented worlds with known answers, and a small record."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from graphkit.model import Annotation, Article, Assertion, ExtractorId, Rating, Span
from graphkit.rdf import identifiers
from graphkit.rdf.mapping import run_name
from graphkit.rdf.quads import to_nquads
from graphkit.store.record import Record
from graphkit.store.record.rows import Entry, RunInfo

Row = tuple[str, str, str]


class World:
    """Outlets of known reliability that answer questions; some copy a leader that is often wrong."""

    def __init__(self, seed: int, *, n_outlets: int = 120, n_objects: int = 400, copiers: int = 24) -> None:
        random = np.random.default_rng(seed)
        self.reliability = np.clip(random.beta(6, 2.2, n_outlets), 0.05, 0.97)
        self.leader = n_outlets - 1
        self.reliability[self.leader] = 0.35
        self.copiers = {f"outlet{k:03d}.example" for k in range(copiers)}
        said: dict[tuple[int, int], int] = {}
        for outlet in range(n_outlets):
            share = 0.5 if outlet == self.leader else 0.08
            for obj in np.flatnonzero(random.random(n_objects) < share).tolist():
                right = random.random() < self.reliability[outlet]
                said[outlet, obj] = 0 if right else int(random.integers(1, 6))
        led = [obj for outlet, obj in said if outlet == self.leader]
        for outlet in range(copiers):
            for obj in random.choice(led, 20, replace=False).tolist():
                said[outlet, obj] = said[self.leader, obj]
        self.rows: list[Row] = [(f"outlet{s:03d}.example", f"question{o:03d}", f"answer{v}") for (s, o), v in said.items()]
        self.answers = {f"question{o:03d}": "answer0" for o in range(n_objects)}


@pytest.fixture(scope="session")
def world() -> World:
    return World(3)


CLAIM = "Two bridges were closed."
OTHER = "No bridge was closed."


def annotate(outlet: str, claim: str, **labels: object) -> Annotation:
    """One article of one sentence; its text names the outlet, so that no two are one text."""
    text = f"{claim} {outlet} has it."
    article = Article(text, f"Bridges, by {outlet}", url=f"https://{outlet}/bridges", outlet=outlet, published="2026-03-01")
    return Annotation(article, (Assertion(Span(0, len(claim)), claim, **labels),), (), (), ExtractorId("hand", "1"))  # type: ignore[arg-type]


def put(record: Record, one: Annotation) -> str:
    """Store an annotation; return the local name of its assertion."""
    article = one.article
    name = identifiers.article(article.url, article.text_sha256)
    run = RunInfo(run_name(one.extractor), "add", "1", "2026-03-02T00:00:00Z")
    record.put(Entry(article, name, identifiers.article_graph(name), to_nquads(one), run))
    span = one.assertions[0].span
    return identifiers.assertion(name, article.text_sha256, span.begin, span.end)


@pytest.fixture
def record(tmp_path: Path) -> Iterator[Record]:
    with Record.open(tmp_path / "graph.db") as opened:
        yield opened


def rating(outlet: str, family: str, normalised: str) -> Rating:
    """An invented rating."""
    from decimal import Decimal

    value = Decimal(normalised)
    return Rating(
        outlet, f"set of {family}", family, normalised, f"scale of {family}", "reliability", "2026-01-01",
        normalised=value, version="2026-01-01", family=family,
    )  # fmt: skip


def rate(record: Record, *ratings: Rating) -> None:
    """Keep ratings in the record, each set whole."""
    for name in sorted({one.rating_set for one in ratings}):
        record.ratings.replace(name, "2026-01-01", [one for one in ratings if one.rating_set == name])


def citing(outlet: str, cited: str) -> Annotation:
    """One article that says something and cites another outlet."""
    from dataclasses import replace

    from graphkit.model import Citation, Outlet

    one = annotate(outlet, f"{CLAIM} It is in {cited}.")
    return replace(one, citations=(Citation(Span(0, 3), "mention", Outlet(cited)),))


def answering(outlet: str, claims: list[str]) -> Annotation:
    """One article of an outlet that asserts all of the claims, one a line."""
    text, spans = "", []
    for claim in claims:
        spans.append(Span(len(text), len(text) + len(claim)))
        text += f"{claim}\n"
    text += f"{outlet} has it."
    article = Article(text, f"Answers, by {outlet}", url=f"https://{outlet}/answers", outlet=outlet, published="2026-03-01")
    said = tuple(Assertion(span, claim) for span, claim in zip(spans, claims, strict=True))
    return Annotation(article, said, (), (), ExtractorId("hand", "1"))


def put_links(record: Record, *links: tuple[str, str, str, float]) -> None:
    """Store links (source, target, relation, score) as matching would."""
    from graphkit.rdf import terms
    from graphkit.rdf.terms import resource, term

    run = identifiers.run("matching", "1")
    lines = {
        f"{resource(run)} {term('rdf:type')} {term('gk:Run')} {resource('graph-runs')} .\n",
        f"{resource(run)} {term('rdfs:label')} {terms.text('matching')} {resource('graph-runs')} .\n",
        f"{resource(run)} {term('gk:softwareVersion')} {terms.text('1')} {resource('graph-runs')} .\n",
    }
    for source, target, relation, score in links:
        node = resource(identifiers.link(source, target, relation))
        pairs = (
            (node, "rdf:type", term("gk:Link")), (node, "gk:from", resource(source)), (node, "gk:to", resource(target)),
            (node, "gk:relation", term("gk:" + relation)), (node, "gk:score", terms.score(score)),
            (node, "prov:wasGeneratedBy", resource(run)), (resource(source), "gk:" + relation, resource(target)),
        )  # fmt: skip
        lines |= {f"{s} {term(p)} {o} {resource('graph-links')} .\n" for s, p, o in pairs}
    record.put_graph("graph-links", "".join(sorted(lines)).encode())


QUESTIONS = 60


def put_questions(record: Record, *, n_outlets: int = 7) -> dict[str, bool]:
    """Store outlets that answer sixty questions, most of them rightly, one never; return which claims (local names) hold."""
    random = np.random.default_rng(11)
    right, wrong = ([f"Bridge number {k} is {word}." for k in range(QUESTIONS)] for word in ("open", "shut"))
    for number in range(n_outlets):
        chance = 0.0 if number == 0 else 0.8
        said = [right[k] if random.random() < chance else wrong[k] for k in range(QUESTIONS)]
        put(record, answering(f"outlet{number}.example", said))
    pairs = [(identifiers.claim(one), identifiers.claim(other)) for one, other in zip(right, wrong, strict=True)]
    put_links(record, *((one, other, "contradicts", 0.9) for one, other in pairs))
    return {one: True for one, _ in pairs} | {other: False for _, other in pairs}
