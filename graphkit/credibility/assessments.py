"""Assessments as RDF: the N-Quads of ``graph-assessments``, sorted, the same for the same record."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING

from graphkit import __version__
from graphkit.credibility.assessing import Assessed, Support, assess_record
from graphkit.credibility.calibration.labels import Label
from graphkit.credibility.evidence import Evidence
from graphkit.credibility.explanation import Explanation, Term
from graphkit.credibility.inference.model import Settings
from graphkit.credibility.intervals import LEVEL
from graphkit.credibility.network import EstimatedRating, estimate_outlets
from graphkit.credibility.statements import Statement
from graphkit.rdf import identifiers, terms
from graphkit.rdf.namespaces import GRAPH_ASSESSMENTS, GRAPH_REFERENCE, GRAPH_RUNS, GRAPH_SHARED
from graphkit.rdf.terms import resource, term

if TYPE_CHECKING:
    from graphkit.store.record import Record

PROCESS = "graphkit.credibility"
CLAIM_METRIC, OUTLET_METRIC = "claim support", "outlet record"
METHOD = "Bayesian EM with priors, copy discount and design effect (after ACCU)"
ESTIMATING, ESTIMATE_METRIC = "graphkit.credibility.network", "estimated rating"
ESTIMATE_METHOD = "mean of the ratings of outlets that cite or carry it, drawn to the mean of all; an estimate, not a rating"
DIGITS = 9
"""Decimals of the terms: the sum of a claim's contributions is its log-odds to a millionth."""


def compute_assessments(
    record: "Record",
    *,
    settings: Settings | None = None,
    use_ratings: bool = True,
    labels: Sequence[Label] = (),
    estimates: bool = False,
) -> bytes:
    """Return the N-Quads of ``graph-assessments`` and of the descriptions it needs; b"" where there is nothing to say.

    A claim or outlet whose number is refused has no assessment.  With ``labels``, at least 100 of them of claims that are assessed,
    the guard chooses the method and the numbers are calibrated, else the choice that the record keeps stands; where it is voting they
    have no terms.  ``Record.put_graph("graph-assessments", …)`` takes the bytes.
    """
    assessed = assess_record(record, settings=settings, use_ratings=use_ratings)
    found = estimate_outlets(record) if estimates else ()
    return write_assessments(assessed.calibrated(labels) if labels else assessed, estimates=found)


def write_assessments(assessed: Assessed, *, estimates: Sequence[EstimatedRating] = ()) -> bytes:
    """Return the N-Quads of what was assessed and estimated, sorted."""
    lines = set(_estimate_lines(estimates))
    if assessed.evidence is not None:
        lines.update(_Writing(assessed, assessed.evidence).lines())
    return b"".join(sorted(line.encode() for line in lines))


def _estimate_lines(estimates: Sequence[EstimatedRating]) -> Iterator[str]:
    run = identifiers.run(ESTIMATING, __version__)
    for one in estimates:
        target = identifiers.outlet(one.outlet)
        node = identifiers.assessment(target, _metric(ESTIMATE_METRIC), run)
        support = Support(one.score, one.low, one.high, len(one.neighbours))
        about = [
            *_assessment_pairs(target, ESTIMATE_METRIC, support, ESTIMATE_METHOD, run),
            ("rdf:type", term("gk:EstimatedRating")),
            *(("prov:used", resource(identifiers.outlet(other))) for other in one.neighbours),
        ]
        yield from _lines(resource(node), about, GRAPH_ASSESSMENTS)
        yield from _describe_metric(ESTIMATE_METRIC)
        yield from _describe_run(run, ESTIMATING, "")
        for domain in (one.outlet, *one.neighbours):
            yield from _describe_outlet(domain)


