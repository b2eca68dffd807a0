"""What ``graphkit trace`` prints: the chain behind a claim or an article, with names that a reader knows."""

from collections import defaultdict, deque
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from graphkit.errors import InputError, NotFound
from graphkit.graph.finding import find
from graphkit.graph.selecting import select
from graphkit.matching.accounts import read_accounts
from graphkit.matching.stored import StoredMatches, stored_links
from graphkit.matching.trace import Chain, Step, trace

if TYPE_CHECKING:
    from graphkit.graph import Graph

_TRACED = {"Claim", "Article"}
_ASSERTIONS = "SELECT ?as ?article ?claim WHERE { ?as gk:claim ?claim ; gk:inArticle ?article }"


@dataclass(frozen=True, slots=True)
class Traced:
    """The chains behind one name; ``title`` is the article's headline or the claim's wording, ``start`` the article, if it is one."""

    name: str
    title: str
    start: str | None
    chains: tuple[Chain, ...]


def trace_name(graph: "Graph", name: str, *, depth: int | None = None) -> Traced:
    """Return the chains behind what is called ``name``, most carried first.

    Args:
        graph: The graph.
        name: A claim or article: identifier or the beginning of one, URL, wording or headline; or an assertion's identifier.
        depth: Steps back to follow, from the article itself or from any that carries the claim; all if None.

    Raises:
        NotFound: Nothing, or more than one thing, is called that.
        InputError: It is neither a claim nor an article.
    """
    identifier, kind = (name, "Claim") if name.startswith("as-") else find(graph.decided_index(), name)
    if kind not in _TRACED:
        raise InputError(
            f"{name!r} is no claim and no article", hint="'graphkit list claims' and 'list articles' show what can be traced"
        )
    article_of, wanted = _assertions(graph, identifier)
    stored = StoredMatches(stored_links(graph.record))
    claims = {stored.claim_of(name) for name in wanted}
    start = identifier if kind == "Article" else None
    if start is not None:
        claims = {members for members in claims if len(members) > 1}
    chains = trace(stored, claims, article_of, lambda names: read_accounts(graph.record, names))
    kept = [replace(chain, steps=_within(chain, start, depth)) for chain in chains]
    ordered = sorted(kept, key=lambda chain: (-len(chain.carriers), chain.claim))
    title = graph.record.article(identifier).headline if start else ordered[0].wordings[0]
    return Traced(identifier, title, start, tuple(ordered))


def _assertions(graph: "Graph", identifier: str) -> tuple[dict[str, str], list[str]]:
    """Return the article of every assertion, and the assertions that an identifier stands for.

    Raises:
        NotFound: There is no such assertion.
    """
    article_of: dict[str, str] = {}
    wanted = []
    for row in select(graph.index(), _ASSERTIONS):
        name, article = row["as"] or "", row["article"] or ""
        article_of[name] = article
        if identifier in {name, article, row["claim"]}:
            wanted.append(name)
    if not wanted and identifier.startswith("as-"):
        raise NotFound(f"there is no assertion {identifier!r}", hint="'graphkit list claims' shows what there is")
    return article_of, wanted


def _within(chain: Chain, start: str | None, depth: int | None) -> tuple[Step, ...]:
    """Return the steps that lead back from ``start`` (from every carrier if None), at most ``depth`` of them one after another."""
    if start is None:
        return chain.steps if depth is None or depth > 0 else ()
    by_taker: dict[str, list[Step]] = defaultdict(list)
    for step in chain.steps:
        by_taker[step.taker].append(step)
    found, far, waiting = [], {start: 0}, deque([start])
    while waiting:
        name = waiting.popleft()
        if depth is not None and far[name] >= depth:
            continue
        for step in by_taker[name]:
            found.append(step)
            if step.giver not in far:
                far[step.giver] = far[name] + 1
                waiting.append(step.giver)
    return tuple(found)
