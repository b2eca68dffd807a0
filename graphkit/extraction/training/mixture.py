"""Which corpora go into an epoch, and how often."""

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

from graphkit.extraction.training.columns import LAYOUTS, read_columns
from graphkit.extraction.training.gum import read_gum
from graphkit.extraction.training.labelled import LabelledText, label_pieces
from graphkit.extraction.training.loop import Share
from graphkit.extraction.training.manifest import checked_paths
from graphkit.extraction.training.polnear import SILVER_WEIGHT, read_polnear


class Ingredient(NamedTuple):
    """How a corpus of the manifest is read, and how often an epoch sees it."""

    read: Callable[[Path], Iterator[LabelledText]]
    times: float
    suffix: str = ""


MIXTURE = {
    "polnear": Ingredient(read_polnear, 1.0),
    "wikigold": Ingredient(partial(read_columns, layout=LAYOUTS["wikigold"]), 2.0),
    "uner": Ingredient(partial(read_columns, layout=LAYOUTS["uner"]), 2.0),
    "wnut": Ingredient(partial(read_columns, layout=LAYOUTS["wnut"]), 1.0),
    "btc": Ingredient(partial(read_columns, layout=LAYOUTS["btc"]), 0.5),
    "gum": Ingredient(read_gum, 1.0, ".rsd"),
}


def read_mixture(
    corpora: Path,
    tokenizer: Any,
    *,
    without: frozenset[str] = frozenset(),
    times: Mapping[str, float] | None = None,
    silver_weight: float = SILVER_WEIGHT,
) -> list[Share]:
    """Check, read and encode every corpus of the mixture but those named in ``without``.

    Args:
        corpora: The folder of the corpora.
        tokenizer: The encoder's.
        without: Names of corpora left out.
        times: How often an epoch sees each text of a corpus, where not as in ``MIXTURE``.
        silver_weight: Weight of PolNeAR's machine-made actors; 0 leaves them out.

    Raises:
        InputError: A corpus is not what the manifest says.
    """
    shares = []
    for name, ingredient in MIXTURE.items():
        if name not in without:
            paths = [path for path in checked_paths(name, corpora) if path.name.endswith(ingredient.suffix)]
            read = partial(read_polnear, silver_weight=silver_weight) if name == "polnear" else ingredient.read
            texts = [label_pieces(tokenizer, labelled) for path in paths for labelled in read(path)]
            shares.append(Share(texts, (times or {}).get(name, ingredient.times)))
    return shares
