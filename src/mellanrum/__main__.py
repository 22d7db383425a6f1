"""`python -m mellanrum`: the same as the command `mellanrum`."""

import sys

from mellanrum.cli import main

if __name__ == "__main__":
    sys.exit(main())
