"""What matching costs as a graph grows: same claims and shared text of invented articles, and how the cost grows.

Run as a script: ``python tests/benchmarks/bench_matching.py [10000 100000 ...]`` (numbers of assertions).
"""

import math
import random
import resource
import sys
import time

from graphkit.matching.copies import find_shared_text
from graphkit.matching.same_claim import find_same_claims
from graphkit.matching.sentences import Sentence
from graphkit.matching.shingles import shingle

SENTENCES = 12
ARTICLES_A_STORY = 8


def invent(count: int) -> list[Sentence]:
    """Return ``count`` sentences of stories of eight articles each: a story's names and facts, told in changing words."""
    dice = random.Random(count)
    common = [f"w{number}" for number in range(3_000)]
    weights = [1 / (rank + 3) for rank in range(len(common))]
    found: list[Sentence] = []
    story = 0
    while len(found) < count:
        story += 1
        names = [f"Name{dice.randrange(count * 2)}" for _ in range(6)]
        facts = [dice.sample(names, 3) + dice.choices(common, weights, k=9) for _ in range(SENTENCES * 2)]
        for number in range(ARTICLES_A_STORY):
            for place, fact in enumerate(dice.sample(facts, SENTENCES)):
                words = [word if dice.random() < 0.75 else dice.choices(common, weights)[0] for word in fact]
                dice.shuffle(words)
                article = f"art-{story:07}-{number}"
                found.append(Sentence(f"{article}-{place:02}", article, place, " ".join(words) + "."))
    return found[:count]


def measure(count: int) -> tuple[float, float, int]:
    """Return CPU seconds for same claims and for shared text, and the number of pairs linked."""
    sentences = invent(count)
    begin = time.process_time()
    links = len(find_same_claims(sentences))
    same = time.process_time() - begin
    texts: dict[str, list[str]] = {}
    for one in sentences:
        texts.setdefault(one.article, []).append(one.text)
    begin = time.process_time()
    find_shared_text([shingle(name, " ".join(parts)) for name, parts in texts.items()])
    return same, time.process_time() - begin, links


def main() -> None:
    """Print a table, with the exponent by which the cost of same claims grows."""
    counts = [int(word) for word in sys.argv[1:]] or [10_000, 100_000]
    print(f"{'assertions':>12} {'same claim s':>13} {'copies s':>9} {'links':>9} {'MB':>6} {'exponent':>8}")
    before: tuple[int, float] | None = None
    for count in counts:
        same, copies, links = measure(count)
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        grown = f"{math.log(same / before[1]) / math.log(count / before[0]):.2f}" if before else ""
        print(f"{count:>12,} {same:>13.1f} {copies:>9.1f} {links:>9,} {memory:>6} {grown:>8}", flush=True)
        before = count, same


if __name__ == "__main__":
    main()
