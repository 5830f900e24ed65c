"""Addresses of documents and their review."""

from django.urls import path

from wenming.submission import views

app_name = "submission"
urlpatterns = [
    path("documents/", views.home, name="home"),
    path("documents/<uuid:pk>/", views.coverage, name="coverage"),
    path("documents/<uuid:pk>/units/", views.by_unit, name="by_unit"),
    path("documents/<uuid:pk>/build/", views.build, name="build"),
    path("documents/<uuid:pk>/remind/", views.remind, name="remind"),
    path("documents/<uuid:pk>/add/", views.add, name="add"),
    path("documents/<uuid:pk>/review/", views.queue, name="queue"),
    path("documents/<uuid:pk>/review/next/", views.following, name="following"),
    path("documents/<uuid:pk>/package/", views.package, name="package"),
    path("documents/requirements/<uuid:pk>/", views.requirement, name="requirement"),
    path("documents/requirements/<uuid:pk>/edit/", views.edit, name="edit"),
    path("documents/requirements/<uuid:pk>/drop/", views.drop, name="drop"),
    path("documents/papers/<uuid:pk>/", views.paper, name="paper"),
    path("documents/papers/<uuid:pk>/again/", views.again, name="again"),
    path("documents/papers/<uuid:pk>/step/", views.step, name="step"),
    path("documents/versions/<uuid:pk>/", views.version_file, name="version_file"),
    path("documents/versions/<uuid:pk>/<str:variant>/", views.version_file, name="version_picture"),
]