class _Writing:
    """Writes the lines of one assessed record."""

    def __init__(self, assessed: Assessed, evidence: Evidence) -> None:
        self.assessed, self.evidence = assessed, evidence
        self.method = f"{METHOD}; {assessed.method}"
        self.options = options = (
            f"{assessed.settings.written()} ratings={'on' if assessed.use_ratings else 'off'}{assessed.scaled_by}"
        )
        self.run = identifiers.run(PROCESS, __version__, options)
        self._speakers: set[str] = set()

    def lines(self) -> Iterator[str]:
        supports = [(name, support) for name, support in self.assessed.supports.items() if support.refusal is None]
        outlets = [(domain, support) for domain, support in self.assessed.outlets.items() if support.refusal is None]
        for name, support in supports:
            yield from self._claim(name, support)
        for domain, support in outlets:
            yield from self._outlet(domain, support)
        for metric, found in ((CLAIM_METRIC, supports), (OUTLET_METRIC, outlets)):
            if found:
                yield from _describe_metric(metric)
        for domain in sorted({domain for domain, _ in outlets} | self._speakers):
            yield from _describe_outlet(domain)
        if supports or outlets:
            yield from _describe_run(self.run, PROCESS, self.options)

    def _claim(self, name: str, support: Support) -> Iterator[str]:
        explanation = self.assessed.explain(name)
        statements = self.evidence.statements
        node = identifiers.assessment(name, _metric(CLAIM_METRIC), self.run)
        used = [statements[one.row].assertion for one in explanation.terms]
        yield from self._assessment(node, name, CLAIM_METRIC, support)
        yield from _lines(resource(node), (("prov:used", resource(one)) for one in used), GRAPH_ASSESSMENTS)
        if self.assessed.is_sum:
            for one in explanation.terms:
                yield from self._contribution(node, one, statements[one.row])
            yield from self._rivals(node, explanation)

    def _contribution(self, node: str, one: Term, statement: Statement) -> Iterator[str]:
        part = "part-" + identifiers.key("part", node, statement.assertion)
        about = [
            ("rdf:type", term("gk:Contribution")),
            ("gk:value", terms.decimal(_rounded(one.value))),
            ("gk:assertion", resource(statement.assertion)),
            ("gk:reason", terms.text(reason(one, statement))),
        ]
        if statement.has_outlet:
            about.append(("gk:outlet", resource(identifiers.outlet(statement.speaker))))
            self._speakers.add(statement.speaker)
        yield from _lines(resource(node), [("gk:contribution", resource(part))], GRAPH_ASSESSMENTS)
        yield from _lines(resource(part), about, GRAPH_ASSESSMENTS)

    def _rivals(self, node: str, explanation: Explanation) -> Iterator[str]:
        part = "part-" + identifiers.key("part", node, "rivals")
        about = [
            ("rdf:type", term("gk:Contribution")),
            ("gk:value", terms.decimal(_rounded(explanation.implied + explanation.shift - explanation.rivals))),
            ("gk:reason", terms.text("other answers, and the chance that none of those given is right")),
        ]
        yield from _lines(resource(node), [("gk:contribution", resource(part))], GRAPH_ASSESSMENTS)
        yield from _lines(resource(part), about, GRAPH_ASSESSMENTS)

    def _outlet(self, domain: str, support: Support) -> Iterator[str]:
        name = identifiers.outlet(domain)
        node = identifiers.assessment(name, _metric(OUTLET_METRIC), self.run)
        yield from self._assessment(node, name, OUTLET_METRIC, support)
        used = (("prov:used", resource(one)) for one in self._said[domain])
        yield from _lines(resource(node), used, GRAPH_ASSESSMENTS)

    @cached_property
    def _said(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = defaultdict(list)
        for one in self.evidence.statements:
            found[one.speaker].append(one.assertion)
        return found

    def _assessment(self, node: str, target: str, metric: str, support: Support) -> Iterator[str]:
        about = _assessment_pairs(target, metric, support, self.method, self.run)
        if metric == CLAIM_METRIC:
            about.append(("gk:origins", terms.integer(support.origins)))
        yield from _lines(resource(node), about, GRAPH_ASSESSMENTS)


def _assessment_pairs(target: str, metric: str, support: Support, method: str, run: str) -> list[tuple[str, str]]:
    return [
        ("rdf:type", term("gk:Assessment")),
        ("dqv:computedOn", resource(target)),
        ("dqv:isMeasurementOf", resource(_metric(metric))),
        ("gk:score", terms.score(support.score)),
        ("gk:low", terms.score(support.low)),
        ("gk:high", terms.score(support.high)),
        ("gk:level", terms.score(LEVEL)),
        ("gk:method", terms.text(method)),
        ("prov:wasGeneratedBy", resource(run)),
    ]


def reason(one: Term, statement: Statement) -> str:
    """Return in plain words why a term has the size it has."""
    words = [f"{why} (counts {factor:.2f})" for factor, why in statement.discounts]
    if one.own < 0.995:
        others = f"{', '.join(one.repeats)}, which it often repeats," if one.repeats else "others that it may repeat"
        words.append(f"{others} say the same (counts {one.own:.2f})")
    if one.effect < 0.995:
        words.append(f"one of several that say so, and separate outlets err together (counts {one.effect:.2f})")
    if one.share < 1:
        words.append(f"says less than this claim (counts {one.share:.2f})")
    return "; ".join(words) or "said flatly, by an origin of its own"


def _rounded(value: float) -> Decimal:
    return Decimal(f"{value:.{DIGITS}f}")


def _metric(label: str) -> str:
    return "metric-" + identifiers.slug(label)


def _describe_metric(label: str) -> Iterator[str]:
    about = (("rdf:type", term("gk:Metric")), ("rdfs:label", terms.text(label, "en")))
    yield from _lines(resource(_metric(label)), about, GRAPH_REFERENCE)


def _describe_run(name: str, process: str, options: str) -> Iterator[str]:
    about = [("rdf:type", term("gk:Run")), ("rdfs:label", terms.text(process)), ("gk:softwareVersion", terms.text(__version__))]
    if options:
        about.append(("gk:options", terms.text(options)))
    yield from _lines(resource(name), about, GRAPH_RUNS)


def _describe_outlet(domain: str) -> Iterator[str]:
    name = identifiers.outlet(domain)
    about = (("rdf:type", term("gk:Outlet")), ("gk:domain", terms.text(name.removeprefix("outlet-"))))
    yield from _lines(resource(name), about, GRAPH_SHARED)


def _lines(subject: str, pairs: Iterable[tuple[str, str]], graph: str) -> list[str]:
    end = f" {resource(graph)} .\n"
    return [f"{subject} {term(predicate)} {value}{end}" for predicate, value in pairs]
