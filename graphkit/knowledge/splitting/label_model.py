"""How likely a label and a suffix are in the name of a news site: the scores behind splitting.

The model is one small file of our own counts (``tables/splitting.model.gz``, made by ``graphkit.knowledge.build_splitting``):
a character model of registrable labels after Kneser and Ney (1995), in back-off form and pruned, and the counts of public
suffixes.  Scores are natural logarithms of probabilities.
"""

import gzip
from functools import cache
from math import log
from pathlib import Path

from graphkit.errors import DamagedPart
from graphkit.knowledge.own_tables import table_path

ORDER = 6
"""Characters of the longest stretch the model knows; 4 to 7 were tried, longer ones gain nothing on domains held out."""
STEP = 8
"""Scores are stored in eighths of a nat."""
BEGIN, END = "^", "$"
BLANK_CODE = 33
"""Character code of the score 0 in the file."""
BACKOFF_CODE = 100
"""Character code of the back-off weight 0 in the file."""
UNKNOWN_CHARACTER = log(1 / 400)
"""What a character the model never saw costs (letters beyond ASCII)."""


class LabelModel:
    """Scores of labels and suffixes, read from the model's text."""

    def __init__(self, text: str) -> None:
        head, suffixes, grams = text.split("\n\n")
        if not head.startswith("graphkit splitting model 1"):
            raise ValueError("another format")
        self._suffixes = _read_counts(suffixes)
        self._n_sites = sum(self._suffixes.values())
        self._grams = dict(line.split(" ", 1) for line in grams.splitlines())
        self._scores: dict[str, float] = {}

    def score_label(self, label: str) -> float:
        """Return the log-probability of a lower-case registrable label."""
        found = self._scores.get(label)
        if found is None:
            found = self._scores[label] = self._score(f"{BEGIN}{label}{END}")
            if len(self._scores) > 50_000:
                self._scores.clear()
        return found

    def _score(self, word: str) -> float:
        return sum(self._score_character(word[max(0, i - ORDER + 1) : i], word[i]) for i in range(1, len(word)))

    def _score_character(self, context: str, character: str) -> float:
        weight = 0
        while True:
            known = self._grams.get(context)
            if known is not None:
                place = known.find(character, 1)
                while place > 0 and place % 2 == 0:
                    place = known.find(character, place + 1)
                if place > 0:
                    return (weight - ord(known[place + 1]) + BLANK_CODE) / STEP
                weight += ord(known[0]) - BACKOFF_CODE
            if not context:
                return weight / STEP + UNKNOWN_CHARACTER
            context = context[1:]

    def score_suffix(self, suffix: str) -> float | None:
        """Return the log-probability that a site stands under a public suffix, or None where none did."""
        count = self._suffixes.get(suffix)
        return None if count is None else log(count / self._n_sites)


def _read_counts(text: str) -> dict[str, int]:
    pairs = (line.rsplit(" ", 1) for line in text.splitlines())
    return {name: int(count) for name, count in pairs}


def model_path() -> Path:
    """Return where the model's file lies."""
    return table_path("splitting").with_name("splitting.model.gz")


@cache
def label_model() -> LabelModel:
    """Return the model that ships with graphkit, read once.

    Raises:
        DamagedPart: The file is missing or not what it should be.
    """
    try:
        text = gzip.decompress(model_path().read_bytes()).decode()
        return LabelModel(text)
    except (OSError, ValueError, EOFError) as error:
        msg = f"the model for splitting source lists cannot be read: {error}"
        raise DamagedPart(msg, hint="install graphkit again") from error
