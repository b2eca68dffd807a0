"""Across articles: the same claim, conflicts of numbers, copies, origins, circles.

Everything here is recomputed from the record and replaced whole in ``graph-links``; only what people decided is kept elsewhere and
outranks it.  Decisions that would cost something to reverse:

- **Copies are found by text** (shared runs of eight words), never by an embedding; the direction comes from credits, links and
  dates, and where these say nothing the link has none.
- **The same claim** is a learnt score over words, numbers, names, polarity and the other sentences of the two articles, cut at the
  real rate of positives (6 to 7 % of the pairs inside one story); clusters are average-link with cannot-links.
- **Document frequencies come from a table in the package**, not from the corpus: otherwise an added article would change the links
  between others, and adding one by one would differ from a rebuild.
- **Conflicts of numbers** are decided by intervals of one quantity; textual contradiction is only ever "possible".
- **Origins are counted, not outlets**: edges of confidence q leave 1 - q of an origin.
"""
