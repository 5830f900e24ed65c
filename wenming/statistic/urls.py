"""Addresses of the figures of offices."""

from django.urls import path

from wenming.statistic import views

app_name = "statistic"
urlpatterns = [
    path("statistics/", views.home, name="home"),
    path("statistics/<uuid:pk>/", views.entries, name="entries"),
    path("statistics/<uuid:pk>/asked/", views.asked_for, name="asked_for"),
    path("statistics/<uuid:pk>/enter/", views.enter, name="enter"),
    path("statistics/<uuid:pk>/import/", views.bring, name="bring"),
    path("statistics/<uuid:pk>/workbook/", views.workbook, name="workbook"),
    path("statistics/imports/<uuid:pk>/", views.check, name="check"),
    path("statistics/entries/<uuid:pk>/", views.entry, name="entry"),
    path("statistics/entries/<uuid:pk>/edit/", views.edit, name="edit"),
    path("statistics/entries/<uuid:pk>/step/", views.step, name="step"),
]
