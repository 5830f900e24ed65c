"""What the app on the phone stands on: its page, its service worker, and who is there."""

import hashlib
import json
from collections.abc import Iterable

from csp.decorators import csp_update
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from wenming.base.access import city_of, person, requires
from wenming.base.templatetags.bundles import bundle_files
from wenming.core.permissions import Capability
from wenming.inspection.phone_words import PHRASES, WORDS

AFIELD = Capability.USE_PHONE
LANGUAGES = {"zh": "zh-hans", "en": "en"}
PAGE = "inspection/phone.html"


@requires(AFIELD)
@require_safe
@never_cache
@csp_update({"img-src": ["blob:"]})  # photographs that are not sent yet
def phone(request: HttpRequest) -> HttpResponse:
    """The app: a page without anything of a person, which the phone keeps."""
    return render(request, PAGE, _page())


@requires(AFIELD)
@require_safe
@never_cache
def worker(request: HttpRequest) -> HttpResponse:
    """The service worker, with the list of what it keeps; served here for the sake of its scope."""
    del request
    kept = [
        {"url": reverse("inspection:phone"), "revision": _revision()},
        *({"url": address, "revision": None} for address in bundle_files("src/field/main.ts")),
        *(_with_revision(address) for address in _around()),
    ]
    script = next(iter(bundle_files("src/field/worker.ts", of="worker.json")), "")
    lines = [f"self.shell = {json.dumps(kept)};", f"importScripts({json.dumps(script)});"]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/javascript")


@requires(AFIELD)
@require_safe
def manifest(request: HttpRequest) -> HttpResponse:
    """What a phone must know to put the app on its start screen."""
    del request
    said = {
        "name": _("Wenming in the field"),
        "short_name": _("In the field"),
        "id": reverse("inspection:phone"),
        "start_url": reverse("inspection:phone"),
        "scope": reverse("inspection:phone"),
        "display": "standalone",
        "orientation": "portrait",
        "background_color": "#f4f6f8",
        "theme_color": "#0b5c6e",
        "icons": [
            {"src": static("mark.svg"), "sizes": "any", "type": "image/svg+xml", "purpose": "any"}
        ],
    }
    return JsonResponse(
        said, content_type="application/manifest+json", json_dumps_params={"ensure_ascii": False}
    )


@requires(AFIELD)
@require_safe
@never_cache
def pass_(request: HttpRequest) -> HttpResponse:
    """Who is there, in which city, with what to do, and the token for what is sent."""
    user, city = person(request), city_of(request)
    return JsonResponse(
        {
            "csrf": get_token(request),
            "person": str(user.pk),
            "name": user.name,
            "city": {"zh": city.name_zh, "en": city.name_en},
            "is_synthetic": city.is_synthetic,
            "inspects": user.may(Capability.INSPECT, city=city),
            "interviews": user.may(Capability.INTERVIEW, city=city),
        }
    )


def _page() -> dict[str, object]:
    said: dict[str, object] = {}
    phrases: dict[str, list[str]] = {}
    for short, language in LANGUAGES.items():
        with override(language):
            said[short] = {key: str(word) for key, word in WORDS.items()}
            phrases[short] = [str(phrase) for phrase in PHRASES]
    pairs = zip(phrases["zh"], phrases["en"], strict=True)
    said["phrases"] = [{"zh": zh, "en": en} for zh, en in pairs]
    return {"said": said}


def _revision() -> str:
    """Another one whenever the page would be another."""
    return hashlib.sha256(render_to_string(PAGE, _page()).encode()).hexdigest()[:16]


def _around() -> Iterable[str]:
    return (static("css/tokens.css"), static("mark.svg"), reverse("inspection:manifest"))


def _with_revision(address: str) -> dict[str, str | None]:
    """By the revision of the page: these change no more often than the program does."""
    return {"url": address, "revision": _revision()}
