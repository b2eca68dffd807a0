"""The articles of a record as matching sees them: each with its annotation, and its assertions under their names."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from graphkit.matching.pairs.sentences import Sentence
from graphkit.model import Annotation, Assertion
from graphkit.rdf import identifiers

if TYPE_CHECKING:
    from graphkit.store.record import Record


@dataclass(frozen=True, slots=True, eq=False)
class Account:
    """One article as one account of events; ``assertions`` are by name, in text order."""

    name: str
    annotation: Annotation
    assertions: dict[str, Assertion] = field(default_factory=dict)

    @property
    def text(self) -> str:
        """The article's text."""
        return self.annotation.article.text

    @property
    def outlet(self) -> str | None:
        """The domain of the outlet that published it."""
        return self.annotation.article.outlet

    @property
    def url(self) -> str | None:
        """The address it was published at."""
        return self.annotation.article.url

    @property
    def published(self) -> str | None:
        """When it was published (ISO 8601), None where unknown."""
        return self.annotation.article.published

    def sentences(self) -> list[Sentence]:
        """Return the assertions as sentences to compare: the words of the text, by place."""
        return [
            Sentence(name, self.name, place, assertion.span.of(self.text))
            for place, (name, assertion) in enumerate(self.assertions.items())
        ]


def account_of(annotation: Annotation) -> Account:
    """Return the account that an annotation makes."""
    article = annotation.article
    name = identifiers.article(article.url, article.text_sha256)
    named = {
        identifiers.assertion(name, article.text_sha256, one.span.begin, one.span.end): one
        for one in sorted(annotation.assertions, key=lambda one: one.span)
    }
    return Account(name, annotation, named)


def read_accounts(record: "Record", names: Collection[str] | None = None) -> Iterator[Account]:
    """Yield the accounts of a record, by name; of the articles named only, where ``names`` are given.

    Raises:
        NotFound: There is no article of a name given.
        ShapeViolation: A graph of the record is not as the shapes ask.
    """
    listed = [row.name for row in record.articles()] if names is None else names
    for name in sorted(set(listed)):
        yield read_account(record, name)


def read_account(record: "Record", name: str) -> Account:
    """Return the account of one article of a record.

    Raises:
        NotFound: There is no article of that name.
        ShapeViolation: Its graph is not as the shapes ask.
    """
    from pyoxigraph import RdfFormat, parse

    from graphkit.rdf.reading import annotation_from_quads

    nquads = record.graph_nquads(identifiers.article_graph(name)) or b""
    return account_of(annotation_from_quads(parse(nquads, format=RdfFormat.N_QUADS), {name: record.text(name)}))
