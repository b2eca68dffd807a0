"""Beliefs over whole sets of claims, written for a scorer: what ``graphkit eval credibility`` does.

A set is a folder with ``claims.tsv`` (source, object, value).  ``gold.tsv`` and anything else beside it is never read here: the
beliefs come from the claims alone; ``scoring`` compares them afterwards.
"""

from dataclasses import dataclass
from pathlib import Path

from graphkit.credibility.inference.copying import assess
from graphkit.credibility.inference.corpus import Corpus, corpus_from_rows
from graphkit.credibility.inference.model import DEFAULT, Result, Settings
from graphkit.credibility.inference.nesting import nested_places, with_nesting
from graphkit.credibility.intervals import assess_outlets
from graphkit.errors import NotFound, UnreadableInput

CLAIMS = "claims.tsv"


@dataclass(frozen=True, slots=True)
class EvaluatedSet:
    """What became of one set: its name, the folder it was read from, what was inferred, and the folder that holds its beliefs."""

    name: str
    source: Path
    result: Result
    folder: Path


def evaluate_sets(folder: Path, out: Path, *, settings: Settings = DEFAULT) -> tuple[EvaluatedSet, ...]:
    """Write ``beliefs.tsv`` and ``outlets.tsv`` of a set, or of every set in a folder, to ``out/<set>/``, by name.

    Raises:
        NotFound: There is no ``claims.tsv`` in the folder nor in its folders.
        UnreadableInput: A ``claims.tsv`` is not three columns of UTF-8 text, or has no rows.
    """
    return tuple(_evaluate(one, out / one.name, settings) for one in find_sets(folder))


def find_sets(folder: Path) -> tuple[Path, ...]:
    """Return the sets at a folder, by name: itself, or those of its folders that hold a ``claims.tsv``.

    Raises:
        NotFound: There is none.
    """
    if (folder / CLAIMS).is_file():
        return (folder.resolve(),)
    found = tuple(sorted(path.parent for path in folder.glob(f"*/{CLAIMS}")))
    if not found:
        raise NotFound(
            f"{folder}: no {CLAIMS} in it or in its folders", hint="a set is a folder with source, object, value rows"
        )
    return found


def read_claims(path: Path) -> Corpus:
    """Read a ``claims.tsv`` (header, then outlet, object, value; split on tabs, no quoting) with its nested values marked.

    Raises:
        UnreadableInput: It cannot be read, a row has not three columns, or there is no row.
    """
    rows = read_table(path, columns=3)
    if not rows:
        raise UnreadableInput(f"{path}: no claims in it", hint="a header line and at least one row")
    corpus = corpus_from_rows((outlet, obj, value) for outlet, obj, value in rows)
    return with_nesting(corpus, nested_places(corpus))


def read_table(path: Path, *, columns: int) -> list[list[str]]:
    """Return the rows of a tab-separated file after its header.

    Raises:
        UnreadableInput: It cannot be read, or a row has another number of columns.
    """
    try:
        lines = path.read_bytes().decode("utf-8-sig").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "it is not UTF-8"
        raise UnreadableInput(f"{path}: cannot be read ({reason})") from error
    rows = [line.rstrip("\r").split("\t") for line in lines]
    for number, row in enumerate(rows, 1):
        if len(row) != columns and row != [""]:
            raise UnreadableInput(f"{path}: line {number} has {len(row)} columns, not {columns}", hint="columns part at tabs")
    return [row for row in rows[1:] if row != [""]]


def _evaluate(folder: Path, out: Path, settings: Settings) -> EvaluatedSet:
    corpus = read_claims(folder / CLAIMS)
    result = assess(corpus, settings)
    out.mkdir(parents=True, exist_ok=True)
    _write(out / "beliefs.tsv", "object\tvalue\tprobability", _belief_rows(result))
    _write(out / "outlets.tsv", "source\tscore\tlow\thigh", _outlet_rows(result))
    return EvaluatedSet(folder.name, folder, result, out)


def _belief_rows(result: Result) -> list[str]:
    corpus = result.corpus
    return ["\t".join((*corpus.claim_names(claim), f"{p:.9g}")) for claim, p in enumerate(result.probability.tolist())]


def _outlet_rows(result: Result) -> list[str]:
    record = assess_outlets(result)
    columns = (result.corpus.outlets, record.score.tolist(), record.low.tolist(), record.high.tolist())
    return [f"{name}\t{score:.6f}\t{low:.6f}\t{high:.6f}" for name, score, low, high in zip(*columns, strict=True)]


def _write(path: Path, header: str, rows: list[str]) -> None:
    path.write_text("\n".join((header, *rows, "")), encoding="utf-8", newline="")
