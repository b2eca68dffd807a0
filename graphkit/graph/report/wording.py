"""The plain words of a report."""

import re
from collections.abc import Sequence

from graphkit.credibility.assessing import Support
from graphkit.graph.report.content import Claim, RatedOutlet, Voice
from graphkit.knowledge.ratings.explanation import Explanation
from graphkit.knowledge.ratings.registry import RATING_SETS, Scale
from graphkit.model import Quantity, Rating

KINDS = {
    "factual": "something that can be checked",
    "interpretive": "a reading of events",
    "evaluative": "a judgement",
    "predictive": "a forecast",
    "normative": "a view of what should be done",
}
OPINION = "A judgement or a view: there is nothing to check, so no support is given."
ONE_ORIGIN = "One origin only."
ONE_ORIGIN_MEANS = "“One origin only”: in the articles compared nobody else says it by a way of its own, so no number is given."
FLATLY = "flatly"
LEFT_OPEN = "left open: doubted, asked or not confirmed, neither said nor denied"
UNSAID = "Its source leaves it open, which counts neither for it nor against it."
NOT_TOLD = "No support can be given."
COMPARATORS = {
    "exactly": "",
    "approximately": "about ",
    "moreThan": "more than ",
    "atLeast": "at least ",
    "lessThan": "less than ",
    "atMost": "at most ",
}
CITED = {"sourceList": "in its list of sources", "link": "by a link", "mention": "by name"}
DIMENSIONS = {
    "reliability": "how reliable it is",
    "leaning": "where it leans politically; says nothing of reliability",
    "transparency": "how open it is about itself; says nothing of reliability",
    "stateControl": "how far a state controls it; says nothing of reliability",
    "category": "what kind of outlet it is; says nothing of reliability",
}
_UNPRINTABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


def inert(text: str) -> str:
    """Return text on one line, with the characters that could steer a reader's screen made visible."""
    return _UNPRINTABLE.sub(lambda found: f"<U+{ord(found.group()):04X}>", " ".join(text.split()))


def count(number: int, one: str, many: str | None = None) -> str:
    """Return a number with its noun."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def say_who(voices: Sequence[Voice]) -> str:
    """Return on whose word something stands."""
    if not voices:
        return "the article itself"
    said = [f"{one.name}{'' if one.is_named else ' (not named)'}" for one in voices]
    return said[0] if len(said) == 1 else f"{said[0]}, on the word of {', who has it from '.join(said[1:])}"


def say_surety(claim: Claim) -> str:
    """Return how surely something is said where no word of it hedges."""
    return LEFT_OPEN if claim.is_open else FLATLY


def say_quantity(quantity: Quantity) -> str:
    """Return a number as it is meant: "more than 10,000 troops"."""
    value = f"{quantity.value:,f}"
    value = value.rstrip("0").rstrip(".") if "." in value else value
    return f"{COMPARATORS[quantity.comparator]}{value}{' ' + quantity.unit if quantity.unit else ''}"


def say_support(support: Support, n_others: int) -> str:
    """Return in a sentence how well something is supported by the articles at hand."""
    if support.refusal == "single origin":
        return ONE_ORIGIN if n_others == 0 else f"{ONE_ORIGIN} Others that say it seem to have it from the same place."
    if support.refusal is not None:
        return "All that say it have it from somebody else, or very unsurely, so no number is given."
    scale = f"Support {support.score:.2f} on a scale from 0 to 1; {support.low:.2f} to {support.high:.2f} can be argued for."
    if support.origins < 2:
        return f"One origin only, so the number rests on how its outlet is rated. {scale}"
    return f"{support.origins} separate origins. {scale}"


def say_ratings(found: Explanation) -> str:
    """Return in a sentence what the raters of an outlet amount to; their ratings are never averaged."""
    counted = sum(row.counts for row in found.rows)
    if found.word == "unrated":
        return (
            "Not rated by anyone in this graph." if not found.rows else "None of the ratings at hand tells how reliable it is."
        )
    raters = count(len(found.voices), "independent rater")
    based = f"{raters}, {count(counted, 'rating')} counted of {len(found.rows)}"
    if found.word == "contested" and len(found.voices) == 1:
        return "One rater only, who judges its parts differently: see the verdicts on each."
    if found.word == "contested":
        return f"Raters contradict one another ({based})."
    if found.word == "single":
        return f"One rater only, who places it {found.level} ({based})."
    return f"Raters agree: {found.level} ({based})."


def say_scale(rating: Rating) -> str:
    """Return what scale a rating stands on: its worst and best end."""
    known = RATING_SETS.get(rating.rating_set)
    scale = next((one for one in known.scales if one.key == rating.scale), None) if known is not None else None
    return rating.scale if scale is None else _ends(scale)


def _ends(scale: Scale) -> str:
    if scale.worst is not None:
        return f"{scale.worst} (worst) to {scale.best} (best)"
    measured = {word: value for word, value in scale.steps.items() if value is not None}
    if not measured:
        return f"one of {len(scale.steps)} words" if scale.steps else "words"
    worst, best = min(measured, key=lambda word: measured[word]), max(measured, key=lambda word: measured[word])
    return f"“{worst}” (worst) to “{best}” (best)"


def overview(claims: Sequence[Claim], outlets: Sequence[RatedOutlet], n_questions: int) -> tuple[str, ...]:
    """Return what the page holds, in a few sentences."""
    own = sum(not one.voices for one in claims)
    unnamed = sum(bool(one.voices) and not any(voice.is_named for voice in one.voices) for one in claims)
    is_open = sum(one.is_open for one in claims)
    hedged, loaded = sum(bool(one.hedges) for one in claims), sum(bool(one.loaded) for one in claims)
    views = sum(one.kind in {KINDS[kind] for kind in ("evaluative", "normative")} for one in claims)
    several = sum(one.origins is not None and one.origins > 1 for one in claims)
    against = sum(bool(one.against) for one in claims)
    unrated = sum(one.summary.startswith("Not rated") for one in outlets)
    told = (
        f"It makes {count(len(claims), 'statement')}: {own} in its own voice, {len(claims) - own} on somebody's word, "
        f"of whom {unnamed} {'is' if unnamed == 1 else 'are'} not named."
    )
    said = [
        told,
        f"Hedged: {hedged}. Left open: {is_open}. With loaded words: {loaded}. Judgements or views: {views}.",
        f"With more than one origin in the articles compared: {several}. Contradicted there: {against}.",
        f"It points to {count(len(outlets), 'outlet')}, of which {unrated} not rated here."
        if outlets
        else "It points to no outlet.",
    ]
    if n_questions:
        said.append(f"Background checks raise {count(n_questions, 'question')}.")
    return tuple(said)
