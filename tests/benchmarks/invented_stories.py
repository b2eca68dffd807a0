"""Invented stories of any number, the same for the same seed: articles that tell the same facts in changing words.

Words are drawn in the proportions of real news from the table of rarity; each story has names of its own and some that many stories
share, and a day.  Real event lines may be mixed in.
"""

import json
import random
from collections.abc import Iterator, Sequence
from itertools import accumulate
from pathlib import Path

from graphkit.matching.rarity import counts
from graphkit.model import Annotation, Article, Assertion, Citation, ExtractorId, Outlet, Span

SENTENCES = 12
WORDS_A_FACT = 11
KEPT = 0.75
_SIZES = (1, 1, 1, 2, 2, 3, 4, 6, 8, 12, 20)
_SYLLABLES = [
    "ba",
    "be",
    "bri",
    "da",
    "do",
    "el",
    "fa",
    "gor",
    "ha",
    "in",
    "jo",
    "ka",
    "kel",
    "la",
    "lo",
    "ma",
    "mir",
    "na",
    "nor",
    "pa",
    "qua",
    "ra",
    "rin",
    "sa",
    "sel",
    "ta",
    "tor",
    "va",
    "ven",
    "wi",
    "ya",
    "zo",
]


def invent(assertions: int, *, events: Path | None = None) -> Iterator[Annotation]:
    """Yield articles with this many assertions in all; a twelfth of them are real event lines where a file of those is given."""
    dice = random.Random(assertions)
    _, table = counts()
    words, weights = list(table), list(accumulate(table.values()))
    shared = [_name(dice) for _ in range(2_000)]
    made = story = 0
    lines = iter(events.read_text(encoding="utf-8").splitlines()) if events is not None else iter(())
    while made < assertions:
        story += 1
        day = f"20{31 + story % 4}-{1 + dice.randrange(12):02}-{1 + dice.randrange(28):02}"
        names = [_name(dice) for _ in range(4)] + [shared[int(len(shared) * dice.random() ** 2)] for _ in range(3)]
        facts = [
            dice.sample(names, 2) + dice.choices(words, cum_weights=weights, k=WORDS_A_FACT - 3) + [str(dice.randrange(2, 900))]
            for _ in range(SENTENCES * 2)
        ]
        for number in range(dice.choice(_SIZES)):
            yield _article(
                dice, f"{story}-{number}", day, [_told(dice, fact, words, weights) for fact in dice.sample(facts, SENTENCES)]
            )
            made += SENTENCES
        line = next(lines, None)
        if line is not None:
            row = json.loads(line)
            yield _article(dice, f"line-{story}", row["date"], [row["text"]])
            made += 1


def _name(dice: random.Random) -> str:
    return "".join(dice.choice(_SYLLABLES) for _ in range(3)).capitalize()


def _told(dice: random.Random, fact: list[str], words: list[str], weights: Sequence[float]) -> str:
    told = [word if dice.random() < KEPT else dice.choices(words, cum_weights=weights)[0] for word in fact]
    dice.shuffle(told)
    return " ".join(told).capitalize() + "."


def _article(dice: random.Random, key: str, day: str, sentences: list[str]) -> Annotation:
    outlet = f"outlet{int(300 * dice.random() ** 3)}.example"
    text, found = "", []
    for sentence in sentences:
        text += "\n" if text else ""
        found.append(Assertion(Span(len(text), len(text) + len(sentence)), sentence))
        text += sentence
    cited = (
        (Citation(Span(0, 5), "link", Outlet("wire.example"), url=f"https://wire.example/{key}"),)
        if dice.random() < 0.2
        else ()
    )
    article = Article(text, sentences[0][:60], url=f"https://{outlet}/{key}", outlet=outlet, published=day)
    return Annotation(article, tuple(found), (), cited, ExtractorId("invented", "1"))
