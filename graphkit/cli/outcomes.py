"""Reporting a batch of added articles: a line for each that failed, a table of the rest, one exit code."""

from typing import TYPE_CHECKING

import click

from graphkit.cli.printing import Column, print_rows, shortened, visible
from graphkit.cli.settings import Settings

if TYPE_CHECKING:
    from graphkit.graph.adding import Added, Refused

_COLUMNS = (
    Column("outcome", ""),
    Column("title", "article"),
    Column("assertions", "assertions", is_number=True),
    Column("attributed", "attributed", is_number=True),
    Column("anonymous", "unnamed sources", is_number=True),
    Column("actors", "actors", is_number=True),
    Column("citations", "citations", is_number=True),
    Column("origin", "from"),
    Column("id", "id"),
)
_WIDE = 7


class Outcomes:
    """What became of each article of a batch."""

    def __init__(self, settings: Settings, *, is_rehearsal: bool = False) -> None:
        self.settings = settings
        self.is_rehearsal = is_rehearsal
        self.rows: list[tuple[str | int, ...]] = []
        self.refused: list[Refused] = []

    def take(self, result: "Added | Refused") -> None:
        """Keep one result, and name a failure at once."""
        from graphkit.graph.adding import Refused

        if isinstance(result, Refused):
            self.refused.append(result)
            self._say(result)
            return
        counts = result.counts
        found = (
            (counts.assertions, counts.attributed, counts.anonymous, counts.actors, counts.citations) if counts else (0,) * 5
        )
        self.rows.append((result.outcome, result.title, *found, result.origin, result.id))

    @property
    def has_changed(self) -> bool:
        """Whether an article was added or replaced."""
        return any(row[0] != "unchanged" for row in self.rows)

    def _say(self, refused: "Refused") -> None:
        if self.settings.form == "json":
            from graphkit.cli.failures import report

            report(refused.error, self.settings)
            return
        click.echo(f"graphkit: {visible(refused.error.message)}", err=True)
        if refused.error.hint:
            click.echo(f"hint: {visible(refused.error.hint)}", err=True)

    def finish(self) -> int:
        """Print the table and the summary; return the largest exit code of the failures, whatever their order."""
        import sys

        is_table = self.settings.form == "auto" and sys.stdout.isatty()
        if not (self.settings.is_quiet and self.settings.form == "auto"):
            if is_table:
                rows = [(row[0], shortened(str(row[1]), 60), *row[2:_WIDE]) for row in self.rows]
                print_rows(self.settings, _COLUMNS[:_WIDE], rows)
            else:
                print_rows(self.settings, _COLUMNS, self.rows)
            click.echo(self._summary(), err=True)
        return max((refused.error.exit_code for refused in self.refused), default=0)

    def _summary(self) -> str:
        words = {"added": "added", "replaced": "replaced", "unchanged": "already there, unchanged"}
        counts = {outcome: sum(row[0] == outcome for row in self.rows) for outcome in words}
        parts = [f"{number} {words[outcome]}" for outcome, number in counts.items() if number]
        if self.refused:
            parts.append(f"{len(self.refused)} left out")
        summary = ", ".join(parts) or "nothing to add"
        return f"would be: {summary}; nothing was stored" if self.is_rehearsal else f"{summary} in {self.settings.graph}"
