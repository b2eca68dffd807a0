"""Pairs of near-duplicate sentences without a story around them: they teach what words weigh, beside the topics."""

import json
from collections.abc import Iterable, Sequence
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from graphkit.matching.pairs.network import Case
from graphkit.matching.pairs.sentences import Sentence, build
from graphkit.matching.pairs.weighing import TRAITS, Words, words_of_story

if TYPE_CHECKING:
    import numpy

    Array = numpy.ndarray[Any, Any]

FILE: Final = "mrpc_train.jsonl"
_OF_A_CASE: Final = 100
_PLACE: Final = 5
_USUAL: Final = {"told_around": 0.3, "told_around_root": 0.45, "first_sentence": 0.34}
"""What only a story tells of a word: as it is in one, on average, since two sentences tell nothing of it."""


def read_duplicates(path: Path) -> "list[tuple[Case, Array]]":
    """Return the pairs of a file as cases of a hundred, without features, and which of the pairs are the same.

    Args:
        path: One JSON object a line: two sentences, ``a`` and ``b``, and their ``label``, "same" or "different".
    """
    with path.open(encoding="utf-8") as lines:
        rows = map(json.loads, lines)
        pairs = ((row["a"], row["b"], row["label"] == "same") for row in rows)
        cases = []
        while some := list(islice(pairs, _OF_A_CASE)):
            cases += _case(some)
    return cases


def _case(pairs: Iterable[tuple[str, str, bool]]) -> "list[tuple[Case, Array]]":
    """Return one case of these pairs, or none where no pair has words on both sides."""
    import numpy as np

    stories, same = [], []
    for one, two, is_same in pairs:
        words = words_of_story(build([Sentence("1", "1", _PLACE, one), Sentence("2", "2", _PLACE, two)]))
        if len(set(words.sentence_of.tolist())) > 1:
            stories.append(words)
            same.append(float(is_same))
    if not stories:
        return []
    left = np.arange(0, 2 * len(stories), 2)
    return [(Case(_beside(stories), left, left + 1, np.zeros((len(stories), 0))), np.array(same))]


def _beside(stories: Sequence[Words]) -> Words:
    """Return the words of stories of two sentences as those of one story, none of which is found in another's sentences."""
    import numpy as np
    from scipy import sparse

    before = np.cumsum([0, *(len(words.meanings) for words in stories)]).tolist()
    traits = np.concatenate([words.traits for words in stories])
    for name, value in _USUAL.items():
        traits[:, TRAITS.index(name)] = value
    return Words(
        np.concatenate([words.sentence_of + 2 * number for number, words in enumerate(stories)]),
        np.concatenate([words.stem_of + start for words, start in zip(stories, before, strict=False)]),
        traits,
        np.concatenate([words.meanings for words in stories]),
        sparse.csr_matrix(sparse.block_diag([words.found for words in stories])),
    )
