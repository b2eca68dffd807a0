"""What graphkit knows without the network: countries, leaders, organisations, outlets, ratings.

Every table under ``tables/`` is the project's own; each row names its source, a key of ``sources.csv``.
"""
