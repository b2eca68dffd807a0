"""Across articles: the same claim, conflicts of numbers, copies, origins, circles.

Everything here is recomputed from the record and replaced whole in ``graph-links``; only what people decided is kept elsewhere and
outranks it.  Decisions that would cost something to reverse:

- **Only articles of one story are compared** (``stories``): a story is a function of the set of articles, with a ceiling of 48, so that
  cost grows with the number of articles, and an added one touches its own story and what shares text with it.  ``matcher`` holds
  this together: one by one, at once, in any order, it gives the same links, byte for byte.
- **What was found is kept beside the record** under digests of all that decides it (``kept``); without that file an update takes longer
  and gives the same.
- **Copies are found by text** (shared runs of eight words), never by an embedding; the direction comes from credits, links and
  dates, and where these say nothing the link has none.
- **The same claim** is a learnt score over words, numbers, names, polarity and the other sentences of the two articles, cut at the
  real rate of positives (6 to 7 % of the pairs inside one story); clusters are average-link with cannot-links.
- **Document frequencies come from a table in the package**, not from the corpus: otherwise an added article would change the links
  between others, and adding one by one would differ from a rebuild.
- **Conflicts of numbers** are decided by intervals of one quantity, and told, as possible, only where the words around both numbers
  show that they count one thing of one time and place; textual contradiction is not told at all: no rule for it was precise (0 of 19
  on texts that the rules were not written with).
- **Origins are counted, not outlets**: each article that carries a claim is followed back (``walking``), and ends that the texts show to be
  one are joined (``voices``): a speaker's names, an agency and whom it quotes, one text without a credit.  ``trace`` and the circles of
  ``check`` read the stored links, so that what is told is what is stored.

Measured (topics, folds and what was tried beside it: ``tables/MODEL_CARD.md``):

- same claim, every pair of one topic and different documents, topics left out: precision .609, recall .433, F1 .506;
- pairs that are the same and are compared at all: .987 inside a story, .99 of stories;
- conflicts of figures, 90 pairs of real quotations: precision .967, recall 1.0; the rules were written with these pairs at hand;
- conflicts told in stories: 4 of 13 true where the rules had not seen them, 16 of 16 where they had (``tables/MODEL_CARD.md``);
- the checked claim for a post, 800 posts, 10,375 claims: MAP@5 .842, best first .800;
- copies (half of the shorter text or more): 17 of 17 joined; own words joined: none of 510 at a tenth;
- origins: 3 for an invented quake in 14 outlets, 1 for the six accounts of the Kursk announcement; 55 of 57 joinings read were right;
- cost (``tests/benchmarks/bench_matching.py``, invented stories and real event lines, a machine with much other work): 10,099 assertions
  8.1 CPU seconds and 183 MB, 100,149 assertions 86.5 CPU seconds and 448 MB, 1,000,029 assertions 1,218 CPU seconds and 2.9 GB,
  exponents of 1.03 and 1.15; one article added to 100,149 64 CPU milliseconds in the median, 196 for the slowest tenth, which come into
  stories of twenty articles.
"""
