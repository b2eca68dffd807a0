"""Measures of found attributions against annotated ones, as the model card reports them.

Exact spans per role as a set per document, and "claim and speaker": contents matched one to one by an overlap (Jaccard, characters,
without edge punctuation) of at least one half, the sources overlapping likewise or both absent.  Outermost attributions only.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from graphkit.extraction.protocol import RawAttribution
from graphkit.extraction.tagger_labels import ROLES
from graphkit.extraction.training.labelled import GoldAttribution, Span
from graphkit.extraction.training.polnear import join_segments

EDGES = " \t\n\"“”‘’'.,;:!?()—–-"
HALF = 0.5


@dataclass(slots=True)
class Tally:
    """Hits among what was found and what was wanted."""

    hits: int = 0
    found: int = 0
    wanted: int = 0

    def add(self, hits: int, found: int, wanted: int) -> None:
        """Count one document."""
        self.hits += hits
        self.found += found
        self.wanted += wanted

    def row(self) -> dict[str, float]:
        """Return precision, recall and F1 in percent."""
        precision = self.hits / self.found if self.found else 0.0
        recall = self.hits / self.wanted if self.wanted else 0.0
        return {"P": _percent(precision), "R": _percent(recall), "F1": _percent(self.f1())}

    def f1(self) -> float:
        """Return F1 between 0 and 1."""
        return 2 * self.hits / (self.found + self.wanted) if self.found + self.wanted else 0.0


def _percent(share: float) -> float:
    return round(100 * share, 1)


@dataclass(frozen=True, slots=True)
class Scores:
    """All tallies of a set of documents."""

    roles: dict[str, Tally] = field(default_factory=lambda: {role: Tally() for role in ROLES})
    claim: Tally = field(default_factory=Tally)
    claim_and_speaker: Tally = field(default_factory=Tally)

    def rows(self) -> dict[str, dict[str, float]]:
        """Return the table: a row per measure."""
        exact = {f"{role} exact": tally.row() for role, tally in self.roles.items()}
        return {**exact, "claim": self.claim.row(), "claim and speaker": self.claim_and_speaker.row()}


def as_gold(text: str, found: Iterable[RawAttribution]) -> list[GoldAttribution]:
    """Return what an extractor found in the shape of the annotation, outermost level only."""

    def spans(role: Iterable[object]) -> tuple[Span, ...]:
        return join_segments(text, [(span.begin, span.end) for span in role])  # type: ignore[attr-defined]

    return [GoldAttribution(spans(a.sources), spans(a.cues), spans(a.contents)) for a in found if a.level == 1]


def score_document(scores: Scores, text: str, found: Sequence[GoldAttribution], gold: Sequence[GoldAttribution]) -> None:
    """Add one document to ``scores``."""
    for role, tally in scores.roles.items():
        ours, theirs = ({span for a in side for span in getattr(a, role)} for side in (found, gold))
        tally.add(len(ours & theirs), len(ours), len(theirs))
    claims, wanted = ([a for a in side if a.content] for side in (found, gold))
    verdicts = match_claims(text, claims, wanted)
    scores.claim.add(sum(verdict is not None for verdict in verdicts), len(claims), len(wanted))
    scores.claim_and_speaker.add(sum(verdict is True for verdict in verdicts), len(claims), len(wanted))


def match_claims(text: str, found: Sequence[GoldAttribution], gold: Sequence[GoldAttribution]) -> list[bool | None]:
    """Say of each found claim whether the speaker is right too; None where there is no such claim."""
    free = dict(enumerate(gold))
    verdicts: list[bool | None] = []
    for attribution in found:
        fits = [
            (_same_speaker(text, attribution, other), -n)
            for n, other in free.items()
            if _overlap(text, attribution.content, other.content)
        ]
        if fits:
            is_right, number = max(fits)
            del free[-number]
            verdicts.append(is_right)
        else:
            verdicts.append(None)
    return verdicts


def _same_speaker(text: str, left: GoldAttribution, right: GoldAttribution) -> bool:
    return _overlap(text, left.source, right.source) or not (left.source or right.source)


def _overlap(text: str, left: Iterable[Span], right: Sequence[Span]) -> bool:
    return any(_jaccard(bare(text, a), bare(text, b)) >= HALF for a in left for b in right)


def _jaccard(left: Span, right: Span) -> float:
    shared = min(left[1], right[1]) - max(left[0], right[0])
    return shared / (max(left[1], right[1]) - min(left[0], right[0])) if shared > 0 else 0.0


def bare(text: str, span: Span) -> Span:
    """Return the span without edge punctuation; one of punctuation only stays whole."""
    begin, end = span
    while begin < end and text[begin] in EDGES:
        begin += 1
    while end > begin and text[end - 1] in EDGES:
        end -= 1
    return (begin, end) if begin < end else span
