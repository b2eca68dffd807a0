"""The verdicts that come with the package: few, real, and openly licensed.

``tables/verdicts.csv`` holds single verdicts of Wikipedia's editors (CC BY-SA 4.0) and types of the State Media Profiles (MIT), re-expressed
one by one with address and date, so that the first article shows real ratings.  Their version is that of an excerpt, so that an imported
set takes their place.  Not shipped, for want of a licence: Media
Bias/Fact Check, Iffy, Lin, Lasser.  Not shipped for what it says: CRED-1, whose score mixes traffic and age with reliability.
"""

from functools import cache

from graphkit.knowledge.own_tables import read_table
from graphkit.knowledge.ratings.registry import rating_set
from graphkit.knowledge.ratings.rows import EXCERPT, Collector
from graphkit.model import Rating


@cache
def shipped_ratings() -> tuple[Rating, ...]:
    """Return the shipped verdicts, in the order of the table."""
    found: dict[str, Collector] = {}
    ratings: list[Rating] = []
    for line, row in enumerate(read_table("verdicts"), start=2):
        gathered = found.setdefault(row["set"], Collector(rating_set(row["set"]), EXCERPT + row["source_date"]))
        before = len(gathered.ratings)
        gathered.add(line, (row["outlet"], row["scope"]), row["scale"], row["value"], row["rated_on"], url=row["url"] or None)
        ratings += list(gathered.ratings.values())[before:]
    problems = [problem for gathered in found.values() for problem in gathered.problems]
    assert not problems, problems
    return tuple(ratings)
