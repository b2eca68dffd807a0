"""``graphkit report``: one page for a reader who checks an article."""

from typing import TYPE_CHECKING

from graphkit.credibility.assessing import assess_record
from graphkit.graph.report.content import Report
from graphkit.graph.report.gathering import gather

if TYPE_CHECKING:
    from graphkit.store.record import Record


def report_article(record: "Record", article: str) -> Report:
    """Return the report on an article (local name): its claims, who is said to have said them, and what is known of the outlets.

    Support is computed anew from the record, so that a page never shows what an earlier state of the graph gave.

    Raises:
        NotFound: The record has no such article.
        ShapeViolation: Its graph is not as the shapes ask.
    """
    return gather(record, article, assess_record(record))
