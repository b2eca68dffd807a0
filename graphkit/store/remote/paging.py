"""The rest of an answer that a server cut, in pages.

Virtuoso ends answers at a number of rows (10,000 as Debian ships it) and says so in a header.  It refuses to sort further than that
with LIMIT and OFFSET, but pages an ordered query that stands inside of another.  Pages need an order that only equal rows share: what
a query shows and does not order by is added to its order.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from graphkit.errors import BadStatus
from graphkit.store.query.gate import Reading, Token, read_query

if TYPE_CHECKING:
    from graphkit.store.query import QueryResult

_ROUND: Final = 1_000
"""Servers cut at a multiple of this, those too that do not say so."""
_MOST_PAGES: Final = 100
_UNSTABLE: Final = frozenset({"reduced", "rand", "uuid", "struuid", "bnode", "now", "from"})
"""Words of queries that may answer otherwise the next time, and FROM, which cannot stand inside of another query."""
_ONCE: Final = frozenset({"limit", "offset", "values"})
"""Words that, outside of all brackets, come after ORDER BY: nothing can be added to it then."""

Ask = Callable[[str], "QueryResult"]
Page = Callable[[int, int], str]


def whole_answer(query: str, first: "QueryResult", ask: Ask, *, most: int | None = None) -> "QueryResult":
    """Return the answer whose beginning is ``first``, asking for the rest where the server cut it.

    Args:
        query: A SELECT, with all its prefixes.
        first: What the server answered; ``is_truncated`` where it said that this is not all.
        ask: Asks the server.
        most: So many rows are enough.

    Returns:
        All rows, or what was to be had, ``is_truncated``.
    """
    count = len(first.rows)
    page = _pages(query, first.variables) if count > 1 else None
    if page is None:
        return first
    if most is not None and count > most:
        return first
    try:
        if not first.is_truncated and (count % _ROUND or len(ask(page(2, count - 1)).rows) < 2):
            return first
        return _joined(replace(first, is_truncated=True), page, ask, most)
    except BadStatus:
        # it does not take such queries: then what it gave is all that there is to show
        return first


def _joined(first: "QueryResult", page: Page, ask: Ask, most: int | None) -> "QueryResult":
    """Ask for page after page; each begins with the last row of the one before, which shows that nothing has moved."""
    size = len(first.rows)
    rows = list(ask(page(size, 0)).rows)
    for _ in range(_MOST_PAGES):
        if most is not None and len(rows) > most:
            break
        found = ask(page(size, len(rows) - 1)).rows if rows else ()
        if not found or found[0] != rows[-1]:
            return first
        rows.extend(found[1:])
        if len(found) < size:
            return replace(first, rows=tuple(rows), is_truncated=False)
    return replace(first, rows=tuple(rows))


def _pages(query: str, variables: Sequence[str]) -> Page | None:
    """Return how to ask for so many rows of a query from one on; None where its rows have no lasting order."""
    reading = read_query(query, allow_network=True)
    tokens = reading.tokens
    begin = next((token.begin for token in tokens if token.kind == "word" and token.text.casefold() == "select"), None)
    outside = _outside(tokens)
    words = {token.text.casefold() for token in outside if token.kind == "word"}
    if begin is None or words & {"construct", "describe", "ask", *_ONCE} or _is_unstable(reading):
        return None
    if not variables or not set(variables) <= reading.variables:
        return None
    ordered = _ordered_by(tokens)
    more = " ".join(f"?{name}" for name in variables if name not in ordered)
    order = more if "order" in words else f"ORDER BY {more}"
    shown = " ".join(f"?{name}" for name in variables)

    def page(count: int, offset: int) -> str:
        inner = f"{query[begin:]}\n{order}"
        return f"{query[:begin]}SELECT {shown} WHERE {{ {{ {inner} }} }} LIMIT {count} OFFSET {offset}"

    return page


def _is_unstable(reading: Reading) -> bool:
    return any(token.kind == "word" and token.text.casefold() in _UNSTABLE for token in reading.tokens)


def _outside(tokens: Sequence[Token]) -> list[Token]:
    """Return the tokens that stand in no bracket."""
    found, depth = [], 0
    for token in tokens:
        is_sign = token.kind == "sign"
        depth -= is_sign and token.text in "})]"
        if not depth:
            found.append(token)
        depth += is_sign and token.text in "{(["
    return found


def _ordered_by(tokens: Sequence[Token]) -> set[str]:
    """Return the variables that the whole query is ordered by as they are, up or down."""
    outside = _outside(tokens)
    order = next((token for token in outside if token.kind == "word" and token.text.casefold() == "order"), None)
    if order is None:
        return set()
    found = {token.text[1:] for token in outside if token.kind == "variable" and token.begin > order.begin}
    clause = [token for token in tokens if token.begin > order.begin]
    for way, opening, variable, closing in zip(clause, clause[1:], clause[2:], clause[3:], strict=False):
        if (
            way.text.casefold() in {"asc", "desc"}
            and (opening.text, closing.text) == ("(", ")")
            and variable.kind == "variable"
        ):
            found.add(variable.text[1:])
    return found
