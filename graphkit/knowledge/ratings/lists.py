"""Lists of doubtful sites of 2016 to 2021: Lasser et al. 2022 and OpenSources."""

from graphkit.knowledge.ratings.registry import rating_set
from graphkit.knowledge.ratings.rows import Collector, Imported, csv_rows

_FAMILIES = {"media_bias_fact_check": "mbfc"}
"""Lists behind Lasser et al. that belong to a family of their own here; all others are lists of their time."""


def read_lasser2022(data: bytes, *, date: str | None = None, version: str | None = None) -> Imported:
    """Read accuracy (1 to 5) and transparency (1 to 3); each row is dated, and counts for the family of the list it came from.

    Raises:
        UnreadableInput: The bytes are no CSV with the columns of this set.
    """
    about = rating_set("lasser2022")
    found = Collector(about, version or "2022")
    for line, row in csv_rows(data, ("url", "source", "last_update", "accuracy", "transparency")):
        place = found.place(line, row["url"])
        if place is None:
            continue
        rater = f"{about.rater} from {row['source'].replace('_', ' ')}" if row["source"] else about.rater
        family = _FAMILIES.get(row["source"], about.family)
        rated_on = row["last_update"] or date
        found.add(line, place, "lasser2022-accuracy", row["accuracy"], rated_on, rater=rater, family=family)
        found.add(line, place, "lasser2022-transparency", row["transparency"], rated_on, rater=rater, family=family)
    return found.imported()


def read_opensources(data: bytes, *, date: str | None = None, version: str | None = None) -> Imported:
    """Read the categories of OpenSources, several of one site joined by commas.

    Raises:
        UnreadableInput: The bytes are no CSV with the columns of this set.
    """
    about = rating_set("opensources")
    found = Collector(about, version or about.dated or "")
    for line, row in csv_rows(data, ("type", "2nd type", "3rd type")):
        place = found.place(line, row.get("", ""))
        kinds = [row[column].lower() for column in ("type", "2nd type", "3rd type") if row.get(column)]
        if place is not None and kinds:
            found.add(line, place, "opensources-type", ", ".join(dict.fromkeys(kinds)), date or about.dated)
        elif place is not None:
            found.skip(line, "no category")
    return found.imported()
