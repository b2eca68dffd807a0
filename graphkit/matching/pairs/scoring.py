"""The learnt scorer of the same claim: a small network, its threshold and what was measured, packaged as a JSON file."""

import json
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Final

from graphkit.errors import DamagedPart
from graphkit.matching.pairs import network
from graphkit.matching.pairs.features import FEATURES
from graphkit.matching.pairs.weighing import Words

if TYPE_CHECKING:
    import numpy

    Array = numpy.ndarray[Any, Any]

TABLE: Final = "same_claim.json"


@dataclass(frozen=True, slots=True, eq=False)
class Model:
    """A network that has learnt: means and deviations of the features of pairs, and its parameters by name."""

    means: "Array"
    deviations: "Array"
    parameters: "dict[str, Array]"

    def __call__(self, words: Words, pairs: "tuple[Array, Array]", features: "Array") -> "Array":
        """Return how likely each pair says the same, rounded to six decimals so that processors agree."""
        import numpy as np

        logits = network.logits(self.parameters, network.Case(words, *pairs, features), self.means, self.deviations)
        chances: Array = np.round(1.0 / (1.0 + np.exp(-logits)), 6)
        return chances


@dataclass(frozen=True, slots=True, eq=False)
class Scorer:
    """A model, the threshold at the real rate of positives, and what was measured on topics not trained on."""

    model: Model
    threshold: float
    measured: dict[str, Any]


@cache
def scorer() -> Scorer:
    """Return the packaged scorer.

    Raises:
        DamagedPart: The file of weights is not as it was packaged.
    """
    try:
        table = json.loads((files("graphkit.matching") / "tables" / TABLE).read_bytes())
        return Scorer(_model(table), float(table["threshold"]), table["measured"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise DamagedPart(
            f"the table {TABLE} of graphkit.matching cannot be read: {error}", hint="install graphkit again"
        ) from error


def _model(table: dict[str, Any]) -> Model:
    import numpy as np

    means, deviations = (np.array(table[name], dtype=np.float64) for name in ("means", "deviations"))
    shapes = network.shapes(len(FEATURES), network.MEMBERS)
    parameters = {name: np.array(table["parameters"][name], dtype=np.float64).reshape(shape) for name, shape in shapes.items()}
    return Model(means, deviations, parameters)
