"""The command line: thin verbs over the library; the only room that prints or exits.

Commands are loaded when they are called, so that ``graphkit --help`` costs little more than click itself.  ``COMMANDS`` maps each
name to its function and its one line of help; a test keeps the map and the functions' own help equal.
"""

import sys
from typing import NoReturn

from graphkit.cli.lazy import LazyCommand, LazyGroup
from graphkit.cli.settings import global_options

COMMANDS: dict[str, LazyCommand] = {
    "demo": LazyCommand("graphkit.cli.demo:demo", "Add the packaged seed articles to a new folder and show what they gave."),
    "add": LazyCommand("graphkit.cli.add:add", "Add articles from files, folders, URLs, feeds, web archives or '-'."),
    "remove": LazyCommand("graphkit.cli.remove:remove", "Take articles out of the graph."),
    "list": LazyCommand("graphkit.cli.listing:list_", "List articles, claims, actors, outlets or citations."),
    "show": LazyCommand("graphkit.cli.show:show", "Show one article, claim, actor or outlet with its quotes."),
    "query": LazyCommand("graphkit.cli.query:query", "Ask the graph in SPARQL, without the network."),
    "export": LazyCommand("graphkit.cli.export:export", "Write the graph to files; the ending chooses the format."),
    "view": LazyCommand("graphkit.cli.view:view", "Write the graph as one self-contained HTML page."),
    "check": LazyCommand(
        "graphkit.cli.check:check", "Check the graph: its rules, its quotes, background questions, circles, unrated outlets."
    ),
    "validate": LazyCommand("graphkit.cli.check:validate", "Check anyone's RDF files against graphkit's shapes (SHACL)."),
    "ratings": LazyCommand("graphkit.cli.ratings:ratings", "Import, list, explain and compare what raters say of outlets."),
    "merge": LazyCommand("graphkit.cli.decisions:merge", "Decide that B is the same as A, whose name stays."),
    "split": LazyCommand("graphkit.cli.decisions:split", "Decide that A and B are not the same, whatever is computed."),
    "rename": LazyCommand("graphkit.cli.decisions:rename", "Decide what a thing is called from now on."),
    "note": LazyCommand("graphkit.cli.decisions:note", "Keep a note on an article, claim, actor or outlet."),
    "undo": LazyCommand("graphkit.cli.decisions:undo", "Take back a decision, the last one when no number is given."),
    "decisions": LazyCommand("graphkit.cli.decisions:decisions", "List what people decided, with who and when."),
    "extract": LazyCommand("graphkit.cli.extract:extract", "Print what is found in articles as JSON lines; store nothing."),
    "eval": LazyCommand("graphkit.cli.evaluate:eval_", "Measure graphkit on your own gold annotations."),
    "db": LazyCommand("graphkit.cli.db:db", "Look after the graph's file: info, verify, rebuild, backup, compact."),
}


@global_options
def cli() -> None:
    """Who says what, on whose word, in which outlets.

    graphkit reads articles into a graph of claims, actors and cited outlets.  Every answer leads back to words in a text.

    \b
    Start here:
      graphkit demo exports        a small graph to look at
      graphkit add article.txt     your own articles, into graph.db
      graphkit view --open         the graph as a page
    """  # noqa: D301 - click reads the character \b as "do not wrap"


group = LazyGroup(cli, COMMANDS)


def main(arguments: list[str] | None = None) -> NoReturn:
    """Run the command line and exit with its code."""
    from graphkit.cli.failures import run

    sys.exit(run(group, sys.argv[1:] if arguments is None else arguments))
