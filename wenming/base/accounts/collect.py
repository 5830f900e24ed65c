"""How ODK Collect on a phone is set up with a token that was just made."""

from dataclasses import dataclass, field

from django.http import HttpRequest
from django.urls import reverse

from wenming.base.models import ApiToken
from wenming.base.templatetags.figures import words
from wenming.core.permissions import Capability
from wenming.files.collect_settings import collect_settings
from wenming.files.qr import qr_picture

AFIELD = frozenset({Capability.INSPECT, Capability.INTERVIEW})
"""A token with one of these opens the doors of OpenRosa."""


@dataclass(frozen=True, slots=True)
class CollectSetup:
    """What the page of a new token shows for ODK Collect (采集程序配置码).

    Attributes:
        server: address of the doors with the token in it, to be typed instead.
        picture: the code, as the address of a picture.
        is_safe: the address is HTTPS.
    """

    server: str = field(repr=False)
    picture: str = field(repr=False)
    is_safe: bool


def collect_setup(request: HttpRequest, token: ApiToken, secret: str) -> CollectSetup | None:
    """The setup for a token; None when it does not open the doors."""
    if not AFIELD & set(token.capabilities):
        return None
    listed = request.build_absolute_uri(reverse("api-odk:list", kwargs={"token": secret}))
    server = listed.removesuffix("/formList")
    picture = qr_picture(collect_settings(server, project=words(token.city.name)))
    return CollectSetup(server, picture, is_safe=request.is_secure())
