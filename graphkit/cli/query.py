"""``graphkit query``."""

import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from graphkit import limits
from graphkit.cli.printing import Column, print_rows
from graphkit.cli.settings import Settings, global_options_without_q, with_settings
from graphkit.errors import NotAllowed, UnreadableInput

if TYPE_CHECKING:
    from graphkit.store.query import QueryResult

_TABLES = ("table", "csv", "tsv", "json", "xml")
_GRAPHS = ("ttl", "trig", "nt", "nq", "jsonld", "rdf")


@click.command()
@click.argument("file", required=False, metavar="[FILE|-]")
@click.option("-q", "sparql", metavar="QUERY", help="The query itself.")
@click.option("--name", metavar="NAME", help="A packaged question, such as cq01.")
@click.option("--names", is_flag=True, help="List the packaged questions.")
@click.option(
    "--set", "settings_", multiple=True, metavar="KEY=VALUE", help="Put a value in the place of a variable; may be repeated."
)
@click.option("-f", "--form", type=click.Choice((*_TABLES, *_GRAPHS)), help="The form of the answer.")
@click.option("--timeout", type=click.FloatRange(0.1), default=limits.QUERY_SECONDS, show_default=True, help="Seconds.")
@click.option("--limit", type=click.IntRange(1), help="At most so many rows.")
@click.option("--ask-exit", is_flag=True, help="Exit with 1 when an ASK is answered by no.")
@click.option("--explain", is_flag=True, help="Print the query as it is run, and stop.")
@click.option("--allow-network", is_flag=True, help="Let SERVICE ask other machines, which tells them what you look for.")
@click.option("--endpoint", metavar="URL", help="Ask this SPARQL endpoint instead, which tells it what you look for.")
@click.option("--user", metavar="NAME", help="Who asks the endpoint; the password is $GRAPHKIT_REMOTE_PASSWORD, or asked for.")
@global_options_without_q
@with_settings
def query(
    settings: Settings,
    /,
    file: str | None,
    *,
    sparql: str | None,
    name: str | None,
    names: bool,
    settings_: tuple[str, ...],
    form: str | None,
    ask_exit: bool,
    explain: bool,
    endpoint: str | None,
    user: str | None,
    **bounds: float | bool | None,
) -> int:
    """Ask the graph in SPARQL, without the network.

    SELECT, ASK, CONSTRUCT and DESCRIBE; the prefixes cito, dqv, gk, gkd, nif, owl, prov, rdf, rdfs, schema, skos, wd
    and xsd are known.  The default graph is all graphs together.  --set takes an identifier of this graph, a Wikidata
    id, a domain, an article's URL, or any term in Turtle: actor=Q159, outlet=meduza.io, words='"drone"', least=5.
    """
    if names:
        return _print_names(settings)
    values = dict(_setting(item) for item in settings_)
    text = _query_text(file, sparql, name, values)
    values = {} if name is not None else {key: _as_term(key, value) for key, value in values.items()}
    if explain:
        click.echo(text.rstrip() + "".join(f"\n# {key} = {value}" for key, value in values.items()))
        return 0
    ask = _ask if endpoint is None else partial(_ask_endpoint, endpoint, user)
    result = ask(settings, text, values, **bounds)
    _print_result(settings, result, form)
    return 1 if ask_exit and result.boolean is False else 0


def _ask(settings: Settings, text: str, values: dict[str, str], **bounds: float | bool | None) -> "QueryResult":
    from graphkit.store.query import run_query
    from graphkit.store.query.run import Limits

    return run_query(
        settings.graph,
        text,
        bounds=Limits(seconds=float(bounds["timeout"] or limits.QUERY_SECONDS), rows=bounds["limit"]),  # type: ignore[arg-type]
        substitutions=values,
        allow_network=bool(bounds["allow_network"]),
    )


def _ask_endpoint(
    url: str, user: str | None, _settings: Settings, text: str, values: dict[str, str], **bounds: float | bool | None
) -> "QueryResult":
    from graphkit.cli.push import credentials_of
    from graphkit.store.remote.asking import query_endpoint

    return query_endpoint(
        url,
        text,
        substitutions=values,
        credentials=credentials_of(user),
        seconds=float(bounds["timeout"] or limits.QUERY_SECONDS),
        rows=bounds["limit"],  # type: ignore[arg-type]
    )


