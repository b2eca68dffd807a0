"""Splitting source lists written without separators ("apnews.comdw.com") into hosts.

Decisions that cost something to reverse:

- A dynamic programme over hosts with a character model, frequencies of suffixes and subdomains, and the known outlets; no list of
  endings, no greedy cut.  Every character belongs to a host, and the offsets are those of the text as given.
- The margin is the log-odds of the best reading to the second best.  The weights are fitted so that it means what it says on lists
  of outlets that nothing knew; callers call a reading a guess below ``extraction.source_lists.SURE_MARGIN``.
- The model file holds counts and scores only, and is made by ``python -m graphkit.knowledge.build_splitting``.
"""

from graphkit.knowledge.splitting.hosts import Part, Split, split_run_together

__all__ = ["Part", "Split", "split_run_together"]
