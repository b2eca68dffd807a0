"""From who said what to how well each claim is supported and how reliable each outlet proved: sparse NumPy and SciPy."""