def _print_names(settings: Settings) -> int:
    from graphkit.rdf.ontology.questions import questions

    columns = (Column("name", "name"), Column("question", "question"), Column("set", "--set"))
    rows = [(item.name, item.sentence, ", ".join(f"{p.name}=…" for p in item.parameters) or None) for item in questions()]
    print_rows(settings, columns, rows)
    return 0


def _query_text(file: str | None, sparql: str | None, name: str | None, values: dict[str, str]) -> str:
    """Return the query from the one place that was named, or from stdin; a packaged question with its values bound."""
    if sum(given is not None for given in (file, sparql, name)) > 1:
        raise NotAllowed("a query was given more than once", hint="use one of FILE, -q and --name")
    if sparql is not None:
        return sparql
    if name is not None:
        from graphkit.rdf.ontology.questions import narrowed, question

        return narrowed(question(name), values)
    if file is None and sys.stdin.isatty():
        raise NotAllowed(
            "no query was given", hint="use -q 'SELECT …', a file, or --name cq01; --names lists the packaged questions"
        )
    return _read(file or "-")


def _read(file: str) -> str:
    try:
        body = sys.stdin.buffer.read() if file == "-" else Path(file).read_bytes()
        return body.decode("utf-8-sig")
    except OSError as error:
        raise UnreadableInput(f"{file}: cannot be read ({error.strerror})", hint="name a file with a SPARQL query") from error
    except UnicodeDecodeError as error:
        raise UnreadableInput(
            f"{file}: is not UTF-8 text (byte {error.start})", hint="name a file with a SPARQL query"
        ) from error


def _setting(item: str) -> tuple[str, str]:
    key, separator, value = item.partition("=")
    if not separator or not key:
        raise NotAllowed(
            f"--set takes KEY=VALUE, got {item!r}",
            hint="for example --set actor=gkd:actor-Q159 or --set domain='\"meduza.io\"'",
        )
    return key.lstrip("?$"), value


def _as_term(key: str, value: str) -> str:
    """Return a value as a term in Turtle: what names a node of ours as its IRI, anything else as it was written."""
    from graphkit.errors import InputError
    from graphkit.rdf.ontology.questions import Parameter, parameter_term

    if value[:1] in {'"', "'", "<"} or value.replace(".", "").lstrip("+-").isdecimal():
        return value
    try:
        return str(parameter_term(Parameter(key, "resource"), value))
    except InputError:
        return value


def _print_result(settings: Settings, result: "QueryResult", form: str | None) -> None:
    if result.triples is not None:
        _print_triples(result.triples, form or "ttl")
    elif form in _GRAPHS:
        raise NotAllowed(f"-f {form} is for CONSTRUCT and DESCRIBE", hint="SELECT and ASK take " + ", ".join(_TABLES))
    elif form in {"csv", "tsv", "json", "xml"}:
        _print_standard(settings, result, form)
    else:
        _print_table(settings, result, form)
    if (result.is_truncated or result.note) and not settings.is_quiet:
        click.echo(result.note or "the answer was cut at the limit", err=True)
    if result.behind and not settings.is_quiet:
        click.echo(f"{result.behind} article(s) just added are not in this answer yet", err=True)


def _print_standard(settings: Settings, result: "QueryResult", form: str) -> None:
    from graphkit.graph.formulas import defused
    from graphkit.store.query.results import write_results

    for piece in write_results(result, form, defuse=str if settings.is_raw else defused):  # type: ignore[arg-type]
        sys.stdout.write(piece)


def _print_table(settings: Settings, result: "QueryResult", form: str | None) -> None:
    from graphkit.cli.printing import print_table
    from graphkit.store.query.results import cells

    if form is None and settings.form == "auto" and not sys.stdout.isatty():
        _print_standard(settings, result, "tsv")
        return
    headings, rows = cells(result)
    columns = [Column(heading, heading) for heading in headings]
    if form == "table":
        print_table(settings, columns, list(rows))
    else:
        # on a terminal it is said below, for every form alike
        print_rows(settings, columns, rows, is_truncated=result.is_truncated and settings.form == "json")


def _print_triples(triples: bytes, form: str) -> None:
    if form not in _GRAPHS:
        raise NotAllowed(f"-f {form} is for SELECT and ASK", hint="CONSTRUCT and DESCRIBE take " + ", ".join(_GRAPHS))
    from graphkit.rdf.formats import FORMATS, parse, serialize

    sys.stdout.write(serialize(parse(triples, FORMATS[".nt"]), f".{form}").decode())
