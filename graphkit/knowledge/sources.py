"""Where the facts of the own tables come from: the keys of ``sources.csv``."""

from functools import cache

from graphkit.knowledge.own_tables import read_table


@cache
def _titles() -> dict[str, str]:
    return {row["key"]: f"{row['title']} ({row['publisher']}, read {row['date_read']})" for row in read_table("sources")}


def source_title(key: str) -> str:
    """Return the title, publisher and reading date of a source by its key, or the key itself when it is not listed."""
    return _titles().get(key, key)
