"""Addresses of inspection: below /field/ the app, below /visits/ the desk."""

from django.urls import path

from wenming.inspection.views import phone

app_name = "inspection"
urlpatterns = [
    path("field/", phone.phone, name="phone"),
    path("field/sw.js", phone.worker, name="worker"),
    path("field/manifest.webmanifest", phone.manifest, name="manifest"),
    path("field/pass/", phone.pass_, name="pass"),
]
