"""Numbers: what the figures of two texts count, as intervals, and whether both can hold."""
