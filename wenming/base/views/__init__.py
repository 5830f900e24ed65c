"""Pages of the whole house: the desk, and what to say when something went wrong."""

from wenming.base.views.appearance import size, size_of, theme, theme_of
from wenming.base.views.errors import bad_request, forged, not_found, refused, server_error
from wenming.base.views.health import healthz

__all__ = [
    "bad_request",
    "forged",
    "healthz",
    "not_found",
    "refused",
    "server_error",
    "size",
    "size_of",
    "theme",
    "theme_of",
]
