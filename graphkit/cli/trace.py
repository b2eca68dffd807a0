"""``graphkit trace``."""

from collections.abc import Iterator
from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from graphkit.cli.printing import print_json, shortened, visible
from graphkit.cli.settings import Settings, global_options, with_settings

if TYPE_CHECKING:
    from graphkit.graph.tracing import Traced
    from graphkit.matching.trace import Carrier, Chain, Step

_SHOWN = 10
_QUOTE = 160
_BEFORE = 5
_KINDS = {
    "decision": "decided by a person",
    "copy": "the same text",
    "credit": "a credit line",
    "attribution": "ascribed in the text",
    "link": "a link",
    "rewrite": "a likely rewrite",
    "list": "named in a list of sources",
}


@click.command()
@click.argument("name", metavar="CLAIM|ARTICLE")
@click.option("--depth", type=click.IntRange(0), metavar="N", help="Steps back to follow; all when not given.")
@global_options
@with_settings
def trace(settings: Settings, /, name: str, *, depth: int | None) -> None:
    """Follow a claim or an article back to the first known origin.

    Each step is shown with the quotes that show it; where the chain goes cold is said.  Of an article, the claims that
    other articles carry too are followed.
    """
    from graphkit.graph import Graph

    with Graph.open(settings.graph, is_read_only=True) as graph:
        found = graph.trace(name, depth=depth)
    if settings.form == "json":
        print_json(asdict(found))
        return
    shown = found.chains if settings.is_verbose else found.chains[:_SHOWN]
    for line in _lines(found, shown):
        click.echo(line)
    if len(shown) < len(found.chains):
        click.echo(f"… and {len(found.chains) - len(shown)} more claims; --verbose prints all")


def _lines(found: "Traced", shown: "tuple[Chain, ...]") -> Iterator[str]:
    yield f"{'article' if found.start else 'claim'}: {visible(found.title)}"
    yield f"  id: {found.name}"
    if not shown:
        yield "no other article in this graph carries a claim of it"
        return
    labels = {one.article: _label(one) for chain in found.chains for one in (*chain.carriers, *chain.before)}
    # an article has all its claims along the same steps: they are told once
    steps = {(step.taker, step.giver, step.kind): step for chain in shown for step in chain.steps}
    if steps:
        yield ""
        yield "has it from"
        for step in sorted(steps.values(), key=lambda step: -step.confidence):
            yield from _step_lines(step, labels)
    for chain in shown:
        yield ""
        yield from _chain_lines(chain, labels)


def _chain_lines(chain: "Chain", labels: dict[str, str]) -> Iterator[str]:
    outlets = {carrier.outlet for carrier in chain.carriers if carrier.outlet}
    carried = f"{_counted(len(chain.carriers), 'article')} of {_counted(len(outlets), 'outlet')}"
    yield f"claim: {_quoted(chain.wordings[0])} ({chain.claim})"
    yield f"  carried by {carried}; independent origins: {_number(chain.origins.independent)}"
    yield "  told, earliest first"
    for carrier in chain.carriers:
        yield from _carrier_lines(carrier, labels)
    if chain.before:
        yield "  told before in other words, with the same figure or its parts"
        for carrier in chain.before[:_BEFORE]:
            yield from _carrier_lines(carrier, labels)
        if len(chain.before) > _BEFORE:
            yield f"    … and {len(chain.before) - _BEFORE} more"
    yield from _end_lines(chain, labels)


def _carrier_lines(carrier: "Carrier", labels: dict[str, str]) -> Iterator[str]:
    on_word = f", on the word of {', '.join(map(visible, carrier.speakers))}" if carrier.speakers else ""
    yield f"    {labels[carrier.article]}{on_word}"
    yield f"        {_quoted(carrier.quote)}"


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


def _number(value: float) -> str:
    """Return a number of origins in words: some may derive from each other, so that not every one is whole."""
    return f"{value:.0f}" if value.is_integer() else f"about {value:.1f}"


def _step_lines(step: "Step", labels: dict[str, str]) -> Iterator[str]:
    giver = labels.get(step.giver, step.giver.removeprefix("outlet-"))
    later = ", although published later" if step.is_later else ""
    yield f"    {labels.get(step.taker, step.taker)} ← {giver}: {_KINDS[step.kind]} ({step.confidence:.2f}){later}"
    for sign, quote in (("", step.quote), ("← ", step.giver_quote)):
        if quote:
            yield f"        {sign}{_quoted(quote)}"


def _end_lines(chain: "Chain", labels: dict[str, str]) -> Iterator[str]:
    if chain.origins.origins:
        yield "  first known origin" if len(chain.origins.origins) == 1 else "  first known origins"
    kinds = {"speaker": "who said it", "anonymous": "unnamed", "outlet": "outlet named", "article": "no source given"}
    for origin in chain.origins.origins:
        first = f", first told {origin.first_said}" if origin.first_said else ", undated"
        lead = f"{_counted(len(origin.articles), 'article')} lead{'s' if len(origin.articles) == 1 else ''} there"
        yield f"    {visible(origin.label)} ({kinds[origin.kind]}{first}; {lead})"
    if chain.before:
        earliest = chain.before[0]
        on_word = f", on the word of {', '.join(map(visible, earliest.speakers))}" if earliest.speakers else ""
        yield f"  earliest known statement: {labels[earliest.article]}{on_word}"
    if chain.origins.is_circular:
        yield "  no origin: the articles lean on each other"
    for circle in chain.circles:
        loop = " ← ".join(labels.get(name, name.removeprefix("outlet-")) for name in circle.loop)
        yield f"  {'goes in a circle' if circle.is_closed else 'cite each other'}: {loop}"
    if chain.cold:
        yield "  goes cold at"
        for name in chain.cold:
            yield f"    {labels.get(name, name)}: names nobody it has this from"
    for stale in chain.stale:
        yield f"  old news: {labels.get(stale.article, stale.article)} came {stale.days} days after {labels.get(stale.first, stale.first)}"


def _label(carrier: "Carrier") -> str:
    where = carrier.outlet or "no outlet"
    return f"{where} “{shortened(carrier.headline, 60)}” ({carrier.published or 'undated'})"


def _quoted(text: str) -> str:
    return f"“{shortened(text, _QUOTE)}”"
