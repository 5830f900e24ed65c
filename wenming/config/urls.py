"""Which address leads to which room."""

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("wenming.base.urls")),
    path("account/", include("wenming.base.accounts.library_urls")),
    path("api/", include("wenming.api.urls")),
    path("odk/", include("wenming.api.odk.urls")),
    path("", include("wenming.api.odk.page_urls")),
    path("", include("wenming.framework.urls")),
    path("", include("wenming.rounds.urls")),
    path("", include("wenming.inspection.urls")),
    path("", include("wenming.survey.urls")),
    path("", include("wenming.submission.urls")),
    path("", include("wenming.statistic.urls")),
    path("", include("wenming.scoring.urls")),
]

handler400 = "wenming.base.views.bad_request"
handler403 = "wenming.base.views.refused"
handler404 = "wenming.base.views.not_found"
handler429 = "wenming.base.views.too_many"  # asked for by django-allauth
handler500 = "wenming.base.views.server_error"
