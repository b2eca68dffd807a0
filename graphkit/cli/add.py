"""``graphkit add``."""

from collections.abc import Sequence

import click

from graphkit.cli.outcomes import Outcomes
from graphkit.cli.progress import watched
from graphkit.cli.settings import Settings, global_options, with_settings
from graphkit.errors import NotAllowed
from graphkit.model import Overrides


@click.command()
@click.argument("sources", nargs=-1, required=True, metavar="SOURCE...")
@click.option(
    "--as", "as_format", metavar="FORMAT", help="Read as text, markdown, html, feed, warc or jsonl instead of guessing."
)
@click.option("--title", help="The article's title, for one article.")
@click.option("--url", help="The address it was published at, for one article.")
@click.option("--outlet", help="Its outlet, as a domain.")
@click.option("--date", "published", metavar="YYYY-MM-DD", help="Its date of publication.")
@click.option("--extractor", metavar="NAME", help="The extractor: model, rules, spacy, gliner, llm or an installed plug-in.")
@click.option("--jobs", type=click.IntRange(0), default=0, show_default="one a core", help="Processes that read and extract.")
@click.option("--limit", type=click.IntRange(1), help="Stop after so many articles.")
@click.option("--dry-run", is_flag=True, help="Read and extract, store nothing.")
@global_options
@with_settings
def add(
    settings: Settings,
    /,
    sources: tuple[str, ...],
    *,
    as_format: str | None,
    extractor: str | None,
    jobs: int,
    limit: int | None,
    dry_run: bool,
    **stated: str | None,
) -> int:
    """Add articles from files, folders, URLs, feeds, web archives or '-'.

    An article that is there already is replaced when its text or what is found in it has changed.
    What cannot be read is named and left out; the rest goes in.  'graphkit update' then links what was added with the
    other articles.
    """
    from graphkit.graph import Graph

    overrides = Overrides(**stated)
    _refuse_many(sources, overrides)
    outcomes = Outcomes(settings, is_rehearsal=dry_run)
    with Graph.open(settings.graph, is_rehearsal=dry_run) as graph:
        results = graph.add_all(
            sources, as_format=as_format, overrides=overrides, extractor=extractor, processes=jobs, limit=limit
        )
        with watched(results, settings, "articles") as seen:
            for result in seen:
                outcomes.take(result)
        is_one_of_several = graph.record.count_articles() > 1
    code = outcomes.finish()
    if outcomes.has_changed and is_one_of_several and settings.form == "auto" and not (settings.is_quiet or dry_run):
        click.echo("hint: 'graphkit update' links what was added with the other articles", err=True)
    return code


def _refuse_many(sources: Sequence[str], overrides: Overrides) -> None:
    """A title or an address belongs to one article."""
    if len(sources) > 1 and (overrides.title or overrides.url):
        raise NotAllowed("--title and --url describe one article, but several sources were given", hint="add them one by one")
