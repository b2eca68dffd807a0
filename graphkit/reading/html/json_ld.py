"""What a page says of itself in JSON-LD (schema.org), found without trusting its shape or its size."""

import json
from collections.abc import Iterator
from typing import Any

from lxml.etree import _Element

ARTICLE_TYPES = frozenset(
    {
        "AnalysisNewsArticle",
        "Article",
        "AskPublicNewsArticle",
        "BackgroundNewsArticle",
        "BlogPosting",
        "LiveBlogPosting",
        "NewsArticle",
        "OpinionNewsArticle",
        "Report",
        "ReportageNewsArticle",
        "ReviewNewsArticle",
        "SatiricalArticle",
        "ScholarlyArticle",
        "SocialMediaPosting",
        "TechArticle",
    }
)
"""The schema.org types of something that is read as an article."""

_MOST_BYTES = 1_000_000
_MOST_NODES = 5_000
Node = dict[str, Any]


def find_article_node(tree: _Element) -> Node | None:
    """Return the first JSON-LD node of an article type that has a headline or a date, or None."""
    nodes = (node for node in _nodes(tree) if ARTICLE_TYPES.intersection(_strings(node.get("@type"))))
    return next((node for node in nodes if node.get("headline") or node.get("datePublished")), None)


def text_of(node: Node | None, key: str) -> str | None:
    """Return the first plain string under ``key``, or None."""
    values = _strings(node.get(key)) if node else []
    return next((value.strip() for value in values if value.strip()), None)


def names_of(node: Node | None, key: str) -> tuple[str, ...]:
    """Return the names under ``key``, whose values are strings or nodes with a ``name``."""
    values = (node or {}).get(key)
    found: list[str] = []
    for value in values if isinstance(values, list) else [values]:
        found += _strings(value.get("name")) if isinstance(value, dict) else _strings(value)
    return tuple(dict.fromkeys(name.strip() for name in found if name.strip()))


def _nodes(tree: _Element) -> Iterator[Node]:
    waiting: list[Any] = list(_parsed(tree))
    for _ in range(_MOST_NODES):
        if not waiting:
            return
        value = waiting.pop(0)
        if isinstance(value, dict):
            yield value
            waiting += [value[key] for key in ("@graph", "mainEntity", "mainEntityOfPage", "itemListElement") if key in value]
        elif isinstance(value, list):
            waiting[:0] = value[:_MOST_NODES]


def _parsed(tree: _Element) -> Iterator[Any]:
    for script in tree.iter("script"):
        kind = (script.get("type") or "").strip().lower()
        content = (script.text or "").strip()
        if kind != "application/ld+json" or not content or len(content) > _MOST_BYTES:
            continue
        content = (
            content.removeprefix("<!--")
            .removesuffix("-->")
            .removeprefix("//<![CDATA[")
            .removesuffix("//]]>")
            .strip()
            .rstrip(";")
        )
        try:
            yield json.loads(content, strict=False)
        except (ValueError, RecursionError):
            continue


def _strings(value: object) -> list[str]:
    if isinstance(value, str):
        return [value]
    return [item for item in value if isinstance(item, str)] if isinstance(value, list) else []
