"""Sets whose value is computed from other raters' values: Lin et al. 2023, CRED-1, Iffy."""

from graphkit.errors import UsageError
from graphkit.knowledge.ratings.registry import rating_set
from graphkit.knowledge.ratings.rows import Collector, Imported, csv_rows, day_of

LIN_RATERS = ("afm", "fc", "mbfc", "lewandowsky_acc")
"""The four raters behind Lin et al.'s component, one column each."""
OBSERVED_DECIMALS = 4
"""A rater's own value has at most this many decimals; one filled in by the model has up to fifteen."""


def read_lin2023(data: bytes, *, date: str | None = None, version: str | None = None) -> Imported:
    """Read the first principal component; imputed where fewer than half of the four raters were observed.

    Raises:
        UnreadableInput: The bytes are no CSV with the columns of this set.
    """
    about = rating_set("lin2023")
    found = Collector(about, version or about.dated or "")
    for line, row in csv_rows(data, ("domain", "pc1", *LIN_RATERS)):
        place = found.place(line, row["domain"])
        if place is not None:
            observed = sum(is_observed(row[rater]) for rater in LIN_RATERS)
            found.add(line, place, "lin2023-pc1", row["pc1"], date or about.dated, imputed=observed * 2 < len(LIN_RATERS))
    return found.imported()


def is_observed(value: str) -> bool:
    """Say whether a rater's column holds a value of the rater's own and not one that was filled in."""
    return bool(value) and len(value.partition(".")[2]) <= OBSERVED_DECIMALS


def read_cred1(data: bytes, *, date: str | None = None, version: str | None = None) -> Imported:
    """Read the composite score and category of CRED-1.

    Raises:
        UnreadableInput: The bytes are no CSV with the columns of this set.
    """
    about = rating_set("cred1")
    found = Collector(about, version or about.dated or "")
    for line, row in csv_rows(data, ("domain", "category", "credibility_score")):
        place = found.place(line, row["domain"])
        if place is not None:
            found.add(line, place, "cred1-score", row["credibility_score"], date or about.dated)
            if row["category"]:
                found.add(line, place, "cred1-category", row["category"], date or about.dated)
    return found.imported()


def read_iffy(data: bytes, *, date: str | None = None, version: str | None = None) -> Imported:
    """Read the score of the Iffy index, which is made from Media Bias/Fact Check's level.

    Raises:
        UnreadableInput: The bytes are no CSV with the columns of this set.
        UsageError: No date is given; the file carries none.
    """
    if day_of(date or "") is None:
        raise UsageError("the Iffy file carries no date", hint="say when it was made: --date 2025-01-31")
    found = Collector(rating_set("iffy"), version or date or "")
    for line, row in csv_rows(data, ("Domain", "Score")):
        place = found.place(line, row["Domain"])
        if place is not None:
            found.add(line, place, "iffy-score", row["Score"], date)
    return found.imported()
