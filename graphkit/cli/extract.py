"""``graphkit extract``."""

import click

from graphkit.cli.failures import report
from graphkit.cli.printing import print_json
from graphkit.cli.settings import Settings, global_options, with_settings
from graphkit.errors import GraphkitError
from graphkit.model import Overrides


@click.command()
@click.argument("sources", nargs=-1, metavar="SOURCE...")
@click.option(
    "--as", "as_format", metavar="FORMAT", help="Read as text, markdown, html, feed, warc or jsonl instead of guessing."
)
@click.option("--extractor", metavar="NAME", help="The extractor: model, rules, spacy, gliner, llm or an installed plug-in.")
@click.option("--title", help="The article's title, for one article.")
@click.option("--url", help="The address it was published at, for one article.")
@click.option("--outlet", help="Its outlet, as a domain.")
@click.option("--date", "published", metavar="YYYY-MM-DD", help="Its date of publication.")
@click.option("--schema", is_flag=True, help="Print the JSON Schema of a line and stop.")
@global_options
@with_settings
def extract(settings: Settings, /, sources: tuple[str, ...], as_format: str | None, extractor: str | None, *, schema: bool,
            **stated: str | None) -> int:  # fmt: skip
    """Print what is found in articles as JSON lines; store nothing.

    Offsets are characters (Unicode code points) of the printed text, the end not included.
    """
    from graphkit import reading
    from graphkit.extraction import extract as annotate
    from graphkit.extraction.json_form import annotation_schema, annotation_to_json

    if schema:
        print_json(annotation_schema())
        return 0
    if not sources:
        raise click.UsageError("Missing argument 'SOURCE...'.", click.get_current_context())
    code = 0
    for found in reading.gather(sources, as_format=as_format):
        try:
            if isinstance(found, reading.Rejection):
                raise found.error
            print_json(annotation_to_json(annotate(reading.parse(found, Overrides(**stated)), extractor)))
        except GraphkitError as error:
            report(error, settings)
            code = max(code, error.exit_code)
    return code
