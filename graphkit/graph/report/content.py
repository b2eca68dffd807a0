"""What a report says, as data: the JSON form is just this."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Quote:
    """Words of an article and where they stand (code points, end-exclusive)."""

    text: str
    begin: int
    end: int


@dataclass(frozen=True, slots=True)
class Voice:
    """One who is said to have said it; ``cue`` is the word that says so, None where there is none."""

    name: str
    is_named: bool
    is_outlet: bool
    cue: str | None


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """What another article says on the same question; ``note`` is "" or what lessens it."""

    outlet: str
    title: str
    published: str | None
    article_id: str
    quote: Quote
    note: str = ""


@dataclass(frozen=True, slots=True)
class Claim:
    """One thing the article puts forward, in words for a reader.

    ``is_open`` says that its source doubts, asks or does not confirm it, and so neither says nor denies it.
    ``voices`` lead from the article to the one farthest from it, none where the article speaks itself; ``support`` is a sentence;
    ``score``, ``low`` and ``high`` are None where no number is given; ``origins`` is None where nothing was counted.
    """

    number: int
    claim_id: str
    quote: Quote
    voices: tuple[Voice, ...]
    says_who: str
    kind: str
    is_denial: bool
    is_open: bool
    hedges: tuple[str, ...]
    loaded: tuple[str, ...]
    numbers: tuple[str, ...]
    support: str
    score: float | None = None
    low: float | None = None
    high: float | None = None
    origins: int | None = None
    same: tuple[Elsewhere, ...] = ()
    against: tuple[Elsewhere, ...] = ()


@dataclass(frozen=True, slots=True)
class Verdict:
    """What one rater says of an outlet, when, and on what scale; ``why_not`` says why it does not count, "" where it does."""

    rater: str
    value: str
    about: str
    scale: str
    rated_on: str
    source: str
    why_not: str = ""


@dataclass(frozen=True, slots=True)
class RatedOutlet:
    """An outlet that the article cites, or its own: what is known of it, with sources, and what raters say."""

    domain: str | None
    name: str
    cited: tuple[str, ...]
    places: tuple[Quote, ...]
    facts: tuple[tuple[str, str], ...]
    summary: str
    verdicts: tuple[Verdict, ...]


@dataclass(frozen=True, slots=True)
class Question:
    """A question that a background check raises, with the fact behind it and its source, and the words it is about."""

    question: str
    fact: str
    source: str
    quotes: tuple[Quote, ...]


@dataclass(frozen=True, slots=True)
class Report:
    """The whole page.  ``facts`` are what is known of the article itself, ``overview`` sentences, ``unknown`` what is not known."""

    made_by: str
    article_id: str
    title: str
    url: str | None
    facts: tuple[tuple[str, str], ...]
    overview: tuple[str, ...]
    claims: tuple[Claim, ...]
    publisher: RatedOutlet | None
    outlets: tuple[RatedOutlet, ...]
    questions: tuple[Question, ...]
    unknown: tuple[str, ...]
    method: str
