"""Mentions with the style before them: "Governor Jo Bloggs", "Vice President Bloggs" are named by the whole.

The style is part of how an article names somebody; it is left off where the tables know the full name ("President *Vladimir Putin*").
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from graphkit.extraction.actors.names import titles
from graphkit.model import Mention, Span

_WORD_BEFORE = re.compile(r"(?<![\w.’'-])([A-Z][\w’'-]{0,20}\.?)\s$")
_REACH = 24


def with_styles(text: str, mentions: Iterable[Mention]) -> Iterator[Mention]:
    """Yield mentions, in text order and apart as they came, persons with the capitalised style directly before their name."""
    taken = 0
    for mention in mentions:
        whole = _styled(text, mention, taken) if _takes_style(text, mention) else mention
        taken = mention.span.end
        yield whole


def _takes_style(text: str, mention: Mention) -> bool:
    if mention.actor.kind != "person" or mention.kind != "name":
        return False
    return mention.actor.wikidata is None or " " not in mention.span.of(text)


def _styled(text: str, mention: Mention, floor: int) -> Mention:
    begin = mention.span.begin
    while (found := _WORD_BEFORE.search(text, max(floor, begin - _REACH), begin)) is not None and _is_style(
        found[1], begin, text
    ):
        begin = found.start(1)
    if begin == mention.span.begin or "\n" in text[begin : mention.span.begin]:
        return mention
    kind = mention.kind if " " in mention.span.of(text) else "title"
    return replace(mention, span=Span(begin, mention.span.end), kind=kind)


def _is_style(word: str, end: int, text: str) -> bool:
    """Say whether a capitalised word is a style, or the first of one in two words ("Prime Minister", "Vice President")."""
    lower = word.lower().rstrip(".")
    following = text[end : end + _REACH].partition(" ")[0].lower().rstrip(".")
    return lower in titles("style") or (lower in titles("before_style") and following in titles("style"))
