"""Learning the scorer of the same claim by topics, and measuring it on topics that it was not trained on."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from graphkit.matching.pairs.candidates import find_candidates
from graphkit.matching.pairs.features import pair_features
from graphkit.matching.pairs.network import MEMBERS, Case, mean_of, standardise
from graphkit.matching.pairs.scoring import Model, Scorer
from graphkit.matching.pairs.sentences import Sentence, build
from graphkit.matching.pairs.weighing import Words, words_of_story
from graphkit.matching.training import descent

if TYPE_CHECKING:
    import numpy

    Array = numpy.ndarray[Any, Any]

FOLDS: Final = 7
LEAST_PRECISION: Final = 0.60
"""What is aimed at: on topics left out, precision comes out no lower than where the threshold is set."""


@dataclass(frozen=True, slots=True, eq=False)
class Topic:
    """The candidates of one topic with words and features; ``same`` says which are; ``positives`` counts those of all pairs.

    Topics of one ``fold`` are left out together.  A mixed one puts a few articles of several topics side by side, as a graph does:
    it is trained on, so that the scorer has seen unrelated articles, and neither sets the threshold nor is counted.
    """

    name: str
    words: Words
    pairs: "tuple[Array, Array]"
    features: "Array"
    same: "Array"
    positives: int
    fold: int
    is_mixed: bool


def prepare(
    name: str, sentences: Sequence[Sentence], same: set[tuple[str, str]], *, fold: int = 0, is_mixed: bool = False
) -> Topic:
    """Compute the features of one topic's candidates; ``same`` holds pairs of names in their order."""
    import numpy as np

    matrices = build(sentences)
    left, right = find_candidates(matrices)
    keys = [tuple(sorted((matrices.sentences[a].name, matrices.sentences[b].name))) for a, b in zip(left, right, strict=True)]
    own = {one.name for one in sentences}
    positives = sum(one in own and two in own for one, two in same)
    labels = np.array([key in same for key in keys], dtype=bool)
    words = words_of_story(matrices)
    features = pair_features(matrices, words, left, right)
    return Topic(name, words, (left, right), features, labels, positives, fold, is_mixed)


class Learner:
    """What learns from topics, and from cases without a story ``beside`` them, in so many steps.

    What some topics taught is kept: measuring asks for the same more than once.
    """

    def __init__(self, *, beside: "Sequence[tuple[Case, Array]]" = (), steps: int = descent.STEPS) -> None:
        self._beside, self._steps = beside, steps
        self._known: dict[tuple[str, ...], Model] = {}

    def __call__(self, topics: Sequence[Topic]) -> Model:
        """Return the model that these topics teach."""
        names = tuple(topic.name for topic in topics)
        if names not in self._known:
            self._known[names] = self._learn(topics)
        return self._known[names]

    def _learn(self, topics: Sequence[Topic]) -> Model:
        import numpy as np

        features = np.concatenate([topic.features for topic in topics])
        means, deviations = features.mean(axis=0), features.std(axis=0) + 1e-6
        cases = [Case(topic.words, *topic.pairs, standardise(topic.features, means, deviations)) for topic in topics]
        same = [topic.same.astype(np.float64) for topic in topics]
        members = [
            descent.learn(cases, same, beside=self._beside, steps=self._steps, seed=descent.SEED + member)
            for member in range(MEMBERS)
        ]
        return Model(means, deviations, mean_of(members))


def train(topics: Sequence[Topic], learner: Learner) -> Scorer:
    """Return the model of all topics, with a threshold set on scores of topics left out.

    On those trained on, precision looks better than it is.
    """
    import numpy as np

    whole = [topic for topic in topics if not topic.is_mixed]
    left_out: dict[str, Array] = {}
    for fold in sorted({topic.fold for topic in topics}):
        learnt = learner([topic for topic in topics if topic.fold != fold])
        left_out |= {topic.name: scores_of(learnt, topic) for topic in whole if topic.fold == fold}
    threshold = best_threshold(
        np.concatenate([left_out[topic.name] for topic in whole]),
        np.concatenate([topic.same for topic in whole]),
        sum(topic.positives for topic in whole),
    )
    return Scorer(learner(topics), threshold, {})


def scores_of(model: Model, topic: Topic) -> "Array":
    """Return the scores of a topic's candidates."""
    return model(topic.words, topic.pairs, topic.features)


def best_threshold(scores: "Array", same: "Array", positives: int, *, least_precision: float = LEAST_PRECISION) -> float:
    """Return the threshold of the best F1 among those of at least this precision; of the best precision where none has it."""
    import numpy as np

    order = np.argsort(-scores, kind="stable")
    hits, counts = np.cumsum(same[order]), np.arange(1, len(order) + 1)
    precision, f1 = hits / counts, 2 * hits / (counts + positives)
    allowed = precision >= least_precision
    best = int(np.argmax(np.where(allowed, f1, -1.0))) if allowed.any() else int(np.argmax(precision))
    return round(float(scores[order[best]]), 6)


def cross_validate(topics: Sequence[Topic], learner: Learner) -> dict[str, Any]:
    """Return precision, recall and F1 on topics left out, in all and by topic, with the topics of each fold."""
    predicted = linked = positives = 0
    by_topic, folds = {}, []
    for fold in sorted({topic.fold for topic in topics}):
        left_out = [topic for topic in topics if topic.fold == fold and not topic.is_mixed]
        used = train([topic for topic in topics if topic.fold != fold], learner)
        folds.append({"topics": [topic.name for topic in left_out], "threshold": used.threshold})
        for topic in left_out:
            chosen = scores_of(used.model, topic) >= used.threshold
            hit, count = int((chosen & topic.same).sum()), int(chosen.sum())
            by_topic[topic.name] = round(2 * hit / max(1, count + topic.positives), 3)
            predicted, linked, positives = predicted + count, linked + hit, positives + topic.positives
    return {
        "precision": round(linked / max(1, predicted), 3),
        "recall": round(linked / max(1, positives), 3),
        "f1": round(2 * linked / max(1, predicted + positives), 3),
        "f1_by_topic": dict(sorted(by_topic.items())),
        "folds": folds,
        "candidate_recall": round(sum(int(topic.same.sum()) for topic in topics if not topic.is_mixed) / max(1, positives), 3),
    }
