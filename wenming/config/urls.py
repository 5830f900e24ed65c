"""Which address leads to which room."""

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("wenming.base.urls")),
    path("", include("wenming.framework.urls")),
    path("", include("wenming.scoring.urls")),
]

handler400 = "wenming.base.views.bad_request"
handler403 = "wenming.base.views.refused"
handler404 = "wenming.base.views.not_found"
handler500 = "wenming.base.views.server_error"
