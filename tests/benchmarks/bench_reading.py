"""How well and how fast pages are read: `python tests/benchmarks/bench_reading.py [SHARED_DATA]`.

Prints one line a page that is not read as given, then the averages.  Nothing is asserted.
"""

import gzip
import json
import logging
import os
import re
import sys
import time
from collections import Counter
from pathlib import Path

from graphkit.model import Article, Document
from graphkit.reading import parse

WORD = re.compile(r"\w+")


def four_grams(text: str) -> Counter[tuple[str, ...]]:
    """Return the runs of four words of a text."""
    words = WORD.findall(text)
    return Counter(tuple(words[at : at + 4]) for at in range(max(1, len(words) - 3)))


def score(found: str, given: str) -> tuple[float, float, float]:
    """Return precision, recall and F1 of four-word runs."""
    one, two = four_grams(found), four_grams(given)
    common = sum((one & two).values())
    precision, recall = common / sum(one.values()), common / sum(two.values())
    return precision, recall, 2 * precision * recall / (precision + recall) if common else 0.0


def body_of(article: Article) -> str:
    """Return the text without its headline."""
    return article.text[article.title_span.end + 1 :] if article.title_span else article.text


def measure_page(folder: Path, item: dict[str, str]) -> tuple[tuple[float, float, float], bool, float]:
    """Return scores, whether the day is right, and CPU seconds of one page."""
    body = gzip.decompress((folder / item["html"]).read_bytes())
    started = time.process_time()
    article = parse(Document(body, "text/html", item["id"], url=item["url"]))
    seconds = time.process_time() - started
    given = (folder / item["text"]).read_text(encoding="utf-8").strip()
    first, _, rest = given.partition("\n")
    scores = score(body_of(article), rest if first.strip() == article.title else given)
    is_right = article.published == item["date"]
    if scores[2] < 0.95 or not is_right:
        print(
            f"{item['id']} {item['domain']:24} P {scores[0]:.3f} R {scores[1]:.3f} F1 {scores[2]:.3f}  {article.published} given {item['date']}"
        )
    return scores, is_right, seconds


def main() -> None:
    """Measure all pages of the shared folder and print the table."""
    logging.disable(logging.CRITICAL)
    beside = Path(__file__).resolve().parents[2].parent / "shared" / "data"
    shared = Path(sys.argv[1] if len(sys.argv) > 1 else os.environ.get("GRAPHKIT_SHARED_DATA", beside))
    folder = shared / "articles"
    if not folder.is_dir():
        print("the shared data folder is not beside this checkout; give its path")
        return
    items = [json.loads(line) for line in (folder / "index.jsonl").read_text(encoding="utf-8").splitlines()]
    pages = [item for item in items if item["html"]]
    measured = [measure_page(folder, item) for item in pages]
    means = [sum(scores[at] for scores, _, _ in measured) / len(measured) for at in range(3)]
    seconds = sorted(seconds for _, _, seconds in measured)
    print(f"\npages {len(pages)}   precision {means[0]:.4f}   recall {means[1]:.4f}   F1 {means[2]:.4f}")
    print(f"days right {sum(right for _, right, _ in measured)} of {len(pages)}")
    print(
        f"CPU a page: median {1000 * seconds[len(seconds) // 2]:.0f} ms, longest {1000 * seconds[-1]:.0f} ms, all {sum(seconds):.1f} s"
    )


if __name__ == "__main__":
    main()
