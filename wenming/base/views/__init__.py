"""Pages of the whole house: the desk, and what to say when something went wrong."""

from wenming.base.appearance import size_of, theme_of
from wenming.base.views.appearance import size, theme
from wenming.base.views.errors import bad_request, forged, not_found, refused, server_error
from wenming.base.views.files import file
from wenming.base.views.guide import help_page, help_pages
from wenming.base.views.health import healthz
from wenming.base.views.inbox import inbox
from wenming.base.views.jobs import check_files, end_job, job, jobs
from wenming.base.views.keeping import draft, forget_view, save_view
from wenming.base.views.search import search
from wenming.base.views.start import city, start

__all__ = [
    "bad_request",
    "check_files",
    "city",
    "draft",
    "end_job",
    "file",
    "forged",
    "forget_view",
    "healthz",
    "help_page",
    "help_pages",
    "inbox",
    "job",
    "jobs",
    "not_found",
    "refused",
    "save_view",
    "search",
    "server_error",
    "size",
    "size_of",
    "start",
    "theme",
    "theme_of",
]
