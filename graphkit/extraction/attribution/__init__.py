"""Who says what, by rules: the extractor ``rules``, and the clean-up and nesting that every extractor's finds go through."""
