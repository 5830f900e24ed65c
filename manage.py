#!/usr/bin/env python
"""Django's own command line, with the embedded PostgreSQL behind it."""

import os
import sys

from django.conf import settings
from django.core.management import execute_from_command_line

from wenming.config.postgres import ensure_running


def main() -> None:
    """Run one of Django's commands."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wenming.config.settings")
    if settings.EMBEDDED_POSTGRES:
        ensure_running(settings.WENMING_HOME)
    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
