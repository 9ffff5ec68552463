"""Run the console: ``python -m store_console``."""

import sys

from store_console import main

if __name__ == "__main__":
    sys.exit(main())
