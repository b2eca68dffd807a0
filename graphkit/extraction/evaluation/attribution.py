"""Task ``attribution``: spans of source, cue and content, and whether a claim is given to the right speaker.

Gold rows hold ``name``, ``text``, ``attrs`` (each role a list of spans, each span a list of ``[start, end]`` segments) and perhaps
``silver_entities``; predictions ``name``, ``attributions`` (each role a list of segments) and ``entities``.  Only outermost
attributions count.  Measures per role: exact spans, exact after stripping signs, Jaccard of at least one half, characters.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from graphkit.extraction.evaluation.measures import Counts, Row, Score, match_one_to_one, percent
from graphkit.extraction.protocol import ROLES, Extractor, RawAttribution
from graphkit.model import Span

_EDGES = " \t\n\"“”‘’'.,;:!?()—–-"
_ROLE_MEASURES = ("EM", "EM bare", "J>=.5", "char")
_CLAIM_MEASURES = ("claim", "claim + speaker", "claim + speaker exact")
Segment = tuple[int, int]
Roles = dict[str, list[Segment]]


def predict_attribution(document: Row, extractor: Extractor) -> Row:
    """Return the prediction row of one gold document."""
    tagged = extractor.tag(document["text"])
    return {
        "name": document["name"],
        "attributions": [_row(raw) for raw in tagged.attributions],
        "entities": [[entity.begin, entity.end, entity.label] for entity in tagged.entities],
    }


def _row(raw: RawAttribution) -> Row:
    def segments(spans: Iterable[Span]) -> list[list[int]]:
        return [[span.begin, span.end] for span in spans]

    return {
        "source": segments(raw.sources),
        "cue": segments(raw.cues),
        "content": segments(raw.contents),
        "confidence": round(raw.confidence, 3),
        "level": raw.level,
    }


def score_attribution(documents: Sequence[Row], predictions: Mapping[str, Row]) -> tuple[Score, ...]:
    """Return the table for gold ``documents``; a document without a prediction counts as predicted empty."""
    tally = _Tally()
    for document in documents:
        prediction = predictions.get(document["name"], {})
        tally.add_document(document["text"], _predicted(document["text"], prediction), _gold(document))
        tally.add_entities(document, prediction)
    return tally.table()


def _gold(document: Row) -> list[Roles]:
    return [
        {role: [part for span in attribution[role] for part in _joined(document["text"], span)] for role in ROLES}
        for attribution in document["attrs"]
    ]


def _predicted(text: str, prediction: Row) -> list[Roles]:
    return [
        {role: _joined(text, attribution.get(role) or []) for role in ROLES}
        for attribution in prediction.get("attributions", [])
        if attribution.get("level", 1) == 1
    ]


def _joined(text: str, segments: Iterable[Sequence[int]]) -> list[Segment]:
    """Return segments in order, those that only white space parts joined."""
    joined: list[Segment] = []
    for begin, end in sorted((segment[0], segment[1]) for segment in segments):
        if joined and not text[joined[-1][1] : begin].strip():
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((begin, end))
    return joined


def _bare(text: str, segment: Segment) -> Segment:
    """Return a segment without signs at its edges; one of signs only (a colon as cue) stays whole."""
    begin, end = segment
    while begin < end and text[begin] in _EDGES:
        begin += 1
    while end > begin and text[end - 1] in _EDGES:
        end -= 1
    return (begin, end) if begin < end else segment


def _jaccard(left: Segment, right: Segment) -> float:
    shared = min(left[1], right[1]) - max(left[0], right[0])
    return shared / (max(left[1], right[1]) - min(left[0], right[0])) if shared > 0 else 0.0


def _all_segments(attributions: Iterable[Roles], role: str) -> list[Segment]:
    return sorted({segment for attribution in attributions for segment in attribution[role]})


@dataclass(frozen=True, slots=True)
class _Pair:
    """Compares a predicted and a gold attribution of one text."""

    text: str
    predicted: Roles
    gold: Roles

    def overlaps(self, role: str) -> bool:
        return any(
            _jaccard(_bare(self.text, p), _bare(self.text, g)) >= 0.5 for p in self.predicted[role] for g in self.gold[role]
        )

    def same_source(self) -> bool:
        return self.overlaps("source") or not (self.predicted["source"] or self.gold["source"])

    def is_exact(self) -> bool:
        return all(
            {_bare(self.text, s) for s in self.predicted[role]} == {_bare(self.text, s) for s in self.gold[role]}
            for role in ("source", "content")
        )


@dataclass(slots=True)
class _Tally:
    """What is counted over all documents."""

    roles: dict[tuple[str, str], Counts] = field(
        default_factory=lambda: {(r, m): Counts() for r in ROLES for m in _ROLE_MEASURES}
    )
    claims: dict[str, Counts] = field(default_factory=lambda: {m: Counts() for m in _CLAIM_MEASURES})
    entities: Counts = field(default_factory=Counts)
    with_source: int = 0
    right_speaker: int = 0

    def add_document(self, text: str, predicted: list[Roles], gold: list[Roles]) -> None:
        for role in ROLES:
            self._add_role(text, role, _all_segments(predicted, role), _all_segments(gold, role))
        self._add_claims(text, [a for a in predicted if a["content"]], [a for a in gold if a["content"]])

    def _add_role(self, text: str, role: str, predicted: list[Segment], gold: list[Segment]) -> None:
        self.roles[role, "EM"].add(len(set(predicted) & set(gold)), len(predicted), len(gold))
        bare_predicted = sorted({_bare(text, segment) for segment in predicted})
        bare_gold = sorted({_bare(text, segment) for segment in gold})
        sizes = len(bare_predicted), len(bare_gold)
        self.roles[role, "EM bare"].add(len(set(bare_predicted) & set(bare_gold)), *sizes)
        close = [(score, p, g) for p in bare_predicted for g in bare_gold if (score := _jaccard(p, g)) >= 0.5]
        self.roles[role, "J>=.5"].add(len(match_one_to_one(close)), *sizes)
        characters = [{i for segment in side for i in range(*segment)} for side in (predicted, gold)]
        self.roles[role, "char"].add(len(characters[0] & characters[1]), *map(len, characters))

    def _add_claims(self, text: str, predicted: list[Roles], gold: list[Roles]) -> None:
        found = speaker = exact = 0
        used: set[int] = set()
        for attribution in predicted:
            pairs = {i: _Pair(text, attribution, other) for i, other in enumerate(gold) if i not in used}
            matching = [(pair.same_source(), -i) for i, pair in pairs.items() if pair.overlaps("content")]
            if not matching:
                continue
            same_source, negative = max(matching)
            used.add(-negative)
            pair = pairs[-negative]
            found += 1
            speaker += same_source
            exact += pair.is_exact()
            if pair.gold["source"]:
                self.with_source += 1
                self.right_speaker += pair.overlaps("source")
        for measure, hits in zip(_CLAIM_MEASURES, (found, speaker, exact), strict=True):
            self.claims[measure].add(hits, len(predicted), len(gold))

    def add_entities(self, document: Row, prediction: Row) -> None:
        if "entities" in prediction and document.get("silver_entities") is not None:
            silver = {tuple(entity) for entity in document["silver_entities"]}
            found = {tuple(entity) for entity in prediction["entities"]}
            self.entities.add(len(found & silver), len(found), len(silver))

    def table(self) -> tuple[Score, ...]:
        rows = [counts.score(f"{role} {measure}") for (role, measure), counts in self.roles.items()]
        rows += [counts.score(measure) for measure, counts in self.claims.items()]
        accuracy = self.right_speaker / self.with_source if self.with_source else 0.0
        rows.append(Score("speaker accuracy", value=percent(accuracy)))
        if self.entities.predicted:
            rows.append(self.entities.score("entities against silver"))
        return tuple(rows)
