"""The rows of a ``ViewModel``: what a page knows, without a word of HTML.

``Ref`` is a number: nodes are counted through in the order outlets, articles, claims, actors, each sorted by identifier, and the
assertions follow.  Offsets are code points of the article's text, end-exclusive.  A ``Range`` is ``(begin, end)``.
"""

from dataclasses import dataclass, field

Ref = int
Range = tuple[int, int]

NO_REF: Ref = -1
SURE = 0.5
"""Score from which two claims are taken for one, and an assertion for a copy: below it, credibility does not either."""
NODE_KINDS = ("outlet", "article", "claim", "actor")
EDGE_KINDS = (
    "publishes",
    "cites",
    "asserts",
    "says",
    "about",
    "mentions",
    "supports",
    "contradicts",
    "derivedFrom",
    "sameClaim",
    "sharesText",
)
"""Kinds of drawn edges.  Assertions are not drawn: what hangs on them is drawn on their claim or article."""


@dataclass(frozen=True, slots=True)
class OutletRow:
    """A publisher.

    ``band`` is high, mixed, low or unrated; ``verdict`` says how the families of raters stand to each other (consistent, single,
    contested, unrated) and ``low`` to ``high`` is the interval that their values span, in [0, 1]; None when unrated.
    """

    id: str
    label: str
    band: str = "unrated"
    verdict: str = "unrated"
    families: int = 0
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True)
class ArticleRow:
    """A text; ``parts`` are the stretches of it that the page holds, each with the offset it begins at.

    ``astral`` lists the offsets of characters outside the basic plane, each of which counts twice in UTF-16: with it every span
    is exact in both countings.
    """

    id: str
    label: str
    url: str | None = None
    publisher: Ref = NO_REF
    published: str | None = None
    language: str | None = None
    authors: tuple[str, ...] = ()
    length: int = 0
    parts: tuple[tuple[int, str], ...] = ()
    astral: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class ClaimRow:
    """What one or more assertions say; ``support`` is supported, single, none, conflict or opinion.

    ``origins`` counts independent origins in this graph.
    """

    id: str
    label: str
    support: str = "single"
    origins: float = 1


@dataclass(frozen=True, slots=True)
class ActorRow:
    """Who acts or speaks; ``article`` is the one an unnamed source belongs to."""

    id: str
    label: str
    kind: str
    wikidata: str | None = None
    anonymous_type: str | None = None
    article: Ref = NO_REF


@dataclass(frozen=True, slots=True)
class Attribution:
    """One link of the chain from the article's voice to the source."""

    source: Ref
    mode: str
    depth: int
    source_range: Range | None
    cue_range: Range | None
    words: str | None = None


@dataclass(frozen=True, slots=True)
class Number:
    """A number in an assertion."""

    range: Range
    value: str
    comparator: str
    unit: str | None


@dataclass(frozen=True, slots=True)
class AssertionRow:
    """A span in which something is put forward; ``quote`` only where no part of the text holds it."""

    id: str
    article: Ref
    claim: Ref
    begin: int
    end: int
    quote: str | None
    certainty: str
    voice: str
    polarity: str
    tense: str
    type: str
    chain: tuple[Attribution, ...] = ()
    about: tuple[Ref, ...] = ()
    hedges: tuple[Range | str, ...] = ()
    loaded: tuple[Range | str, ...] = ()
    numbers: tuple[Number, ...] = ()
    confidence: float | None = None
    checkworthiness: float | None = None


@dataclass(frozen=True, slots=True)
class CitationRow:
    """A place where an article points to an outlet, or to a name that may mean one of ``candidates``."""

    article: Ref
    target: Ref
    kind: str
    range: Range
    url: str | None = None
    via: Ref = NO_REF
    candidates: tuple[Ref, ...] = ()
    is_guess: bool = False


@dataclass(frozen=True, slots=True)
class MentionRow:
    """An actor in an article: ``count`` times, at ``ranges`` (the first only, in large pages)."""

    article: Ref
    actor: Ref
    count: int
    ranges: tuple[Range, ...]


@dataclass(frozen=True, slots=True)
class RatingRow:
    """What one rater says of one outlet, as printed, with its scale."""

    outlet: Ref
    rater: str
    family: str
    value: str
    scale: str
    worst: str | None
    best: str | None
    dimension: str
    rated_on: str
    scope: str = ""
    normalised: float | None = None
    is_imputed: bool = False
    url: str | None = None
    rating_set: str = ""
    version: str = ""
    licence: str = ""


@dataclass(frozen=True, slots=True)
class Term:
    """One term of an assessment's exact sum."""

    value: float
    outlet: Ref
    assertion: Ref
    reason: str


@dataclass(frozen=True, slots=True)
class AssessmentRow:
    """A computed score of a claim or outlet, with its interval, what it rests on and how it was made."""

    target: Ref
    metric: str
    score: float
    low: float
    high: float
    level: float
    method: str
    evidence: tuple[Ref, ...] = ()
    terms: tuple[Term, ...] = ()
    is_estimate: bool = False


