"""`python -m wenming.cli` is the command `wenming`."""

import sys

from wenming.cli import main

sys.exit(main())
