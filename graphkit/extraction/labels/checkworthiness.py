"""How much an assertion is worth checking: a logistic score over what can be seen in it."""

from dataclasses import dataclass
from math import exp

from graphkit.model import ClaimType, Tense

_BIAS = -0.4
_TYPE_WEIGHTS: dict[ClaimType, float] = {
    "factual": 1.2,
    "interpretive": -0.4,
    "predictive": -0.9,
    "evaluative": -1.4,
    "normative": -1.8,
}


@dataclass(frozen=True, slots=True)
class Features:
    """What the score looks at."""

    claim_type: ClaimType
    tense: Tense
    n_quantities: int
    n_actors: int
    n_tokens: int
    n_loaded: int
    is_hedged: bool
    is_first_person: bool
    is_attributed: bool


def checkworthiness(features: Features) -> float:
    """Return the score in [0, 1], rounded to three places so that every platform writes the same bytes."""
    score = _BIAS + _TYPE_WEIGHTS[features.claim_type]
    score += 0.9 * min(features.n_quantities, 2) + 0.5 * min(features.n_actors, 3)
    score -= 0.3 if features.is_hedged else 0.0
    score -= 1.5 if features.is_first_person else 0.0
    score -= 0.3 * min(features.n_loaded, 2)
    score -= 1.2 if features.n_tokens < 6 else 0.0
    score += 0.2 if features.is_attributed else 0.0
    return round(1.0 / (1.0 + exp(-score)), 3)
