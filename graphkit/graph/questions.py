"""The packaged questions: SPARQL files of ``ontology/queries/``, each with the sentence that its first line asks."""

from dataclasses import dataclass
from pathlib import Path

from graphkit.errors import NotFound
from graphkit.resources import folder


@dataclass(frozen=True, slots=True)
class Question:
    """One packaged question: its short name ("cq01"), its full name, the sentence it asks and its SPARQL."""

    name: str
    title: str
    sentence: str
    sparql: str


def questions() -> tuple[Question, ...]:
    """Return all packaged questions, by name."""
    return tuple(_read(path) for path in sorted((folder("ontology") / "queries").glob("*.rq")))


def _read(path: Path) -> Question:
    sparql = path.read_text(encoding="utf-8")
    first = sparql.split("\n", 1)[0]
    return Question(path.stem.split("_")[0], path.stem, first.removeprefix("#").strip(), sparql)


def question(name: str) -> Question:
    """Return the question of that short or full name.

    Raises:
        NotFound: There is none; the hint names all.
    """
    known = questions()
    for item in known:
        if name in {item.name, item.title}:
            return item
    raise NotFound(f"there is no packaged question {name!r}", hint="known: " + ", ".join(item.name for item in known))
