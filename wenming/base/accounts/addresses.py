"""From where somebody comes."""

from ipaddress import ip_address

from django.conf import settings
from django.http import HttpRequest


def client_address(request: HttpRequest) -> str:
    """The address from which somebody comes (来源地址), as the nearest trusted machine saw it.

    Returns:
        An IP address, always: behind a socket of this machine, the machine's own.
    """
    said = [str(request.META.get("REMOTE_ADDR") or "")]
    if settings.TRUST_PROXY:
        said.insert(0, request.headers.get("X-Forwarded-For", "").rpartition(",")[2].strip())
    return next((each for each in said if _is_address(each)), "127.0.0.1")


def _is_address(text: str) -> bool:
    try:
        ip_address(text)
    except ValueError:
        return False
    return True
