"""Pairs of sentences of one story: which are compared, what tells that they say the same, how likely they do, and clusters of them."""
