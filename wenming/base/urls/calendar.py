"""Addresses of the working calendar."""

from django.urls import path

from wenming.base.views import calendar

urlpatterns = [
    path("calendar/", calendar.calendar, name="calendar"),
    path("calendar/day/", calendar.special_day, name="calendar_day"),
    path("calendar/day/<uuid:pk>/remove/", calendar.drop_day, name="calendar_day_remove"),
    path("calendar/hours/", calendar.hours, name="calendar_hours"),
]
