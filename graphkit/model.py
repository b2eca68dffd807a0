"""The data types that pass between the rooms of graphkit; frozen, slotted, and importing nothing of ours.

Offsets are Unicode code points, 0-based, end-exclusive, over the article's normalised text (NFC, LF line ends, no byte-order
mark).  Dates are ISO 8601.  Scores and confidences lie in [0, 1].  Enumerated values are the local names of the ontology's code
lists, so that the same word stands in code, JSON, RDF and page.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal, get_args

ActorKind = Literal["person", "country", "organisation", "group", "anonymous"]
AnonymousType = Literal["officials", "intelligence", "witnesses", "reports", "documents", "experts", "other"]
MentionKind = Literal["name", "demonym", "metonym", "title", "reference"]
Voice = Literal["author", "attributed", "mixed"]
Certainty = Literal["certain", "probable", "possible", "underspecified"]
Polarity = Literal["positive", "negative"]
Tense = Literal["nonFuture", "future"]
ClaimType = Literal["factual", "interpretive", "evaluative", "predictive", "normative"]
Mode = Literal["direct", "indirect"]
CitationKind = Literal["sourceList", "link", "mention"]
Comparator = Literal["exactly", "approximately", "moreThan", "atLeast", "lessThan", "atMost"]
SkipReason = Literal["question", "appeal", "fragment", "boilerplate", "sourceList"]

VOICES: tuple[Voice, ...] = get_args(Voice)
CERTAINTIES: tuple[Certainty, ...] = get_args(Certainty)
CLAIM_TYPES: tuple[ClaimType, ...] = get_args(ClaimType)


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A stretch of an article's text, ``begin`` to ``end`` (exclusive), never empty.

    Raises:
        ValueError: ``begin`` is negative or not before ``end``.
    """

    begin: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.begin < self.end:
            msg = f"a span must be 0 <= begin < end, got {self.begin}, {self.end}"
            raise ValueError(msg)

    def __len__(self) -> int:
        return self.end - self.begin

    def of(self, text: str) -> str:
        """Return the words of ``text`` that stand at this span."""
        return text[self.begin : self.end]

    def covers(self, other: "Span") -> bool:
        """Say whether ``other`` lies wholly inside this span."""
        return self.begin <= other.begin and other.end <= self.end

    def overlaps(self, other: "Span") -> bool:
        """Say whether the two spans share at least one code point."""
        return self.begin < other.end and other.begin < self.end


@dataclass(frozen=True, slots=True)
class Hyperlink:
    """A link in the body of a page: the span of its anchor words and the absolute http(s) address it leads to."""

    span: Span
    url: str


@dataclass(frozen=True, slots=True)
class Document:
    """Bytes as they came, before they are read: one file, page, feed item or archive record.

    ``origin`` is what the user named (path, URL, "-", or "archive.warc.gz#3"); ``fetched_at`` is an ISO 8601 time in UTC and
    never reaches an article's graph.  ``defaults`` are facts that the container states (a feed item's title and date), which
    the page's own statements do not override unless they are missing.
    """

    body: bytes
    media_type: str
    origin: str
    url: str | None = None
    encoding: str | None = None
    fetched_at: str | None = None
    etag: str | None = None
    last_modified: str | None = None
    defaults: "Overrides | None" = None

    @property
    def sha256(self) -> str:
        """The SHA-256 of the bytes, in hexadecimal."""
        return hashlib.sha256(self.body).hexdigest()


@dataclass(frozen=True, slots=True)
class Overrides:
    """What a user states about an article, which wins over what the page says.

    ``outlet`` is a registrable domain or a name; ``published`` an ISO 8601 date.
    """

    title: str | None = None
    url: str | None = None
    outlet: str | None = None
    published: str | None = None


@dataclass(frozen=True, slots=True)
class Article:
    """One text as published at one place (``url``), or, without a URL, one text.

    ``text`` is normalised; ``outlet`` a registrable domain in ASCII; ``published`` an ISO 8601 date; ``language`` a BCP 47
    primary tag; ``title_span`` is where the title stands in ``text`` when it does; ``links`` are inside ``text``.
    """

    text: str
    title: str
    url: str | None = None
    outlet: str | None = None
    published: str | None = None
    language: str = "en"
    authors: tuple[str, ...] = ()
    title_span: Span | None = field(default=None, compare=False)
    links: tuple[Hyperlink, ...] = field(default=(), compare=False)
    source_sha256: str | None = field(default=None, compare=False)

    @property
    def text_sha256(self) -> str:
        """The SHA-256 of the text in UTF-8, in hexadecimal: part of every span's identity."""
        return hashlib.sha256(self.text.encode()).hexdigest()


@dataclass(frozen=True, slots=True, order=True)
class Actor:
    """One who acts or speaks.

    An actor with a ``wikidata`` id always carries the name that the knowledge tables give that id; one without means "whoever
    is called this".  An ``anonymous`` actor ("Intelligence sources") belongs to one article; ``anonymous_type`` sorts it.
    """

    kind: ActorKind
    name: str
    wikidata: str | None = None
    anonymous_type: AnonymousType | None = None


@dataclass(frozen=True, slots=True, order=True)
class Outlet:
    """A publisher, keyed by registrable ``domain`` (lower case, ASCII)."""

    domain: str


