"""The texts that the packaged tables are counted on: news, speeches and checked claims; never the texts that measure."""

import csv
import json
from collections.abc import Iterator
from pathlib import Path


def background_sentences(folder: Path) -> Iterator[str]:
    """Yield sentences of the corpora under ``folder``, in a fixed order; the clusters and pairs that measure are left out.

    Args:
        folder: The folder of shared data; parts that are missing are passed over.
    """
    from graphkit.extraction.language.sentences import split_sentences

    for text in _texts(folder):
        for sentence in split_sentences(text):
            yield text[sentence.begin : sentence.end]


def _texts(folder: Path) -> Iterator[str]:
    polnear, events = folder / "corpora" / "polnear" / "train.jsonl", folder / "citations" / "events.jsonl"
    for path in (polnear, events):
        if path.is_file():
            with path.open(encoding="utf-8") as lines:
                yield from (json.loads(line)["text"] for line in lines)
    for path in sorted((folder / "articles" / "text").glob("*.txt")):
        yield path.read_text(encoding="utf-8")
    claims = folder / "checked_claims" / "verified_claims.docs.tsv"
    if claims.is_file():
        with claims.open(encoding="utf-8", newline="") as rows:
            yield from (row[1] for row in csv.reader(rows, delimiter="\t") if len(row) > 1)
