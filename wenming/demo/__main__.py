"""`python -m wenming.demo DIR [--seed N]` writes the invented city into a folder."""

import argparse
from pathlib import Path

from wenming.demo.write import SEED, write_demo


def main() -> None:
    """Read the arguments, write the folder, say what was written."""
    parser = argparse.ArgumentParser(prog="python -m wenming.demo", description=__doc__)
    parser.add_argument("folder", type=Path, metavar="DIR")
    parser.add_argument("--seed", type=int, default=SEED, metavar="N")
    arguments = parser.parse_args()
    for path in write_demo(arguments.folder, arguments.seed):
        print(path)


if __name__ == "__main__":
    main()
