"""Making the tables of matching: counts of words, word vectors, and the scorer of the same claim, measured by topics left out."""
