"""Why a claim has the support it has: an exact sum of log-odds, one term an outlet, and what it would be without each.

``log-odds = sum of the terms - log of the rivals``, to the last digits of a double: nothing is rounded before it is added.
"""

import math
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from graphkit.credibility.inference.copying import Copying
from graphkit.credibility.inference.corpus import Corpus, corpus_from_rows
from graphkit.credibility.inference.model import WIDER_SHARE, Result
from graphkit.credibility.inference.nesting import with_nesting
from graphkit.credibility.intervals import Margins, margins_of

MOST_LINES = 5


@dataclass(frozen=True, slots=True)
class Pooled:
    """What votes add to the log-odds of a claim: ``factor`` times the log-odds of ``votes`` against ``others``, half a vote on each."""

    factor: float
    votes: int
    others: int

    @classmethod
    def of_claim(cls, corpus: Corpus, claim: int, factor: float) -> "Pooled":
        """Return the votes on a claim, by its number."""
        votes, inside = int(corpus.supporters[claim]), corpus.claims_of(int(corpus.object_of_claim[claim]))
        return cls(factor, votes, int(corpus.supporters[inside].sum()) - votes)

    def odds(self) -> float:
        """Return all that they add."""
        return self.factor * math.log(2 * self.votes + 1) - self.against()

    def voice(self) -> float:
        """Return what each voice for the claim adds."""
        return self.factor * math.log(2 * self.votes + 1) / max(self.votes, 1)

    def against(self) -> float:
        """Return what the voices against it take away."""
        return self.factor * math.log(2 * self.others + 1)

    def fewer(self) -> "Pooled":
        """Return the votes with one for the claim less."""
        return replace(self, votes=self.votes - 1)


@dataclass(frozen=True, slots=True)
class Term:
    """What one outlet's assertion adds to the log-odds of a claim.

    ``value`` = ``weight`` * ``effect`` * ``share`` * (say of the outlet + rarity of the value).  ``weight`` in [0, 1] is
    ``known`` (derivation, hedging, extraction confidence) times ``own`` (what is left after copying told by statistics);
    ``effect`` the design effect; ``share`` 1, or less for an assertion of something wider.  ``from_prior`` is what the outlet's
    prior alone would add, ``from_record`` the rest: they add up to ``value``.  Where labels have calibrated the sum
    (``Explanation.scaled``), all three are times a slope, and the outlet's voice, which counts alike for all, is part of the first
    two.  ``without`` is the claim's probability without this assertion, accuracies held fixed.  ``row`` is its place in what was given.
    ``repeats`` are the outlets that say the same and that this one is told to copy, likely enough to be named.
    """

    outlet: str
    value: float
    known: float
    own: float
    effect: float
    share: float
    accuracy: float
    from_prior: float
    from_record: float
    without: float
    row: int
    repeats: tuple[str, ...] = ()

    @property
    def weight(self) -> float:
        """What the assertion counts, in [0, 1]."""
        return self.known * self.own


