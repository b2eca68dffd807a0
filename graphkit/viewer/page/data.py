"""``ViewModel`` → the JSON that a page carries: columns, so that it stays small, compressed where it is not."""

import base64
import gzip
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass
from typing import Any

from graphkit.viewer.page.slimming import slim
from graphkit.viewer.view_model.rows import EDGE_KINDS, ViewModel

PLAIN_BELOW = 1_000_000
"""Characters of JSON up to which a page keeps it readable."""
CODED_FROM = 200
"""Rows from which a column of few different words is written as a list of words and numbers."""
MAX_WORDS = 64
PACKING = 7
"""Level of gzip: at 9 a page of 50,000 nodes is half a percent smaller and takes a second longer."""
FORMAT = 1

TABLES = (
    "outlets",
    "articles",
    "claims",
    "actors",
    "assertions",
    "citations",
    "mentions",
    "ratings",
    "assessments",
    "links",
    "notes",
    "remarks",
    "circles",
    "clusters",
)
_UNSAFE = re.compile("[<>&'\u2028\u2029\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class PageData:
    """The data block of a page: its media type and what stands between the tags, safe there as it is."""

    media_type: str
    body: str


def page_data(model: ViewModel, extra: Mapping[str, Any] | None = None) -> PageData:
    """Return the data block: plain JSON, or gzip in base64 above ``PLAIN_BELOW``."""
    whole = {**columns(model), **(extra or {})}
    text = json_of(whole)
    if len(text) < PLAIN_BELOW:
        return PageData("application/json", escape(text))
    text = json_of(slim(whole, model))
    packed = gzip.compress(text.encode("utf-8", "replace"), compresslevel=PACKING, mtime=0)
    return PageData("application/octet-stream", base64.b64encode(packed).decode("ascii"))


def json_of(value: Any) -> str:
    """Return compact JSON, letters as they are."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)


def escape(text: str) -> str:
    """Make JSON safe between tags: what HTML or JavaScript might read becomes an escape of JSON."""
    return _UNSAFE.sub(lambda match: f"\\u{ord(match.group()):04x}", text)


def columns(model: ViewModel) -> dict[str, Any]:
    """Return the whole of a view model as JSON-ready columns.

    A column whose values are all the row's default is left out; ranges are [begin, end], nested rows lists of their fields.
    """
    view, focus = model.start
    return {
        "format": FORMAT,
        "start": {"view": view, "focus": focus, "embed": model.options.embed},
        "tables": {name: _table(getattr(model, name)) for name in TABLES},
        "edges": {
            "kinds": EDGE_KINDS,
            "source": [edge[0] for edge in model.edges],
            "kind": [edge[1] for edge in model.edges],
            "target": [edge[2] for edge in model.edges],
        },
        "cluster_of": model.cluster_of,
    }


def _table(rows: Sequence[Any]) -> dict[str, Any]:
    table: dict[str, Any] = {"rows": len(rows)}
    for field in fields(rows[0]) if rows else ():
        values = [getattr(row, field.name) for row in rows]
        if any(value != field.default for value in values):
            table[field.name] = _column(values)
    return table


def _column(values: list[Any]) -> Any:
    first = next((value for value in values if value is not None), None)
    if isinstance(first, tuple):
        return [[_plain(one) for one in value] for value in values]
    if isinstance(first, str) and len(values) >= CODED_FROM:
        words = sorted({value for value in values if value is not None})
        if len(words) <= MAX_WORDS:
            code = {word: number for number, word in enumerate(words)}
            return {"words": words, "codes": [-1 if value is None else code[value] for value in values]}
    return values


def _plain(value: Any) -> Any:
    return [getattr(value, field.name) for field in fields(value)] if is_dataclass(value) else value