@dataclass(frozen=True, slots=True)
class Mention:
    """A span that names an actor; ``runner_up`` is who else it might be, best first."""

    span: Span
    actor: Actor
    kind: MentionKind = "name"
    runner_up: tuple[Actor, ...] = ()


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number in an assertion: ``span`` includes the qualifier ("over 10,000"), ``unit`` is what it counts."""

    span: Span
    value: Decimal
    comparator: Comparator
    unit: str | None = None


@dataclass(frozen=True, slots=True)
class Attribution:
    """One link of the chain from the article's voice to the source; ``depth`` 1 is nearest the claim.

    ``source_span`` is None where the source is implied, ``cue_span`` where a quote has no cue.
    """

    source: Actor | Outlet
    mode: Mode
    depth: int = 1
    source_span: Span | None = None
    cue_span: Span | None = None


@dataclass(frozen=True, slots=True)
class Assertion:
    """A span in which something is put forward, denied or passed on.

    ``claim`` is the canonical wording of what is said; ``hedges`` and ``loaded`` are spans of single words or phrases;
    ``checkworthiness`` and ``confidence`` lie in [0, 1], ``confidence`` is None for hand annotation.
    """

    span: Span
    claim: str
    voice: Voice = "author"
    certainty: Certainty = "certain"
    polarity: Polarity = "positive"
    tense: Tense = "nonFuture"
    claim_type: ClaimType = "factual"
    about: tuple[Actor | Outlet, ...] = ()
    attributions: tuple[Attribution, ...] = ()
    hedges: tuple[Span, ...] = ()
    loaded: tuple[Span, ...] = ()
    quantities: tuple[Quantity, ...] = ()
    checkworthiness: float | None = None
    confidence: float | None = None

    @property
    def is_left_open(self) -> bool:
        """Whether its source doubts it, asks, or does not confirm it: then the source neither says it nor denies it."""
        nearest = [one for one in self.attributions if one.depth == 1]
        return self.certainty == "underspecified" and not self.hedges and any(one.source_span for one in nearest)


@dataclass(frozen=True, slots=True)
class Citation:
    """A place where an article points to another outlet.

    ``outlet`` is None when only a name is known or several outlets bear it: then ``name`` holds the words and ``candidates``
    the domains they may mean.  ``via`` is who carries or cites it when that is not the author ("AFP via France 24":
    outlet AFP, via France 24).  ``margin`` is the log-odds of the best reading of a run-together list over the second best;
    ``is_guess`` marks a reading below the confidence line.
    """

    span: Span
    kind: CitationKind
    outlet: Outlet | None = None
    name: str | None = None
    candidates: tuple[str, ...] = ()
    via: Outlet | Actor | None = None
    url: str | None = None
    margin: float | None = None
    is_guess: bool = False


@dataclass(frozen=True, slots=True)
class SkippedSentence:
    """A sentence that asserts nothing, and why, so that every sentence is accounted for."""

    span: Span
    reason: SkipReason


@dataclass(frozen=True, slots=True)
class Note:
    """A question raised by a background check, with the fact it rests on and the fact's source.

    ``kind`` is the rule ("officeClash", "officeDate", "placeState"); ``spans`` are the words concerned; ``question`` is worded as one.
    """

    kind: str
    spans: tuple[Span, ...]
    question: str
    fact: str
    fact_source: str


@dataclass(frozen=True, slots=True)
class ExtractorId:
    """What made an annotation: its name, version, and a digest of model or options; never when."""

    name: str
    version: str
    options: str = ""


@dataclass(frozen=True, slots=True)
class Annotation:
    """All that was extracted from one article, in text order."""

    article: Article
    assertions: tuple[Assertion, ...]
    mentions: tuple[Mention, ...]
    citations: tuple[Citation, ...]
    extractor: ExtractorId
    notes: tuple[Note, ...] = ()
    skipped: tuple[SkippedSentence, ...] = field(default=(), compare=False)

    def spans(self) -> Iterator[Span]:
        """Yield every span of the annotation, in no particular order."""
        for assertion in self.assertions:
            yield assertion.span
            yield from (*assertion.hedges, *assertion.loaded)
            yield from (quantity.span for quantity in assertion.quantities)
            for attribution in assertion.attributions:
                yield from (s for s in (attribution.source_span, attribution.cue_span) if s is not None)
        yield from (mention.span for mention in self.mentions)
        yield from (citation.span for citation in self.citations)
        yield from (sentence.span for sentence in self.skipped)
        for note in self.notes:
            yield from note.spans


@dataclass(frozen=True, slots=True)
class Rating:
    """What one rater says of one outlet, on the rater's own scale, at a date.

    ``value`` is the raw value as printed; ``scale`` a key of the rating registry; ``scope`` the topic or path it is limited to,
    empty for the whole outlet; ``rated_on`` an ISO 8601 date; ``normalised`` is (value - worst) / (best - worst) or None where
    the scale measures no reliability; ``imputed`` is True where the rater filled the value in rather than judged it.
    """

    outlet: str
    rating_set: str
    rater: str
    value: str
    scale: str
    dimension: str
    rated_on: str
    scope: str = ""
    normalised: Decimal | None = None
    imputed: bool = False
    version: str = ""
    licence: str = ""
    family: str = ""
    url: str | None = None
