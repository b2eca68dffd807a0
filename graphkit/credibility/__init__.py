"""Credibility: what support a claim has, and how far an outlet has earned it; an aid to judgement that never says "true".

``inference`` holds the model (corpus, EM, copying, nested values); ``intervals`` how sure a number is; ``explanation`` the exact sum
behind it; ``statements`` and ``evidence`` lead from a record to a corpus, ``assessing`` and ``assessments`` to numbers and to RDF;
``calibration`` lets labels choose, keeps the choice and measures; ``evaluation`` and ``scoring`` run and score whole sets;
``network`` estimates unrated outlets.  What was measured, poor figures included, is in ``FIGURES.md``.

Decisions that cost something to reverse:

- **No number without ground**: a claim with one origin and no rated outlet is "single origin", one whose statements all weigh next to
  nothing has "no independent support", an unrated outlet without a record is "no rated source".  Unrated is never a number.
- **A rating is no record**: an outlet's record is a number only where others answer what it says, often enough, and where it does not
  hang on where it starts; what raters say stands beside it.
- **A rating's worth is not measured**: it starts an outlet at .5 to .9, and the range of a claim's support always holds what it would
  be without ratings.  The ends of a claim's support are called a range; only outlets' intervals have a measured coverage.
- **Begun cautiously** (design effect .35): EM has fixed points at which a bloc that errs together is right; see ``copying``.
- **Copying is weighed by one rate and shown by another**: whom it names is judged by the rate of copying in the corpus itself.
- **Who says too little to be found copying is not cleared of it**: what it repeats after others counts less, by the prior of copying.
- **Labels select nothing**: they weigh design effects, whose mean is taken, and pool the log-odds of model and votes (``guard``).
- **The choice that labels make is kept in the record**, in ``graph-calibration``, and holds until labels choose anew.
- **One setting for all users.**  Design effect .15, prior Beta(3.2, 1.5), copy rate .8 and prior .15, popularity .6; only labels of
  the user's own change it (``calibration``).  These were chosen on eight public sets (book_golden, flight_day, population_clean,
  birthplaces, heritages, ZenCrowd, rte, an invented one) and fourteen invented worlds, as were the constants of the intervals: the
  figures on those are no proof for news.
- **Two things are called reliability and kept apart**: ``Result.accuracy``, how good an outlet's *own* statements are, which weighs
  them, and the record (``intervals``), the share of all it asserts that holds, which is shown.
- **Rare values are better evidence than common ones**: errors follow popularity.  That is what tells a town from the country that half
  of all answers name, without a table of places.
- **Values that imply one another** ("11,000" and "over 10,000") are marked per corpus; a claim *holds* (``truth``) when it or
  anything that implies it is the answer.
- **What is not statistics goes into weights**: derivation, one source in several outlets, hedges, unnamed sources, extraction
  confidence; each factor is shown with its words.
- **An interval that the prior decides is all of [0, 1].**
- **Leaving an outlet out is deleting and recomputing** (``Assessed.without``); the quick figure beside each term holds the accuracies
  fixed and is called "about".
- **Each island stops by itself** (``Corpus.island``): what is added changes no digit of what no chain of common questions joins to it.
- **Sorted before summed**: by the size of the object, object, value and outlet name; no random start, no threads; the same bytes for
  any order of rows.
- **Estimates from the network** are a class of their own, off by default, and take no part in support.
"""
