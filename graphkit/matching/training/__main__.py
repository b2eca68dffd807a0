"""``python -m graphkit.matching.training``."""

import os

# before numpy is loaded: sums are added up in one order on one thread, and on several in another, which shows in the sixth digit
for library in ("OPENBLAS", "OMP", "MKL"):
    os.environ[f"{library}_NUM_THREADS"] = "1"

from graphkit.matching.training.command import main  # noqa: E402 - see above

if __name__ == "__main__":
    main()
