"""Pages of the whole house: the desk, and what to say when something went wrong."""

from wenming.base.appearance import size_of, theme_of
from wenming.base.views.appearance import size, theme
from wenming.base.views.errors import (
    bad_request,
    forged,
    not_found,
    refused,
    server_error,
    too_many,
)
from wenming.base.views.files import file
from wenming.base.views.guide import help_page, help_pages
from wenming.base.views.health import healthz, metrics, readyz
from wenming.base.views.inbox import inbox
from wenming.base.views.jobs import check_files, end_job, job, jobs
from wenming.base.views.keeping import draft, forget_view, save_view
from wenming.base.views.me import (
    begin_session,
    drop_token,
    end_session,
    forgotten,
    me,
    new_password,
    new_token,
    welcome,
)
from wenming.base.views.search import search
from wenming.base.views.start import city, start

__all__ = [
    "bad_request",
    "begin_session",
    "check_files",
    "city",
    "draft",
    "drop_token",
    "end_job",
    "end_session",
    "file",
    "forged",
    "forget_view",
    "forgotten",
    "healthz",
    "help_page",
    "help_pages",
    "inbox",
    "job",
    "jobs",
    "me",
    "metrics",
    "new_password",
    "new_token",
    "not_found",
    "readyz",
    "refused",
    "save_view",
    "search",
    "server_error",
    "size",
    "size_of",
    "start",
    "theme",
    "theme_of",
    "too_many",
    "welcome",
]
