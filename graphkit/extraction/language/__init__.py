"""What the rules know of English: words, word classes in context, sentences.

There is no parser: a parser of useful quality would be twice the size of the whole wheel.  Word lists written by hand, with a
few dozen rules of context on top, tell verbs from nouns well enough to find who says what and where a clause begins and ends.
"""
