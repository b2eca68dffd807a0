"""One pass of the network over stretches of a text: drafts of attributions, and entities, in characters of the whole text."""

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from graphkit.extraction.protocol import RawAttribution, RawMention
from graphkit.extraction.tagger_labels import ENTITY_TYPES, TokenSpan
from graphkit.extraction.tagger_links import LinkedSpans, link_spans, softmax
from graphkit.extraction.tagger_model import TaggerModel, TaggerSettings
from graphkit.extraction.tagger_pieces import Pieces, cut_windows, encode, text_blocks
from graphkit.extraction.tagger_viterbi import best_labels, label_runs
from graphkit.model import Span

Floats = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True, order=True)
class Part:
    """One tagged segment: characters [begin, end) and how sure the tags are, 0 to 1."""

    begin: int
    end: int
    confidence: float = field(compare=False, default=1.0)


@dataclass(slots=True)
class Draft:
    """An attribution as decoded, before the clean-up."""

    sources: list[Part]
    cues: list[Part]
    contents: list[Part]
    link_confidence: float

    def parts(self) -> list[Part]:
        """Return the segments of all roles."""
        return [*self.sources, *self.cues, *self.contents]

    def least_confidence(self) -> float:
        """Return the confidence of the least sure segment."""
        return min(part.confidence for part in self.parts())

    def attribution(self, confidence: float, level: int) -> RawAttribution:
        """Return the draft as a find."""
        sources, cues, contents = (
            tuple(Span(part.begin, part.end) for part in sorted(parts)) for parts in (self.sources, self.cues, self.contents)
        )
        return RawAttribution(sources, cues, contents, round(confidence, 3), level)


@dataclass(slots=True)
class Reading:
    """What one pass found."""

    drafts: list[Draft] = field(default_factory=list)
    entities: list[RawMention] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Window:
    """Where a window stands, and what the network said of it."""

    pieces: Pieces
    first: int
    outputs: list[Floats]

    def flags(self) -> list[bool]:
        return self.pieces.continues[self.first : self.first + len(self.outputs[0])]

    def characters(self, span: TokenSpan) -> tuple[int, int]:
        return self.pieces.begins[self.first + span.begin], self.pieces.ends[self.first + span.end - 1]


def read_stretches(model: TaggerModel, text: str, stretches: Iterable[tuple[int, int]], *, with_entities: bool) -> Reading:
    """Read each stretch [begin, end) of ``text`` on its own."""
    reading = Reading()
    blocks = ((begin + left, begin + right) for begin, end in stretches for left, right in text_blocks(text[begin:end]))
    for windows in _in_groups(_windows(model, text, blocks)):
        _decode_attributions(model.settings, windows, reading)
        if with_entities:
            _decode_entities(model.settings, windows, reading)
    return reading


def _windows(model: TaggerModel, text: str, blocks: Iterable[tuple[int, int]]) -> Iterator[_Window]:
    for begin, end in blocks:
        pieces = encode(model.tokenizer, text, begin, end)
        for first, after in cut_windows(pieces, text) if len(pieces) else ():
            yield _Window(pieces, first, model.run(pieces.ids[first:after], pieces.shapes[first:after]))


def _in_groups(windows: Iterable[_Window], size: int = 64) -> Iterator[list[_Window]]:
    """Decode so many windows at once: enough to share the cost of a step, few enough to bound memory."""
    group: list[_Window] = []
    for window in windows:
        group.append(window)
        if len(group) == size:
            yield group
            group = []
    if group:
        yield group


def _decode_attributions(settings: TaggerSettings, windows: list[_Window], reading: Reading) -> None:
    biases = np.asarray(settings.label_biases, np.float32)
    transitions = np.asarray(settings.transitions, np.float32)
    scores = [window.outputs[0] + biases for window in windows]
    labels = best_labels(scores, [window.flags() for window in windows], transitions)
    for window, path in zip(windows, labels, strict=True):
        mass = softmax(window.outputs[0] / np.float32(settings.attribution_temperature))
        spans = label_runs(path)
        for linked in link_spans(spans, window.outputs[2], window.outputs[3], settings.links):
            reading.drafts.append(_draft(window, mass, linked))


def _draft(window: _Window, mass: Floats, linked: LinkedSpans) -> Draft:
    def parts(spans: list[TokenSpan]) -> list[Part]:
        return [Part(*window.characters(span), span_confidence(mass, span)) for span in spans]

    return Draft(parts(linked.sources), parts(linked.cues), parts(linked.contents), linked.link_confidence)


def span_confidence(mass: Floats, span: TokenSpan) -> float:
    """Return the mean probability, over a span's pieces, of being of its kind at all."""
    begin = 1 + 2 * span.kind
    return float(mass[span.begin : span.end, begin : begin + 2].sum(1).mean())


def _decode_entities(settings: TaggerSettings, windows: list[_Window], reading: Reading) -> None:
    labels = best_labels([window.outputs[1] for window in windows], [window.flags() for window in windows])
    for window, path in zip(windows, labels, strict=True):
        spans = label_runs(path)
        mass = softmax(window.outputs[1] / np.float32(settings.entity_temperature)) if spans else window.outputs[1]
        for span in spans:
            confidence = min(1.0, span_confidence(mass, span))
            reading.entities.append(RawMention(*window.characters(span), ENTITY_TYPES[span.kind], round(confidence, 3)))


def logit(probability: float) -> float:
    """Return the log-odds, kept finite at both ends."""
    clipped = min(max(probability, 0.001), 0.999)
    return math.log(clipped / (1 - clipped))


def draft_confidence(draft: Draft, weights: tuple[float, float, float]) -> float:
    """Return how likely a draft is right: a logistic function of its least sure part and of its links.

    The weights (constant, least part, links) were fitted on the development documents to "claim and speaker are right".
    """
    score = weights[0] + weights[1] * logit(draft.least_confidence()) + weights[2] * logit(draft.link_confidence)
    return 1 / (1 + math.exp(-score))
