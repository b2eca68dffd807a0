"""The rating sets that graphkit knows: who publishes them, on which scales, under which licence, and whose voice they repeat."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal

from graphkit.errors import NotFound

Dimension = Literal["reliability", "leaning", "transparency", "stateControl", "category"]


@dataclass(frozen=True, slots=True)
class Scale:
    """One scale of one rater.

    A scale of numbers has ``worst`` and ``best`` (``worst`` may be the larger); a scale of words has ``steps``, each word with its
    normalised value where the scale measures reliability, else None.
    """

    key: str
    dimension: Dimension
    worst: Decimal | None = None
    best: Decimal | None = None
    steps: Mapping[str, Decimal | None] = field(default_factory=dict)

    def normalise(self, value: str) -> Decimal | None:
        """Return a value as 0 (worst) to 1 (best); None where the scale measures no reliability or lacks the word.

        Raises:
            ValueError: The value is off the scale.
        """
        if self.worst is None or self.best is None:
            if self.steps and value not in self.steps:
                msg = f"{value!r} is no step of {self.key}"
                raise ValueError(msg)
            return self.steps.get(value)
        number = _number(value)
        if number is None or not min(self.worst, self.best) <= number <= max(self.worst, self.best):
            msg = f"{value!r} is not on the scale {self.worst}..{self.best}"
            raise ValueError(msg)
        if self.dimension != "reliability":
            return None
        return ((number - self.worst) / (self.best - self.worst)).quantize(_PLACES).normalize() + 0


_PLACES = Decimal("0.000001")


def _number(text: str) -> Decimal | None:
    try:
        number = Decimal(text)
    except ArithmeticError:
        return None
    return number if number.is_finite() else None


@dataclass(frozen=True, slots=True)
class RatingSet:
    """A published set of ratings.

    ``family`` is the voice it counts for, ``derived_from`` the sets it was made from; ``rows`` the range of row counts to be
    expected of a whole file; ``dated`` the date of a set that was published once; ``caution`` what a reader should know.
    """

    key: str
    name: str
    rater: str
    home: str
    licence: str
    family: str
    scales: tuple[Scale, ...]
    rows: tuple[int, int]
    derived_from: tuple[str, ...] = ()
    dated: str | None = None
    caution: str = ""

    def scale(self, key: str) -> Scale:
        """Return the scale of that key."""
        return next(scale for scale in self.scales if scale.key == key)


def _steps(*words: str) -> dict[str, Decimal | None]:
    """Return words from worst to best with evenly spaced values."""
    return {word: (Decimal(place) / (len(words) - 1)).quantize(_PLACES).normalize() + 0 for place, word in enumerate(words)}


def _words(*words: str) -> dict[str, Decimal | None]:
    return dict.fromkeys(words)


_ZERO, _ONE = Decimal(0), Decimal(1)
_MBFC_LEANING = (
    "left",
    "left-center",
    "center",
    "right-center",
    "right",
    "pro-science",
    "conspiracy-pseudoscience",
    "satire",
    "fake-news",
)
STATE_MEDIA_TYPES = {
    "SC": "state-controlled",
    "CaPu": "captured public or state-managed",
    "CaPr": "captured private",
    "ISFM": "independent, state-funded and state-managed",
    "ISF": "independent, state-funded",
    "ISM": "independent, state-managed",
    "IP": "independent public",
}
"""The typology of the State Media Monitor."""

_SETS = (
    RatingSet(
        "mbfc",
        "Media Bias/Fact Check",
        "Media Bias/Fact Check",
        "https://mediabiasfactcheck.com/",
        "proprietary: Media Bias/Fact Check",
        "mbfc",
        (
            Scale(
                "mbfc-factual", "reliability", steps=_steps("very-low", "low", "mixed", "mostly-factual", "high", "very-high")
            ),
            Scale("mbfc-credibility", "category", steps=_words("low-credibility", "medium-credibility", "high-credibility")),
            Scale("mbfc-bias", "leaning", steps=_words(*_MBFC_LEANING)),
            Scale("mbfc-tags", "category"),
        ),
        (1_500, 20_000),
        caution="Wikipedia's editors find mediabiasfactcheck.com generally unreliable as a source",
    ),
    RatingSet(
        "iffy",
        "Iffy index of unreliable sources",
        "Iffy.news",
        "https://iffy.news/",
        "none stated",
        "mbfc",
        (Scale("iffy-score", "reliability", _ZERO, _ONE),),
        (500, 5_000),
        derived_from=("mbfc",),
        caution="made from Media Bias/Fact Check's levels: no voice of its own",
    ),
    RatingSet(
        "rsp",
        "Wikipedia: reliable sources, perennial sources",
        "Wikipedia editors",
        "https://en.wikipedia.org/wiki/Wikipedia:Reliable_sources/Perennial_sources",
        "CC-BY-SA-4.0",
        "wikipedia",
        (
            # "deprecated" is a sanction on unreliability, not a fifth level of it: both stand at the bottom
            Scale(
                "rsp-status",
                "reliability",
                steps={
                    "generally reliable": _ONE,
                    "no consensus": Decimal("0.5"),
                    "generally unreliable": _ZERO,
                    "deprecated": _ZERO,
                },
            ),
            Scale("rsp-blacklist", "category", steps=_words("blacklisted")),
        ),
        (300, 2_000),
        caution="a list of disputed sources, drawn up for the needs of an encyclopedia",
    ),
    RatingSet(
        "lin2023",
        "Lin et al. 2023, domain quality ratings (first principal component)",
        "Lin et al. 2023",
        "https://github.com/hauselin/domain-quality-ratings",
        "none stated",
        "composite",
        (Scale("lin2023-pc1", "reliability", _ZERO, _ONE),),
        (10_000, 13_000),
        dated="2023-09-01",
        caution="most values are imputed from other raters' values",
    ),
    RatingSet(
        "cred1",
        "CRED-1",
        "CRED-1",
        "https://github.com/aloth/cred-1",
        "CC-BY-4.0",
        "composite",
        (Scale("cred1-score", "reliability", _ZERO, _ONE), Scale("cred1-category", "category")),
        (1_000, 10_000),
        derived_from=("iffy", "opensources"),
        dated="2026-01-01",
        caution="the composite mixes traffic and domain age with reliability: it puts naturalnews.com (.248) above foxnews.com (.105)",
    ),
    RatingSet(
        "lasser2022",
        "Lasser et al. 2022, misinformation domains",
        "Lasser et al. 2022",
        "https://github.com/JanaLasser/misinformation_domains",
        "none stated",
        "lists-2017",
        (
            Scale("lasser2022-accuracy", "reliability", _ONE, Decimal(5)),
            Scale("lasser2022-transparency", "transparency", _ONE, Decimal(3)),
        ),
        (3_000, 7_000),
        derived_from=("mbfc", "opensources"),
        caution="gathered from older lists; each row counts for the family of the list it comes from",
    ),
    RatingSet(
        "opensources",
        "OpenSources",
        "OpenSources",
        "https://github.com/BigMcLargeHuge/opensources",
        "LGPL-3.0 (file)",
        "lists-2017",
        (Scale("opensources-type", "category"),),
        (500, 1_500),
        dated="2017-12-31",
        caution="a list of 2017, not kept up since",
    ),
    RatingSet(
        "state-media",
        "State Media Profiles",
        "Alliance for Securing Democracy",
        "https://github.com/ASD-at-GMF/state-media-profiles",
        "MIT",
        "state-media",
        (Scale("state-media-type", "stateControl", steps=_words(*STATE_MEDIA_TYPES)),),
        (700, 3_000),
        dated="2024-12-31",
        caution="state control is a dimension of its own and says nothing of accuracy",
    ),
    RatingSet(
        "jti",
        "Journalism Trust Initiative",
        "Journalism Trust Initiative",
        "https://www.journalismtrustinitiative.org/",
        "none stated",
        "jti",
        (Scale("jti-certificate", "transparency", steps=_words("certified", "self-assessed", "expired")),),
        (1, 10_000),
        caution="a certificate of process, not a judgement of accuracy",
    ),
    RatingSet(
        "ifcn",
        "International Fact-Checking Network signatories",
        "International Fact-Checking Network",
        "https://www.ifcncodeofprinciples.poynter.org/signatories",
        "none stated",
        "ifcn",
        (Scale("ifcn-signatory", "transparency", steps=_words("active", "in renewal", "expired")),),
        (1, 2_000),
        caution="a signature under a code of principles, not a judgement of accuracy",
    ),
)

RATING_SETS: dict[str, RatingSet] = {known.key: known for known in _SETS}
"""The known sets by key."""


def rating_set(key: str) -> RatingSet:
    """Return the set of that key.

    Raises:
        NotFound: No such set is known.
    """
    known = RATING_SETS.get(key)
    if known is None:
        raise NotFound(f"no rating set {key!r}", hint=f"known: {', '.join(RATING_SETS)}; any other file with --map")
    return known


def scale_ends() -> dict[str, tuple[Decimal, Decimal]]:
    """Return worst and best of every scale of numbers, by the scale's key."""
    scales = (scale for known in _SETS for scale in known.scales)
    return {scale.key: (scale.worst, scale.best) for scale in scales if scale.worst is not None and scale.best is not None}
