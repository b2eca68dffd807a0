"""A progress line on stderr: only on a terminal, only after a second, never with --quiet or --json."""

import sys
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import TypeVar

from graphkit.cli.settings import Settings

T = TypeVar("T")
_PATIENCE_SECONDS = 1.0


@contextmanager
def watched(items: Iterable[T], settings: Settings, noun: str) -> Iterator[Iterator[T]]:
    """Yield ``items`` through, and draw how far they are once the work takes more than a second."""
    if not sys.stderr.isatty() or settings.is_quiet or settings.form == "json":
        yield iter(items)
        return
    from rich.console import Console
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    columns = (SpinnerColumn(), TextColumn("{task.completed} {task.description}"), TimeElapsedColumn())
    progress = Progress(*columns, console=Console(stderr=True, no_color=settings.is_colorless), transient=True)
    task = progress.add_task(noun, total=None)
    started = time.monotonic()

    def through() -> Iterator[T]:
        for item in items:
            progress.advance(task)
            if not progress.live.is_started and time.monotonic() - started > _PATIENCE_SECONDS:
                progress.start()
            yield item

    try:
        yield through()
    finally:
        progress.stop()
