"""The same claim: which sentences of different articles say the same, each pair with a score."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from graphkit.matching.pairs.candidates import find_candidates
from graphkit.matching.pairs.features import pair_features
from graphkit.matching.pairs.scoring import Scorer, scorer
from graphkit.matching.pairs.sentences import Sentence, build
from graphkit.matching.pairs.weighing import words_of_story


@dataclass(frozen=True, slots=True, order=True)
class SameClaim:
    """Two sentences by name, and how likely they say the same, 0 to 1."""

    one: str
    two: str
    score: float


def find_same_claims(sentences: Iterable[Sentence], *, least: float | None = None, by: Scorer | None = None) -> list[SameClaim]:
    """Return the pairs of sentences of different articles that say the same, by name; independent of the order given.

    Args:
        sentences: Sentences or assertions under distinct names.
        least: The least score of a pair that is returned; the scorer's threshold if None.
        by: Another scorer than the packaged one.
    """
    used = by or scorer()
    matrices = build(list(sentences))
    left, right = find_candidates(matrices)
    if not len(left):
        return []
    words = words_of_story(matrices)
    scores = used.model(words, (left, right), pair_features(matrices, words, left, right))
    kept = scores >= (used.threshold if least is None else least)
    names = [sentence.name for sentence in matrices.sentences]
    found = []
    for a, b, score in zip(left[kept].tolist(), right[kept].tolist(), scores[kept].tolist(), strict=True):
        one, two = sorted((names[a], names[b]))
        found.append(SameClaim(one, two, score))
    return sorted(found)


def predict_same_claims(rows: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Return every pair to link among sentences of different documents of one topic: ``{"a", "b", "score", "link"}``.

    Args:
        rows: Mappings with ``id``, ``topic``, ``doc``, ``sentence`` (place in its document) and ``text``.
    """
    topics: dict[str, list[Sentence]] = defaultdict(list)
    for row in rows:
        topics[str(row["topic"])].append(Sentence(row["id"], row["doc"], int(row["sentence"]), row["text"]))
    threshold = scorer().threshold
    return [
        {"a": pair.one, "b": pair.two, "score": round(pair.score, 4), "link": pair.score >= threshold}
        for topic in sorted(topics)
        for pair in find_same_claims(topics[topic], least=min(0.05, threshold))
    ]
