"""Real pages, where the shared folder is at hand: none crashes the reader, bodies and days are right, rejections say why."""

import gzip
import json
import re
from collections import Counter

import pytest

from graphkit.errors import GraphkitError
from graphkit.model import Document
from graphkit.reading import Rejection, gather, parse

pytestmark = pytest.mark.slow

WORD = re.compile(r"\w+")


def four_grams(text):
    words = WORD.findall(text)
    return Counter(tuple(words[at : at + 4]) for at in range(max(1, len(words) - 3)))


def score(found, given):
    """Return the F1 of four-word runs, as scrapinghub/article-extraction-benchmark counts it."""
    one, two = four_grams(found), four_grams(given)
    common = sum((one & two).values())
    return 2 * common / (sum(one.values()) + sum(two.values()))


def body_of(article):
    return article.text[article.title_span.end + 1 :] if article.title_span else article.text


@pytest.fixture(scope="module")
def items(shared_data):
    lines = (shared_data / "articles" / "index.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


def given_body(shared_data, item, title):
    """Return the given text without its headline, which some of them begin with."""
    text = (shared_data / "articles" / item["text"]).read_text(encoding="utf-8").strip()
    first, _, rest = text.partition("\n")
    return rest if first.strip() == title else text


def test_bodies_and_days_of_real_pages(shared_data, items):
    scores, right, pages = [], 0, [item for item in items if item["html"]]
    for item in pages:
        body = gzip.decompress((shared_data / "articles" / item["html"]).read_bytes())
        article = parse(Document(body, "text/html", item["html"], url=item["url"]))
        scores.append(score(body_of(article), given_body(shared_data, item, article.title)))
        right += article.published == item["date"]
        assert all(link.span.of(article.text).strip() for link in article.links)
    assert len(pages) == 89
    assert sum(scores) / len(scores) >= 0.98
    assert right / len(pages) >= 0.95


def test_every_page_text_and_cluster_goes_through(shared_data):
    names = ["articles/html", "articles/text", "articles/sample.warc.gz", "articles/sample_feed.rss", "clusters"]
    found = list(gather([str(shared_data / name) for name in names]))
    rejected = [item for item in found if isinstance(item, Rejection)]
    documents = [item for item in found if isinstance(item, Document)]
    for document in documents:
        try:
            article = parse(document)
        except GraphkitError as error:
            rejected.append(Rejection(document.origin, error))
        else:
            assert article.title_span is None or article.title_span.of(article.text) == article.title
    assert not rejected
    assert len(documents) >= 89 + 125 + 12 + 176


def test_the_whole_folder_is_taken_with_its_catalogues_left_out(shared_data):
    found = list(gather([str(shared_data / "articles")]))
    assert not [item for item in found if isinstance(item, Rejection)]
    assert not [item for item in found if "index.jsonl" in item.origin or "hyperlinks.jsonl" in item.origin]


def test_links_of_real_pages_are_found(shared_data, items):
    known = [
        json.loads(line) for line in (shared_data / "articles" / "hyperlinks.jsonl").read_text(encoding="utf-8").splitlines()
    ]
    pages = {item["id"]: item for item in items if item["html"]}
    wanted = found = 0
    for page in known:
        item = pages[page["id"]]
        body = gzip.decompress((shared_data / "articles" / item["html"]).read_bytes())
        article = parse(Document(body, "text/html", item["html"], url=item["url"]))
        addresses = {link.url.rstrip("/") for link in article.links}
        wanted += len(page["links"])
        found += sum(link["url"].rstrip("/") in addresses for link in page["links"])
    assert found / wanted >= 0.95
