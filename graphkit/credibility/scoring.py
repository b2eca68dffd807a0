"""Beliefs against answers: the figures that ``graphkit eval credibility`` prints, by the plain definitions."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from graphkit.credibility.calibration.measures import Outcomes, brier, calibration_error, log_loss
from graphkit.credibility.evaluation import EvaluatedSet, evaluate_sets, find_sets, read_claims, read_table
from graphkit.credibility.inference.copying import assess
from graphkit.credibility.inference.corpus import Numbers
from graphkit.credibility.inference.model import Result, count_votes
from graphkit.credibility.intervals import assess_outlets
from graphkit.errors import NotFound
from graphkit.extraction.evaluation.measures import Score

GOLD = "gold.tsv"
LEAST_KNOWN = 5
"""Objects with an answer that an outlet needs before its observed accuracy is compared with its interval."""
_SAME = 1e-12


def evaluate(task: str, gold: Path, *, predictions: Path | None = None) -> tuple[Score, ...]:
    """Run the model over a set or a folder of sets, write its beliefs, and return a table of measures where answers are at hand.

    Accuracy and coverage are in percent; the Brier score, the log loss and the calibration error as they are, less being better.

    Args:
        task: "credibility".
        gold: A folder with ``claims.tsv`` (source, object, value), or a folder of such folders; ``gold.tsv`` (object, value) in it
            is read for scoring only.
        predictions: The folder that ``<set>/beliefs.tsv`` and ``<set>/outlets.tsv`` go to; nowhere when None.

    Raises:
        NotFound: There is no task of that name, or no set.
        UnreadableInput: A file is not what it should be.
    """
    if task != "credibility":
        raise NotFound(f"no task {task!r}", hint="known: credibility")
    if predictions is not None:
        return tuple(score for one in evaluate_sets(gold, predictions) for score in _scores(one))
    return tuple(score for one in find_sets(gold) for score in score_set(one, assess(read_claims(one / "claims.tsv"))))


def _scores(one: EvaluatedSet) -> Iterator[Score]:
    yield from score_set(one.source, one.result)


def score_set(folder: Path, result: Result) -> Iterator[Score]:
    """Yield the measures of what was inferred of one set; none where it has no answers."""
    if not (folder / GOLD).is_file():
        return
    answers = {obj: value for obj, value in read_table(folder / GOLD, columns=2)}  # noqa: C416 - dict() would not be typed
    corpus = result.corpus
    names = [corpus.claim_names(claim) for claim in range(corpus.n_claims)]
    known = np.array([obj in answers for obj, _ in names])
    held = np.array([answers.get(obj) == value for obj, value in names])
    numbers = corpus.object_of_claim
    for method, probability in (("", result.probability), (", counting votes", count_votes(corpus))):
        hits = _credit(numbers, probability, held)
        accuracy = sum(hits[obj] for obj, name in enumerate(corpus.objects) if name in answers) / max(len(answers), 1)
        yield Score(f"{folder.name} accuracy{method}", value=round(100 * accuracy, 2), gold=len(answers))
        for what, function in (("Brier score", brier), ("log loss", log_loss), ("calibration error", calibration_error)):
            value = function(probability[known], held[known])
            yield Score(f"{folder.name} {what}{method}", value=round(value, 4), gold=int(known.sum()))
    said = np.bincount(corpus.outlet[known[corpus.claim]], minlength=corpus.n_outlets)
    right = np.bincount(corpus.outlet[(known & held)[corpus.claim]], minlength=corpus.n_outlets)
    enough = said >= LEAST_KNOWN
    if enough.any():
        record, observed = assess_outlets(result), right[enough] / said[enough]
        inside = (record.low[enough] <= observed) & (observed <= record.high[enough])
        yield Score(
            f"{folder.name} coverage of 90 % intervals", value=round(100 * float(inside.mean()), 1), gold=int(enough.sum())
        )


def _credit(numbers: NDArray[np.int32], probability: Numbers, held: Outcomes) -> list[float]:
    """Return per object whether its most probable value is right; equals share."""
    starts = np.flatnonzero(np.diff(numbers, prepend=-1))
    highest = np.maximum.reduceat(probability, starts)[numbers]
    top = probability >= highest - _SAME
    shares = np.add.reduceat((top & held).astype(float), starts) / np.add.reduceat(top.astype(float), starts)
    return [float(share) for share in shares]