@dataclass(frozen=True, slots=True)
class Explanation:
    """The terms of a claim, largest first, and what competes with it.

    ``rivals`` is the log of the weight of the object's other claims and of "none of these", ``none`` the probability of the
    latter; ``probability`` that the claim is the answer; ``truth``, which is shown, that it holds, narrower claims that imply it
    included; ``implied`` what those add to the log-odds, ``shift`` what calibration by labels adds.
    """

    object: str
    value: str
    probability: float
    truth: float
    terms: tuple[Term, ...]
    rivals: float
    implied: float
    rival_values: tuple[tuple[str, float], ...]
    none: float
    shift: float = 0.0

    @property
    def log_odds(self) -> float:
        """The log-odds of ``truth``: the exact sum of the terms, less ``rivals``, plus ``implied`` and ``shift``."""
        return math.fsum((*(term.value for term in self.terms), -self.rivals, self.implied, self.shift))

    def scaled(self, slope: float, shift: float, pooled: "Pooled") -> "Explanation":
        """Return the sum as labels have calibrated it: all of it times ``slope``, a share of the votes and ``shift`` added.

        The votes for the claim are shared among those who gave them, the votes against it join the rivals.
        """
        voice = pooled.voice()
        terms = tuple(
            replace(
                term,
                value=term.value * slope + (voice if term.share == 1 else 0.0),
                from_prior=term.from_prior * slope + (voice if term.share == 1 else 0.0),
                from_record=term.from_record * slope,
                without=_scaled(term.without, slope, shift + (pooled.fewer() if term.share == 1 else pooled).odds()),
            )
            for term in self.terms
        )
        return replace(
            self,
            truth=_scaled(self.truth, slope, shift + pooled.odds()),
            terms=_largest_first(terms),
            rivals=self.rivals * slope + pooled.against(),
            implied=self.implied * slope,
            shift=shift,
        )

    def lines(self) -> tuple[str, ...]:
        """Return at most five lines of plain words: the largest terms, the rest as one, and the sum."""
        shown = self.terms if len(self.terms) <= MOST_LINES - 2 else self.terms[: MOST_LINES - 3]
        rest = self.terms[len(shown) :]
        lines = [_words(term) for term in shown]
        if rest:
            lines.append(f"{math.fsum(term.value for term in rest):+.2f}  {len(rest)} more outlets")
        others = f"{len(self.rival_values)} other answers and " if self.rival_values else ""
        implied = "; answers that imply it belong to it" if self.implied else ""
        lines.append(
            f"{self.implied + self.shift - self.rivals:+.2f}  {others}the chance that none of the answers given is right{implied}"
        )
        return (*lines, f"= {self.log_odds:+.2f} log-odds, a support of {self.truth:.2f}")


def _largest_first(terms: tuple[Term, ...]) -> tuple[Term, ...]:
    return tuple(sorted(terms, key=lambda term: (-abs(term.value), term.outlet, term.row)))


def _scaled(probability: float, slope: float, shift: float) -> float:
    inside = min(max(probability, 1e-12), 1 - 1e-12)
    return 1 / (1 + math.exp(-(slope * (math.log(inside) - math.log1p(-inside)) + shift)))


def _words(term: Term) -> str:
    reasons = []
    if term.known < 1:
        reasons.append(f"counts {term.known:.2f} for how it is said or where it comes from")
    if term.own < 0.995:
        others = (
            f"{', '.join(term.repeats[:3])}, which it often repeats" if term.repeats else "others, some of whom it may repeat"
        )
        reasons.append(f"counts {term.own:.2f} since it says the same as {others}")
    if term.share < 1:
        reasons.append("says less than this claim")
    why = f" ({'; '.join(reasons)})" if reasons else ""
    parts = f"{term.from_prior:+.2f} from where it starts, {term.from_record:+.2f} from its record here"
    return f"{term.value:+.2f}  {term.outlet}, {parts}{why}"


