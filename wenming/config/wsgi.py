"""The door for a WSGI server such as gunicorn: `wenming.config.wsgi:application`."""

import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application

from wenming.config.postgres import ensure_running

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wenming.config.settings")
if settings.EMBEDDED_POSTGRES:
    ensure_running(settings.WENMING_HOME)
application = get_wsgi_application()
