"""Front matter: the few lines between two ``---`` at the head of a text that state its title, address, outlet, date and authors.

A plain subset of YAML, as static-site tools write it: ``key: value``, quoted values, ``[a, b]`` and ``- a`` lists.  Anything else
between the marks means that it is no front matter, and the text is read from its first line.
"""

import re
from dataclasses import dataclass, field

from graphkit.model import Span

_KEYS = {
    "title": "title",
    "headline": "title",
    "url": "url",
    "link": "url",
    "permalink": "url",
    "canonical": "url",
    "canonical_url": "url",
    "outlet": "outlet",
    "publisher": "outlet",
    "site": "outlet",
    "date": "published",
    "published": "published",
    "author": "authors",
    "authors": "authors",
    "byline": "authors",
    "lang": "language",
    "language": "language",
}
_LINE = re.compile(r"(?P<key>[A-Za-z][A-Za-z0-9_-]{0,40})[ \t]{0,9}:(?:[ \t]{1,9}(?P<value>.*))?")
_ITEM = re.compile(r"[ \t]{0,9}-[ \t]{1,9}(?P<value>.*)")
_MOST_LINES = 100
_QUOTES = {'"': '"', "'": "'"}


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """What front matter states; ``end`` is the offset behind it (0 where there is none)."""

    end: int = 0
    facts: dict[str, str] = field(default_factory=dict)
    authors: tuple[str, ...] = ()
    title_span: Span | None = None

    def get(self, name: str) -> str | None:
        """Return a stated fact ("url", "outlet", "published", "language"), or None."""
        return self.facts.get(name)


def read_front_matter(text: str) -> FrontMatter:
    """Read the front matter at the head of a normalised text."""
    if not text.startswith("---\n"):
        return FrontMatter()
    facts: dict[str, str] = {}
    authors: list[str] = []
    title_span: Span | None = None
    at, key = 4, ""
    for _ in range(_MOST_LINES):
        end = text.find("\n", at)
        line = text[at:] if end < 0 else text[at:end]
        if line.rstrip() in {"---", "..."}:
            return FrontMatter(at + len(line), facts, tuple(authors), title_span)
        if end < 0:
            break
        item, match = _ITEM.fullmatch(line), _LINE.fullmatch(line)
        if item is not None and key:
            authors += _names(item["value"]) if key == "authors" else []
        elif match is not None:
            key = _KEYS.get(match["key"].lower(), match["key"])
            begin, value = _unquote(match["value"] or "", at + max(0, match.start("value")))
            authors += _names(value) if key == "authors" else []
            if value and key not in {"authors", *facts}:
                facts[key] = value
                title_span = Span(begin, begin + len(value)) if key == "title" else title_span
        elif line.strip() and not line.startswith((" ", "\t", "#")):
            break
        at = end + 1
    return FrontMatter()


def _unquote(value: str, at: int) -> tuple[int, str]:
    """Strip white space and one pair of quotes; return where what remains begins, and what remains."""
    stripped = value.strip()
    begin = at + len(value) - len(value.lstrip())
    if len(stripped) >= 2 and stripped[0] in _QUOTES and stripped[-1] == _QUOTES[stripped[0]]:
        return begin + 1, stripped[1:-1]
    return begin, stripped


def _names(value: str) -> list[str]:
    parts = value.strip().removeprefix("[").removesuffix("]").split(",")
    names = (_unquote(part, 0)[1].strip() for part in parts)
    return [name for name in names if name]
