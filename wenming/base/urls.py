"""Addresses that belong to no room in particular."""

from django.urls import path

from wenming.base import views

app_name = "base"
urlpatterns = [
    path("theme/", views.theme, name="theme"),
    path("size/", views.size, name="size"),
    path("healthz", views.healthz, name="healthz"),
]
