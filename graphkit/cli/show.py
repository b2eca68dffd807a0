"""``graphkit show``."""

from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from graphkit.cli.listing import IsoDate
from graphkit.cli.printing import print_json, visible
from graphkit.cli.settings import Settings, global_options, with_settings

if TYPE_CHECKING:
    from graphkit.graph.cards import Card, Item


@click.command()
@click.argument("name", metavar="NAME|ID|DOMAIN|URL")
@click.option("--context", type=click.IntRange(0), default=0, metavar="N", help="Characters of text to show around each quote.")
@click.option("--why", "is_explained", is_flag=True, help="For a claim: its support, and the sum behind it, term by term.")
@click.option(
    "--without", multiple=True, metavar="OUTLET", help="For a claim: its support if this outlet had published nothing."
)
@click.option("--as-of", type=IsoDate(), help="With --why: read the ratings of outlets as they were on this day.")
@global_options
@with_settings
def show(
    settings: Settings, /, name: str, *, context: int, is_explained: bool, without: tuple[str, ...], as_of: str | None
) -> None:
    """Show one article, claim, actor or outlet with its quotes.

    Each quote is given with its offsets: characters of the article's text, the end not included.
    """
    from graphkit.graph import Graph

    with Graph.open(settings.graph, is_read_only=True) as graph:
        card = graph.card(name)
        why = graph.why(card.id, without=without, as_of=as_of) if is_explained or without or as_of else None
        if settings.form == "json":
            print_json(asdict(card) | ({"why": asdict(why)} if why is not None else {}))
            return
        texts = (
            graph.texts({item.article_id for section in card.sections for item in section.items if item.article_id})
            if context
            else {}
        )
    _draw(card, settings, texts, context)
    if why is not None:
        click.echo("\n" + "\n".join(visible(line) for line in why.lines()))


def _draw(card: "Card", settings: Settings, texts: dict[str, str], context: int) -> None:
    click.echo(f"{card.kind}: {visible(card.title)}")
    for label, value in card.facts:
        click.echo(f"  {label}: {visible(value)}")
    click.echo(f"  id: {card.id}")
    for section in card.sections:
        click.echo(f"\n{section.heading} ({len(section.items)})")
        shown = section.items if settings.is_verbose else section.items[:_MOST]
        for item in shown:
            _draw_item(item, card, texts, context)
        if len(shown) < len(section.items):
            click.echo(f"  … and {len(section.items) - len(shown)} more; --verbose prints all")


_MOST = 50


def _draw_item(item: "Item", card: "Card", texts: dict[str, str], context: int) -> None:
    if item.quote is None:
        click.echo(f"  {visible(item.text)}")
        return
    click.echo(f"  “{visible(_in_context(item, texts, context))}”")
    where = f"chars {item.begin}–{item.end}"
    if item.article_id != card.id:
        where += f" of “{visible(item.article or '')}”"
    click.echo(f"      {visible(item.text)} · {where}")


def _in_context(item: "Item", texts: dict[str, str], context: int) -> str:
    text = texts.get(item.article_id or "")
    if not context or text is None or item.begin is None or item.end is None:
        return item.quote or ""
    before, after = text[max(0, item.begin - context) : item.begin], text[item.end : item.end + context]
    return f"…{before}[{item.quote}]{after}…"
