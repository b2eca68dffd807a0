"""Set on the development documents what training does not: biases of labels, temperatures, and what confidence means.

Everything is fitted on the int8 network that ships.  Nothing here reads a test split.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
import numpy.typing as npt

from graphkit.extraction.tagger import Tagger
from graphkit.extraction.tagger_labels import CUE, ROLES, ROOM, SOURCE, TokenSpan, bio_labels
from graphkit.extraction.tagger_links import softmax, source_scores
from graphkit.extraction.tagger_model import TaggerModel, TaggerSettings
from graphkit.extraction.tagger_reading import logit, read_stretches
from graphkit.extraction.training.labelled import UNLABELLED, LabelledText, Window, draw_windows, label_pieces
from graphkit.extraction.training.scoring import Scores, as_gold, match_claims, score_document

Floats = npt.NDArray[np.float32]
TEMPERATURES = tuple(round(0.7 + 0.05 * step, 2) for step in range(35))
BIASED_LABELS = tuple(bio_labels(ROLES).index(name) for name in ("B-cue", "B-content", "B-source"))
LABEL_BIASES = (0.0, -0.3, 0.2)
SHORT_CONTENT_CONFIDENCES = (0.0, 0.6, 0.7)
NEWTON_STEPS = 25


@dataclass(slots=True)
class RememberingSession:
    """Runs each window once, however often it is decoded."""

    session: Any
    seen: dict[tuple[bytes, bytes], Any] = field(default_factory=dict)

    def run(self, names: None, feed: dict[str, Any]) -> Any:
        """Return what the network says, from memory if it was asked before."""
        key = feed["ids"].tobytes(), feed["shapes"].tobytes()
        if key not in self.seen:
            self.seen[key] = self.session.run(names, feed)
        return self.seen[key]


def calibrate(model: TaggerModel, documents: Sequence[LabelledText]) -> TaggerSettings:
    """Return the settings of ``model`` with everything tunable set on ``documents``."""
    model = replace(model, session=RememberingSession(model.session))
    settings = replace(model.settings, least_confidence=0.0)
    settings = _set_temperatures(replace(model, settings=settings), documents)
    settings = _set_short_contents(replace(model, settings=settings), documents)
    settings = _set_label_biases(replace(model, settings=settings), documents)
    return _set_confidence(replace(model, settings=settings), documents)


def score(model: TaggerModel, documents: Iterable[LabelledText]) -> Scores:
    """Tag and score documents, outermost attributions only."""
    scores, tagger = Scores(), Tagger(model)
    for document in documents:
        found = as_gold(document.text, tagger.tag(document.text, deepest=1).attributions)
        score_document(scores, document.text, found, document.attributions or ())
    return scores


def _set_label_biases(model: TaggerModel, documents: Sequence[LabelledText]) -> TaggerSettings:
    """Choose, label by label, the number added to a B before decoding that gives the best "claim and speaker"."""
    settings = model.settings
    for label in BIASED_LABELS:

        def changed(bias: float, label: int = label, before: TaggerSettings = settings) -> TaggerSettings:
            biases = list(before.label_biases)
            biases[label] = bias
            return replace(before, label_biases=tuple(biases))

        def quality(bias: float, changed: Callable[[float], TaggerSettings] = changed) -> float:
            return score(replace(model, settings=changed(bias)), documents).claim_and_speaker.f1()

        settings = changed(max(LABEL_BIASES, key=quality))
    return settings


def _set_short_contents(model: TaggerModel, documents: Sequence[LabelledText]) -> TaggerSettings:
    """Choose the confidence under which a content of one or two words is dropped, by the same measure."""

    def settings(least: float) -> TaggerSettings:
        return replace(model.settings, short_content_confidence=least)

    def quality(least: float) -> float:
        return score(replace(model, settings=settings(least)), documents).claim_and_speaker.f1()

    return settings(max(SHORT_CONTENT_CONFIDENCES, key=quality))


def _labelled_windows(model: TaggerModel, documents: Iterable[LabelledText]) -> Iterator[tuple[Window, list[Floats]]]:
    for document in documents:
        for window in draw_windows(label_pieces(model.tokenizer, document), ROOM):
            yield window, model.run(window.ids, window.shapes)


def _set_temperatures(model: TaggerModel, documents: Iterable[LabelledText]) -> TaggerSettings:
    """Choose for each head the temperature under which the annotation is likeliest."""
    windows = list(_labelled_windows(model, documents))
    tags = [_labelled_rows(outputs[0], window.attribution) for window, outputs in windows]
    entities = [_labelled_rows(outputs[1], window.entities) for window, outputs in windows]
    links = replace(model.settings.links, temperature=_best_temperature(list(_link_rows(model.settings, windows))))
    return replace(
        model.settings,
        attribution_temperature=_best_temperature(tags),
        entity_temperature=_best_temperature(entities),
        links=links,
    )


Scored = tuple[Floats, npt.NDArray[np.intp]]


def _labelled_rows(scores: Floats, labels: Sequence[int] | None) -> Scored:
    gold = np.asarray(labels if labels is not None else [UNLABELLED] * len(scores), np.intp)
    kept = gold != UNLABELLED
    return scores[kept], gold[kept]


def _link_rows(settings: TaggerSettings, windows: Iterable[tuple[Window, list[Floats]]]) -> Iterator[Scored]:
    for window, outputs in windows:
        sources = sorted({TokenSpan(*link.source, SOURCE) for link in window.links if link.source})
        for link in window.links:
            scores = source_scores(TokenSpan(*link.cue, CUE), sources, outputs[2], outputs[3], settings.links)
            right = sources.index(TokenSpan(*link.source, SOURCE)) + 1 if link.source else 0
            yield np.asarray([scores], np.float32), np.asarray([right], np.intp)


def _best_temperature(rows: Sequence[Scored]) -> float:
    def loss(temperature: float) -> float:
        total = 0.0
        for scores, gold in rows:
            chosen = softmax(scores / np.float32(temperature))[np.arange(len(gold)), gold]
            total -= float(np.log(np.maximum(chosen, 1e-9)).sum())
        return total

    return min(TEMPERATURES, key=loss)


def _set_confidence(model: TaggerModel, documents: Iterable[LabelledText]) -> TaggerSettings:
    """Fit confidence to "claim and speaker are right" by logistic regression on the least sure part and the links."""
    tagger = Tagger(model)
    features, verdicts = list[tuple[float, float, float]](), list[bool]()
    for document in documents:
        read = read_stretches(model, document.text, [(0, len(document.text))], with_entities=False)
        drafts = [draft for draft, _ in tagger.clean(document.text, read.drafts) if draft.contents]
        claims = as_gold(document.text, [draft.attribution(0.0, 1) for draft in drafts])
        wanted = [a for a in document.attributions or () if a.content]
        verdicts += [verdict is True for verdict in match_claims(document.text, claims, wanted)]
        features += [(1.0, logit(draft.least_confidence()), logit(draft.link_confidence)) for draft in drafts]
    return replace(model.settings, confidence_weights=fit_logistic(features, verdicts))


def fit_logistic(features: Sequence[tuple[float, float, float]], verdicts: Sequence[bool]) -> tuple[float, float, float]:
    """Return the weights of a lightly damped logistic regression, by Newton's method; zeros (a confidence of .5) for no examples."""
    x, y = np.asarray(features, np.float64).reshape(len(features), 3), np.asarray(verdicts, np.float64)
    weights = np.zeros(3)
    for _ in range(NEWTON_STEPS):
        likely = 1 / (1 + np.exp(-x @ weights))
        gradient = x.T @ (y - likely) - weights
        curvature = (x * (likely * (1 - likely))[:, None]).T @ x + np.eye(3)
        weights = weights + np.linalg.solve(curvature, gradient)
    first, second, third = (round(float(weight), 4) for weight in weights)
    return first, second, third
