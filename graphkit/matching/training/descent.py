"""How the network of the same claim learns: its gradient, written out, and AdamW; the same weights each time for the same topics."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final

from graphkit.matching.meanings import DIRECTIONS
from graphkit.matching.pairs import network
from graphkit.matching.pairs.network import Case, Noise, Pass

if TYPE_CHECKING:
    import numpy

    Array = numpy.ndarray[Any, Any]
    Parameters = dict[str, Array]

SEED: Final = 0
STEPS: Final = 720
RATE: Final = 0.02
DECAY: Final = 0.05
BESIDE: Final = "beside_"
BESIDE_WEIGHT: Final = 0.3
"""What the cases beside the topics count, case by case."""
_WARM: Final = 0.1
"""The part of the steps in which the rate rises; then it falls to nothing."""
_MEANINGS_LEFT_OUT, _HIDDEN_LEFT_OUT = 0.1, 0.3
_FIRST_MOMENT, _SECOND_MOMENT = 0.9, 0.999
_LOSS_SCALE: Final = 20.0
_OF_WORDS: Final = ("meanings", "traits")
_STRONG, _START = 6.0, -3.0
"""Before learning: an overlap of the heads with equal weights, and few pairs the same."""


def learn(
    cases: Sequence[Case],
    same: "Sequence[Array]",
    *,
    beside: "Sequence[tuple[Case, Array]]" = (),
    steps: int = STEPS,
    seed: int = SEED,
) -> "Parameters":
    """Return parameters that give the pairs of each case the least cross-entropy with what is the same.

    ``beside`` are cases without features, and what is the same in them: they teach what words weigh, and nothing else of the network,
    since how many of their pairs are the same is their own.
    """
    import numpy as np

    dice = np.random.default_rng(seed)
    parameters = start(cases[0].features.shape[1], dice)
    if beside:
        parameters |= {BESIDE + name: parameters[name].copy() for name in ("from_overlap", "constant")}
    first, second = ({name: np.zeros_like(value) for name, value in parameters.items()} for _ in range(2))
    order: list[int] = []
    order_beside: list[int] = []
    for step in range(steps):
        order = order or dice.permutation(len(cases)).tolist()
        number = order.pop()
        case = cases[number]
        slopes = _slopes(parameters, case, same[number], _noise(case, dice))
        if beside:
            order_beside = order_beside or dice.permutation(len(beside)).tolist()
            case, is_same = beside[order_beside.pop()]
            for name, slope in _slopes_beside(parameters, case, is_same, _noise(case, dice)).items():
                slopes[name] = slopes[name] + slope if name in slopes else slope
        length = np.sqrt(sum(float((slope**2).sum()) for slope in slopes.values()))
        shorter = min(1.0, 1.0 / (length + 1e-6))
        rate = RATE * min(1.0, step / (steps * _WARM)) * (1 - step / steps)
        for name in sorted(parameters):
            slope = slopes[name] * shorter
            first[name] = _FIRST_MOMENT * first[name] + (1 - _FIRST_MOMENT) * slope
            second[name] = _SECOND_MOMENT * second[name] + (1 - _SECOND_MOMENT) * slope**2
            mean = first[name] / (1 - _FIRST_MOMENT ** (step + 1))
            spread = np.sqrt(second[name] / (1 - _SECOND_MOMENT ** (step + 1)))
            parameters[name] = parameters[name] * (1 - rate * DECAY) - rate * mean / (spread + 1e-8)
    return {name: values for name, values in parameters.items() if not name.startswith(BESIDE)}


def _slopes(parameters: "Parameters", case: Case, same: "Array", noise: Noise) -> "Parameters":
    import numpy as np

    done = network.run(parameters, case, noise)
    # a long topic counts as the root of its pairs, not as all of them
    wrong = (1 / (1 + np.exp(-done.logits)) - same) / (_LOSS_SCALE * max(1, len(done.logits)) ** 0.5)
    return gradient(parameters, case, done, wrong)


def _slopes_beside(parameters: "Parameters", case: Case, same: "Array", noise: Noise) -> "Parameters":
    """Return the slopes for a case without features: of the weights of words, and of what its own sum makes of the overlap."""
    import numpy as np

    features = len(parameters["from_features"]) // 2
    own = {name: np.zeros_like(parameters[name]) for name in ("from_features", "from_hidden")}
    own |= {name.removeprefix(BESIDE): values for name, values in parameters.items() if name.startswith(BESIDE)}
    blank = Case(case.words, case.left, case.right, np.zeros((len(case.left), features)))
    slopes = _slopes(parameters | own, blank, same, noise)
    return {
        name if name in _OF_WORDS else BESIDE + name: BESIDE_WEIGHT * slopes[name]
        for name in (*_OF_WORDS, "constant", "from_overlap")
    }


def start(features: int, dice: "numpy.random.Generator") -> "Parameters":
    """Return the parameters before learning."""
    import numpy as np

    shapes = network.shapes(features)
    found = {name: np.zeros(shape) for name, shape in shapes.items()}
    reach = shapes["hidden"][0] ** -0.5
    found["traits"] = dice.normal(0, 0.1, shapes["traits"])
    found["hidden"] = dice.uniform(-reach, reach, shapes["hidden"])
    found["hidden_constants"] = dice.uniform(-reach, reach, shapes["hidden_constants"])
    found["from_overlap"][: network.HEADS] = _STRONG / network.HEADS
    found["constant"][:] = _START
    return found


def _noise(case: Case, dice: "numpy.random.Generator") -> Noise:
    stems, pairs = (len(case.words.meanings), DIRECTIONS), (len(case.left), network.HIDDEN)
    return Noise(
        (dice.random(stems) >= _MEANINGS_LEFT_OUT) / (1 - _MEANINGS_LEFT_OUT),
        (dice.random(pairs) >= _HIDDEN_LEFT_OUT) / (1 - _HIDDEN_LEFT_OUT),
    )


def gradient(parameters: "Parameters", case: Case, done: Pass, slope: "Array") -> "Parameters":
    """Return the slope of the loss by each parameter, given its slope by each logit."""
    import numpy as np

    to_raw = slope[:, None] * parameters["from_hidden"] * done.hidden_slope
    to_columns = slope[:, None] * parameters["from_overlap"]
    to_columns = to_columns + (to_raw @ parameters["hidden"].T)[:, : to_columns.shape[1]]
    to_inputs = _to_weights(case, done, to_columns) / (1 + np.exp(-done.inputs))
    by_stem = np.zeros((len(done.meanings), network.HEADS))
    np.add.at(by_stem, case.words.stem_of, to_inputs)
    return {
        "constant": np.array([slope.sum()]),
        "from_features": done.terms.T @ slope,
        "from_hidden": done.hidden.T @ slope,
        "from_overlap": done.columns.T @ slope,
        "hidden": network.given(done.columns, case.features).T @ to_raw,
        "hidden_constants": to_raw.sum(axis=0),
        "meanings": done.meanings.T @ by_stem,
        "traits": case.words.traits.T @ to_inputs,
    }


def _to_weights(case: Case, done: Pass, to_columns: "Array") -> "Array":
    """Return the slope by the weight of each word (words × heads), given that by the columns of the overlap."""
    import numpy as np

    overlap, words = done.overlap, case.words
    to_share, to_least, to_most, to_amount = np.split(to_columns, network.OVERLAPS, axis=1)
    shared, one, two = overlap.shared, overlap.forth / overlap.of_left, overlap.back / overlap.of_right
    whole = overlap.of_left + overlap.of_right - shared
    to_shared = to_share * (1 / whole + shared / whole**2) + to_amount / (1 + shared)
    to_both = -to_share * shared / whole**2
    to_one, to_two = np.where(one < two, to_least, to_most), np.where(one < two, to_most, to_least)
    to_forth, to_back = to_shared / 2 + to_one / overlap.of_left, to_shared / 2 + to_two / overlap.of_right
    count = words.found.shape[1]
    to_totals = np.zeros((count, network.HEADS))
    np.add.at(to_totals, case.left, to_both - to_one * one / overlap.of_left)
    np.add.at(to_totals, case.right, to_both - to_two * two / overlap.of_right)
    spread = words.found[words.stem_of]
    word = np.repeat(np.arange(len(words.stem_of)), np.diff(spread.indptr))
    found = to_totals[words.sentence_of]
    for head in range(network.HEADS):
        cells = np.zeros((count, count))
        cells[case.left, case.right], cells[case.right, case.left] = to_forth[:, head], to_back[:, head]
        along = cells[words.sentence_of[word], spread.indices] * spread.data
        found[:, head] += np.bincount(word, weights=along, minlength=len(words.stem_of))
    return found
