"""Addresses of the framework: editions, and who answers for what."""

from wenming.framework.urls import editions, responsibilities

app_name = "framework"
urlpatterns = [*editions.urlpatterns, *responsibilities.urlpatterns]
