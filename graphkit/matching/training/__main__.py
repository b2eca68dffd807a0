"""``python -m graphkit.matching.training``."""

from graphkit.matching.training.command import main

if __name__ == "__main__":
    main()
