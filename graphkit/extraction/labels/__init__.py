"""What is said of an assertion besides its words: how sure, when, of what kind, how loaded, with which numbers."""
