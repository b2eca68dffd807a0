"""Why a claim has the support it has, and what it would be without an outlet: ``graphkit show CLAIM --why --without OUTLET``."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from graphkit.credibility.assessing import Assessed, Support, assess_record
from graphkit.credibility.assessments import reason
from graphkit.credibility.statements import Statements, parse_links
from graphkit.errors import NotFound
from graphkit.rdf.namespaces import GRAPH_LINKS

if TYPE_CHECKING:
    from graphkit.credibility.evidence import Evidence
    from graphkit.credibility.explanation import Term
    from graphkit.store.record import Record

OPINION = "an opinion: there is nothing to support"
RANGE = "range"
"""What the ends of a claim's support are called: no coverage of claims' ends is measured, so they are no confidence interval."""


@dataclass(frozen=True, slots=True)
class Reason:
    """One term of the sum: what an outlet's words add, why so much, and where they stand (code points, end-exclusive)."""

    value: float
    outlet: str
    why: str
    from_prior: float
    from_record: float
    without: float
    quote: str
    begin: int
    end: int
    article: str
    article_id: str


@dataclass(frozen=True, slots=True)
class Without:
    """What the support would be if ``outlets`` had published nothing, links and all computed again.

    ``support`` is None where nobody else says it.
    """

    outlets: tuple[str, ...]
    support: Support | None


@dataclass(frozen=True, slots=True)
class Why:
    """The support of a claim and the exact sum behind it: ``log_odds`` = the reasons + ``others``.

    ``others`` is what the other answers, and the chance that none is right, take away; ``answers`` are those answers with their
    support.  ``is_compared`` says whether articles have been compared at all.  ``reasons`` are empty where votes are counted.
    """

    claim_id: str
    claim: str
    support: Support | None
    method: str
    reasons: tuple[Reason, ...] = ()
    others: float = 0.0
    log_odds: float = 0.0
    answers: tuple[tuple[str, float], ...] = ()
    is_compared: bool = True
    without: tuple[Without, ...] = ()

    def lines(self) -> list[str]:
        """Return it in words, a line each; sizes are log-odds: 0.7 doubles the odds, -0.7 halves them."""
        if self.support is None:
            return [f"support: {OPINION}"]
        found = [f"support: {say_support(self.support)}", f"  method: {self.method}"]
        if not self.is_compared:
            found.append("  articles have not been compared yet: 'graphkit update' looks for the same claim in others")
        for one in self.reasons:
            split = f"{one.from_prior:+.2f} from where the outlet starts, {one.from_record:+.2f} from its record here"
            found.append(f"  {one.value:+.2f}  {one.outlet}: {one.why} ({split}; without it about {one.without:.2f})")
            found.append(f"         “{one.quote}” · chars {one.begin}–{one.end} of “{one.article}”")
        if self.reasons:
            against = f"{len(self.answers)} other answers, and " if self.answers else ""
            found.append(f"  {self.others:+.2f}  {against}the chance that none of the answers given is right")
            found.append(f"  = {self.log_odds:+.2f} log-odds; +0.7 doubles the odds, -0.7 halves them")
        found += [f"  another answer, support {probability:.2f}: {text}" for text, probability in self.answers]
        found += [f"without {' and '.join(one.outlets)}: {_say_without(one.support)}" for one in self.without]
        return found


def say_support(support: Support) -> str:
    """Return a support in words: the refusal, or the number with its range and the origins behind it."""
    if support.refusal is not None:
        return f"{support.refusal}; no number is given"
    origins = "1 origin" if support.origins == 1 else f"{support.origins} separate origins"
    return f"{support.score:.2f} ({RANGE} {support.low:.2f} to {support.high:.2f}), {origins}"


def _say_without(support: Support | None) -> str:
    return "nobody else says it" if support is None else say_support(support)


def why(record: "Record", claim: str, *, without: Sequence[str] = (), as_of: str | None = None) -> Why:
    """Explain the support of a claim.

    Args:
        record: The record.
        claim: The claim's local name ("claim-…").
        without: Domains of outlets to leave out, together, for comparison.
        as_of: The day (ISO 8601) at which ratings are read; the newest where it is None.

    Raises:
        NotFound: ``without`` names an outlet of which no article is in the record.
    """
    assessed = assess_record(record, as_of=as_of)
    evidence = assessed.evidence
    if evidence is None or claim not in evidence.number:
        return Why(claim, "", None, assessed.method)
    explanation = assessed.explain(claim)
    texts = {name: text for name, _, text in record.texts()} if assessed.is_sum else {}
    titles = {row.name: row.headline for row in record.articles()}
    reasons = tuple(_reason(term, evidence, texts, titles) for term in explanation.terms) if assessed.is_sum else ()
    return Why(
        claim,
        evidence.wording_of(claim),
        assessed.supports[claim],
        assessed.method,
        reasons,
        explanation.implied + explanation.shift - explanation.rivals,
        explanation.log_odds,
        tuple((evidence.wording_of(value), probability) for value, probability in explanation.rival_values),
        record.graph_nquads(GRAPH_LINKS) is not None,
        _left_out(record, assessed, claim, without),
    )


def _reason(term: "Term", evidence: "Evidence", texts: dict[str, str], titles: dict[str, str]) -> Reason:
    statement = evidence.statements[term.row]
    return Reason(
        term.value,
        statement.speaker if statement.has_outlet else "outlet not known",
        reason(term, statement),
        term.from_prior,
        term.from_record,
        term.without,
        texts[statement.article][statement.begin : statement.end],
        statement.begin,
        statement.end,
        titles[statement.article],
        statement.article,
    )


def _left_out(record: "Record", assessed: Assessed, claim: str, outlets: Sequence[str]) -> tuple[Without, ...]:
    if not outlets:
        return ()
    known = {one.speaker for one in assessed.statements.statements if one.has_outlet}
    for domain in outlets:
        if domain not in known:
            raise NotFound(f"no article of {domain} asserts anything here", hint="'graphkit list outlets' shows who publishes")
    left = without_outlets(record, assessed, frozenset(outlets))
    return (Without(tuple(sorted(set(outlets))), left.supports.get(claim)),)


def without_outlets(record: "Record", assessed: Assessed, outlets: Iterable[str]) -> Assessed:
    """Return what would be assessed if some outlets (domains) had published nothing: as if their articles were removed, links made anew."""
    from graphkit.matching.links import compute_links

    gone = frozenset(outlets)
    left = assessed.statements.without(gone)
    if record.graph_nquads(GRAPH_LINKS) is not None:
        left = Statements(left.statements, parse_links(compute_links(record, without=gone)), left.ratings, left.versions)
    return assessed.instead(left)
