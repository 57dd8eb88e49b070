"""`python -m wivtext`: the command line without its script."""

import sys

from wivtext.cli import main

sys.exit(main())
