"""What raters say of outlets: read from published sets, kept with set, date, scope, family and licence, and explained.

Decisions that cost something to reverse:

- A rating is a dated, scoped statement by a named rater on the rater's own scale.  **Families are counted, not sets**: sets that derive
  from one another (Iffy from Media Bias/Fact Check) are one voice.
- No average over families is computed anywhere.  An outlet is consistent, contested, single or unrated, and thin besides; unrated
  is a word, never a number.
- Ratings are read as of the article's date.  A later rating is shown as later and counts nothing; where a set gives only a year, the
  year's first day stands for it.
- A rating of a path or subdomain never rates the whole domain; a scope in brackets is part of the verdict.
- Only scales of reliability are normalised (0 worst, 1 best); leaning, transparency, state control and categories never are.
- Domains are compared exactly, never by likeness: imposters differ by one letter on purpose.
- The package ships a small table (``tables/verdicts.csv``) of openly licensed verdicts; published sets are imported by the user.
"""

from graphkit.knowledge.ratings.drift import Drift, diff
from graphkit.knowledge.ratings.explanation import Explanation, explain
from graphkit.knowledge.ratings.importers import IMPORTERS, read_ratings
from graphkit.knowledge.ratings.lookup import RatingIndex
from graphkit.knowledge.ratings.registry import RATING_SETS, RatingSet, Scale, rating_set
from graphkit.knowledge.ratings.rows import Imported, Problem
from graphkit.knowledge.ratings.shipped import shipped_ratings

__all__ = [
    "IMPORTERS",
    "RATING_SETS",
    "Drift",
    "Explanation",
    "Imported",
    "Problem",
    "RatingIndex",
    "RatingSet",
    "Scale",
    "diff",
    "explain",
    "rating_set",
    "read_ratings",
    "shipped_ratings",
]