def explain_claim(result: Result, claim: int, margins: Margins | None = None, *, copying: Copying | None = None) -> Explanation:
    """Return the explanation of one claim, by its number in the corpus; ``margins`` saves computing them for each claim.

    ``copying`` are the pairs that may be named (``Copying.sure``).
    """
    margins = margins_of(result) if margins is None else margins
    corpus = result.corpus
    obj = int(corpus.object_of_claim[claim])
    inside = corpus.claims_of(obj)
    value = corpus.claim_names(claim)[1]
    found = [_term(result, margins, at, 1.0) for at in _places(corpus, claim)]
    for wide in _wider(corpus, claim):
        found += [_term(result, margins, at, WIDER_SHARE) for at in _places(corpus, wide)]
    saying = {fields["outlet"] for _, fields in found}
    terms = tuple(
        Term(
            **fields,
            repeats=_repeated(corpus, int(corpus.outlet[at]), saying, copying),
            without=float(margins.without[at])
            if fields["share"] == 1
            else _without_wider(result, margins, claim, fields["value"]),
        )
        for at, fields in found
    )
    rivals = [
        (corpus.claim_names(other)[1], float(result.probability[other]))
        for other in range(inside.start, inside.stop)
        if other != claim
    ]
    truth = float(result.probability[claim] if corpus.wider is None else result.truth[claim])
    return Explanation(
        object=corpus.objects[obj],
        value=value,
        probability=float(result.probability[claim]),
        truth=truth,
        terms=_largest_first(terms),
        rivals=float(margins.rivals[claim]),
        implied=_implied(float(result.probability[claim]), truth),
        rival_values=tuple(sorted(rivals, key=lambda one: (-one[1], one[0]))),
        none=float(result.none[obj]),
    )


def _repeated(corpus: Corpus, outlet: int, saying: set[str], copying: Copying | None) -> tuple[str, ...]:
    if copying is None:
        return ()
    return tuple(name for name in copying.earlier_than(outlet, corpus) if name in saying)


def _implied(alone: float, held: float) -> float:
    """Return what the narrower claims add: the log-odds of ``truth`` less those of ``probability``."""
    if held == alone:
        return 0.0
    held = min(held, 1 - 1e-12)
    return math.log(held) - math.log1p(-held) - (math.log(alone) - math.log1p(-alone))


def _places(corpus: Corpus, claim: int) -> range:
    inside = corpus.assertions_of(claim)
    return range(inside.start, inside.stop)


def _wider(corpus: Corpus, claim: int) -> list[int]:
    if corpus.wider is None:
        return []
    return [int(wide) for wide in corpus.wider[[claim]].tocsr().indices]


def _term(result: Result, margins: Margins, at: int, share: float) -> tuple[int, dict[str, Any]]:
    corpus = result.corpus
    outlet, claim = int(corpus.outlet[at]), int(corpus.claim[at])
    known = float(corpus.weight[at])
    weight, effect = float(result.weight[at]), float(result.effect[claim])
    before = float(margins.prior[outlet] + result.rarity[claim])
    value = share * float(margins.term[at])
    from_prior = share * weight * effect * before
    return at, {
        "outlet": corpus.outlets[outlet],
        "value": value,
        "known": known,
        "own": weight / known if known else 1.0,
        "effect": effect,
        "share": share,
        "accuracy": float(result.right[outlet] / (result.right[outlet] + result.wrong[outlet])),
        "from_prior": from_prior,
        "from_record": value - from_prior,
        "row": int(corpus.row[at]),
    }


def _without_wider(result: Result, margins: Margins, claim: int, value: float) -> float:
    score = float(result.score[claim]) - value - float(margins.rivals[claim])
    return float(1 / (1 + np.exp(-score)))


def without_outlets(corpus: Corpus, outlets: frozenset[str]) -> Corpus:
    """Return the corpus as if some outlets had said nothing: the same as leaving their rows out and reading the rest.

    Raises:
        ValueError: Nothing is left.
    """
    kept = [at for at in range(corpus.n_assertions) if corpus.outlets[int(corpus.outlet[at])] not in outlets]
    rows = [(corpus.outlets[int(corpus.outlet[at])], *corpus.claim_names(int(corpus.claim[at]))) for at in kept]
    left = corpus_from_rows(rows, weight=[float(corpus.weight[at]) for at in kept])
    if corpus.wider is None:
        return left
    number = {left.claim_names(claim): claim for claim in range(left.n_claims)}
    pairs = zip(*corpus.wider.nonzero(), strict=True)
    named = ((corpus.claim_names(int(narrow)), corpus.claim_names(int(wide))) for narrow, wide in pairs)
    return with_nesting(left, ((number[a], number[b]) for a, b in named if a in number and b in number))
