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
    "import": LazyCommand("graphkit.cli.imports:import_", "Take in graphkit RDF made elsewhere, or fact-checks (ClaimReview)."),
    "view": LazyCommand("graphkit.cli.view:view", "Write the graph as one self-contained HTML page."),
    "report": LazyCommand("graphkit.cli.report:report", "Write one page for a reader who checks an article."),
    "update": LazyCommand(
        "graphkit.cli.update:update", "Recompute links across articles and assessments, and say what changed."
    ),
    "trace": LazyCommand("graphkit.cli.trace:trace", "Follow a claim or an article back to the first known origin."),
    "match": LazyCommand("graphkit.cli.match:match", "Find the claims in the graph that a text repeats, best first."),
    "serve": LazyCommand("graphkit.cli.serve:serve", "Answer SPARQL over HTTP on this machine, for reading only."),
    "push": LazyCommand("graphkit.cli.push:push", "Make a remote SPARQL store hold what this graph holds."),
    "pull": LazyCommand("graphkit.cli.push:pull", "Bring the graphs of a remote SPARQL store into this graph."),
    "check": LazyCommand(
        "graphkit.cli.check:check", "Check the graph: its rules, its quotes, background questions, circles, unrated outlets."
    ),
    "validate": LazyCommand("graphkit.cli.check:validate", "Check anyone's RDF files against graphkit's shapes (SHACL)."),
    "ratings": LazyCommand("graphkit.cli.ratings:ratings", "Import, list, explain and compare what raters say of outlets."),
    "merge": LazyCommand("graphkit.cli.decisions:merge", "Decide that B is the same as A, whose name stays."),
    "split": LazyCommand("graphkit.cli.decisions:split", "Decide that A and B are not the same, whatever is computed."),
    "derived": LazyCommand("graphkit.cli.decisions:derived", "Decide that article A has it from article B."),
    "rename": LazyCommand("graphkit.cli.decisions:rename", "Decide what a thing is called from now on."),
    "note": LazyCommand("graphkit.cli.decisions:note", "Keep a note on an article, claim, actor or outlet."),
    "undo": LazyCommand("graphkit.cli.decisions:undo", "Take back a decision, the last one when no number is given."),
    "decisions": LazyCommand("graphkit.cli.decisions:decisions", "List what people decided, with who and when."),
    "extract": LazyCommand("graphkit.cli.extract:extract", "Print what is found in articles as JSON lines; store nothing."),
    "estimate": LazyCommand(
        "graphkit.cli.estimate:estimate", "Estimate outlets that nobody rates from the rated outlets that cite or carry them."
    ),
    "calibrate": LazyCommand(
        "graphkit.cli.calibrate:calibrate", "Choose how support is computed by claims whose outcome is known, and measure it."
    ),
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
