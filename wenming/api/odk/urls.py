"""OpenRosa addresses: with a token in them, or below `/odk/` for HTTP Basic."""

from django.urls import URLPattern, path

from wenming.api.odk import views


def _below(start: str) -> list[URLPattern]:
    return [
        path(f"{start}formList", views.form_list, name="list"),
        path(f"{start}forms/<str:key>", views.form, name="form"),
        path(f"{start}forms/<str:key>/manifest", views.manifest, name="manifest"),
        path(f"{start}forms/<str:key>/xlsform", views.xlsform, name="xlsform"),
        path(f"{start}submission", views.submission, name="submission"),
    ]


app_name = "api-odk"
urlpatterns = [*_below(""), *_below("<str:token>/")]
