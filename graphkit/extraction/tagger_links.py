"""From tagged spans to attributions: each cue chooses its source or none, each content its cue."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from graphkit.extraction.tagger_labels import CONTENT, CUE, LINK_SIZE, SOURCE, TokenSpan, gap_bucket

Floats = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class LinkBiases:
    """What the network learnt about links outside of its graph."""

    no_source: float
    source_gaps: tuple[float, ...]
    content_gaps: tuple[float, ...]
    temperature: float = 1.0


@dataclass(slots=True)
class LinkedSpans:
    """One attribution in wordpieces of its window, with how sure the links are (probability of the chosen ones)."""

    sources: list[TokenSpan] = field(default_factory=list)
    cues: list[TokenSpan] = field(default_factory=list)
    contents: list[TokenSpan] = field(default_factory=list)
    link_confidence: float = 1.0


def softmax(scores: Floats) -> Floats:
    """Return the softmax over the last axis."""
    raised = np.exp(scores - scores.max(-1, keepdims=True))
    result: Floats = raised / raised.sum(-1, keepdims=True)
    return result


def link_spans(spans: Sequence[TokenSpan], query: Floats, key: Floats, biases: LinkBiases) -> list[LinkedSpans]:
    """Group the spans of one window to attributions: those with a cue in reading order, then what is left over."""
    sources, cues, contents = ([span for span in spans if span.kind == kind] for kind in (SOURCE, CUE, CONTENT))
    found = [LinkedSpans(cues=[cue]) for cue in cues]
    left = set(sources)
    for attribution, cue in zip(found, cues, strict=True):
        scores = source_scores(cue, sources, query, key, biases)
        index, attribution.link_confidence = _best(scores, biases.temperature)
        if index:
            attribution.sources.append(sources[index - 1])
            left.discard(sources[index - 1])
    for content in contents:
        if cues:
            index, confidence = _best(_cue_scores(content, cues, query, key, biases), biases.temperature)
            found[index].contents.append(content)
            found[index].link_confidence = min(found[index].link_confidence, confidence)
        else:
            found.append(LinkedSpans(contents=[content]))
    return found + [LinkedSpans(sources=[source]) for source in sources if source in left]


def source_scores(cue: TokenSpan, sources: Sequence[TokenSpan], query: Floats, key: Floats, biases: LinkBiases) -> list[float]:
    """Score "no source" and then each source for one cue."""
    products = _products(_mean(query, cue)[:LINK_SIZE], [_mean(key, source)[:LINK_SIZE] for source in sources])
    gaps = [biases.source_gaps[gap_bucket(cue.begin, cue.end, s.begin, s.end)] for s in sources]
    return [biases.no_source, *(product + gap for product, gap in zip(products, gaps, strict=True))]


def _cue_scores(content: TokenSpan, cues: Sequence[TokenSpan], query: Floats, key: Floats, biases: LinkBiases) -> list[float]:
    products = _products(_mean(key, content)[LINK_SIZE:], [_mean(query, cue)[LINK_SIZE:] for cue in cues])
    gaps = [biases.content_gaps[gap_bucket(content.begin, content.end, cue.begin, cue.end)] for cue in cues]
    return [product + gap for product, gap in zip(products, gaps, strict=True)]


def _mean(vectors: Floats, span: TokenSpan) -> Floats:
    result: Floats = vectors[span.begin : span.end].mean(0)
    return result


def _products(one: Floats, others: list[Floats]) -> list[float]:
    return [float(one @ other) / LINK_SIZE**0.5 for other in others]


def _best(scores: list[float], temperature: float) -> tuple[int, float]:
    probabilities = softmax(np.asarray(scores, np.float32) / np.float32(temperature))
    index = int(probabilities.argmax())
    return index, float(probabilities[index])
