"""Addresses of the framework: editions, and who answers for what."""

from wenming.framework.urls import responsibilities

app_name = "framework"
urlpatterns = [*responsibilities.urlpatterns]
