"""Addresses of forms as they were sent, for people at the desk."""

from django.urls import path

from wenming.api.odk import pages

app_name = "forms"
urlpatterns = [
    path("forms/not-taken/", pages.untaken, name="untaken"),
    path("forms/not-taken/<uuid:pk>/", pages.untaken_form, name="untaken_form"),
    path("forms/not-taken/<uuid:pk>/settle/", pages.settle, name="untaken_settle"),
    path("forms/not-taken/<uuid:pk>/form.xml", pages.xml, name="untaken_xml"),
    path(
        "forms/not-taken/<uuid:pk>/files/<uuid:photo_pk>/", pages.untaken_file, name="untaken_file"
    ),
    path("sheets/<uuid:pk>/photos/<uuid:photo_pk>/", pages.sheet_photo, name="sheet_photo"),
]