@dataclass(frozen=True, slots=True)
class LinkRow:
    """A scored relation between two assertions, claims or articles, with what shows it in the article of either end.

    ``is_later``: the source is said to have it from a text that is dated later.
    """

    source: Ref
    target: Ref
    relation: str
    score: float | None = None
    method: str = ""
    source_ranges: tuple[Range, ...] = ()
    target_ranges: tuple[Range, ...] = ()
    is_later: bool = False

    @property
    def is_sure(self) -> bool:
        """Whether it is more likely than not, as far as its score says."""
        return self.score is None or self.score >= SURE


@dataclass(frozen=True, slots=True)
class Circle:
    """A circle by identifiers, and the assertions of what goes round in it, where that is known."""

    members: tuple[str, ...]
    loop: tuple[str, ...]
    is_closed: bool
    assertions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CircleRow:
    """Articles and outlets that lean on each other; ``loop`` is one way round, each leaning on the next, its first again at the end.

    ``is_closed``: none of them leans on anything outside.  ``claims`` are those that go round, where that is known.
    """

    members: tuple[Ref, ...]
    loop: tuple[Ref, ...]
    is_closed: bool
    claims: tuple[Ref, ...] = ()


@dataclass(frozen=True, slots=True)
class NoteRow:
    """A question raised by a background check."""

    article: Ref
    kind: str
    question: str
    fact: str
    fact_source: str
    ranges: tuple[Range, ...] = ()


@dataclass(frozen=True, slots=True)
class Remark:
    """What a person noted on a thing: ``target`` is its identifier."""

    target: str
    text: str
    by: str = ""
    made_at: str = ""


@dataclass(frozen=True, slots=True)
class RemarkRow:
    """A remark on a thing that is shown."""

    target: Ref
    text: str
    by: str = ""
    made_at: str = ""


@dataclass(frozen=True, slots=True)
class Cluster:
    """A community of nodes, named after its best-linked member; without a name, those that are linked to nothing."""

    name: str
    members: int


@dataclass(frozen=True, slots=True)
class ViewOptions:
    """What a page opens with and holds.

    Args:
        around: A node (identifier, IRI, domain or label) whose neighbourhood is shown first.
        article: An article (identifier or IRI) whose board is shown first.
        with_texts: Keep whole texts; None keeps them in pages of at most 50 articles, else a sentence on either side.
        embed: Made to stand in another page: no header, no filters.
        remarks: What people noted; they are shown with the thing they are about.
        circles: What leans on itself; shown with its members and with the claims that go round.
    """

    around: str | None = None
    article: str | None = None
    with_texts: bool | None = None
    embed: bool = False
    remarks: tuple[Remark, ...] = ()
    circles: tuple[Circle, ...] = ()


@dataclass(frozen=True, slots=True)
class ViewModel:
    """All that a page shows."""

    outlets: tuple[OutletRow, ...] = ()
    articles: tuple[ArticleRow, ...] = ()
    claims: tuple[ClaimRow, ...] = ()
    actors: tuple[ActorRow, ...] = ()
    assertions: tuple[AssertionRow, ...] = ()
    citations: tuple[CitationRow, ...] = ()
    mentions: tuple[MentionRow, ...] = ()
    ratings: tuple[RatingRow, ...] = ()
    assessments: tuple[AssessmentRow, ...] = ()
    links: tuple[LinkRow, ...] = ()
    notes: tuple[NoteRow, ...] = ()
    remarks: tuple[RemarkRow, ...] = ()
    circles: tuple[CircleRow, ...] = ()
    edges: tuple[tuple[Ref, int, Ref], ...] = ()
    clusters: tuple[Cluster, ...] = ()
    cluster_of: tuple[int, ...] = ()
    start: tuple[str, Ref] = ("", NO_REF)
    options: ViewOptions = field(default=ViewOptions())

    @property
    def node_count(self) -> int:
        """How many nodes may be drawn: outlets, articles, claims and actors."""
        return len(self.outlets) + len(self.articles) + len(self.claims) + len(self.actors)

    def labels(self) -> list[str]:
        """Return what each node is called, in the order of their ``Ref``."""
        return [row.label for rows in (self.outlets, self.articles, self.claims, self.actors) for row in rows]

    def kinds(self) -> list[str]:
        """Return each node's kind, in the order of their ``Ref``."""
        rows = (self.outlets, self.articles, self.claims, self.actors)
        return [kind for kind, group in zip(NODE_KINDS, rows, strict=True) for _ in group]

    def ids(self) -> list[str]:
        """Return the identifier behind every ``Ref``, in order."""
        return [row.id for rows in (self.outlets, self.articles, self.claims, self.actors, self.assertions) for row in rows]
